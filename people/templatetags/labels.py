"""The words of a system, in templates."""

from typing import Any

from django import template

from people import labels

register = template.Library()


@register.simple_tag
def label(word: str, system: Any) -> str:
    """`{% label "aspirations" system %}`; `{% label "Aspirations" system %}` with a capital."""
    return labels.label(system, word)


@register.simple_tag
def role_name(role: str, system: Any) -> str:
    """`{% role_name membership.role system %}`"""
    return labels.role_name(system, role)
