"""What the frame of a page asks about its reader, once and only where it is shown."""

from typing import Any

from django import template

from delivery.navigation import Navigation, navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def pages(context: dict[str, Any]) -> Navigation:
    """The pages that open to who reads, of the system at hand, and their other systems."""
    request = context["request"]
    match = getattr(request, "resolver_match", None)
    here = (match.url_name or "") if match else ""
    system, arrival = context.get("system") or None, getattr(request, "arrival", None)
    found = arrival.found if arrival and system and arrival.system.pk == system.pk else None
    return navigation(request.user, system, here, found)
