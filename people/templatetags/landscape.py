"""`{% offices_offered system %}`: offices of the map, for fields with `list="offices"`."""

from typing import Any

from django import template

from people.models import System
from people.pages.actors import offices

register = template.Library()


@register.inclusion_tag("components/offices.html", takes_context=True)
def offices_offered(context: Any, system: System) -> dict[str, Any]:
    """One query; nothing is offered to who may not read the map, nor where it is empty."""
    return {"offices": offices(context["user"], system)}
