"""Small marks that stand on a page by the hundred."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def light_mark(light: str) -> SafeString:
    """`components/light_icon.html`, rendered once for each light and language."""
    return rendered(light or "N", get_language())


@lru_cache(maxsize=64)
def rendered(light: str, language: str | None) -> SafeString:
    return render_to_string("components/light_icon.html", {"light": light})
