"""Addresses of tokens pages."""

from django.urls import URLPattern, path

from people.views import tokens

fixed: list[URLPattern] = []
system: list[URLPattern] = [
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.make_token, name="make_token"),
    path("tokens/<slug:key>/revoke/", tokens.revoke_token, name="revoke_token"),
]
