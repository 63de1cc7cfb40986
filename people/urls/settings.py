"""Addresses of settings pages."""

from django.urls import URLPattern, path

from people.views import settings

fixed: list[URLPattern] = []
system: list[URLPattern] = [
    path("settings/", settings.general, name="settings"),
    path("settings/words/", settings.words, name="settings_words"),
]
