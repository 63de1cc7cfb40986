"""`{% crumbs here address title address title … %}`: the way back from a page, topmost first."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("components/crumbs.html")
def crumbs(here: Any, *steps: Any) -> dict[str, Any]:
    """`here` is what the page is; `steps` are addresses, each followed by its title."""
    return {"here": here, "steps": list(zip(steps[::2], steps[1::2], strict=True))}
