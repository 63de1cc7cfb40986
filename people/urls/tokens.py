"""Addresses of tokens pages."""

from django.urls import URLPattern

fixed: list[URLPattern] = []
system: list[URLPattern] = []
