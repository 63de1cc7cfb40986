"""Ten dots for a chance, beside the words that say it."""

from django import template

from aspirations import sentences

register = template.Library()
STEP, RADIUS = 10, 3.5


@register.inclusion_tag("components/_dots.html")
def ten_dots(likelihood: float | None) -> dict[str, object]:
    """As many filled dots of ten as the chance has tenths, in half dots."""
    filled = sentences.dots(likelihood)
    return {
        "places": [4 + STEP * place for place in range(10)],
        "width": f"{STEP * filled:.1f}".rstrip("0").rstrip("."),
        "radius": RADIUS,
    }
