"""Chances in words and natural frequencies; a reader never meets a bare percentage."""

from fractions import Fraction

from django.utils.translation import gettext as _

# What “about a in b” may say, from one in twenty to nineteen in twenty.
FREQUENCIES = tuple(
    Fraction(a, b)
    for a, b in (
        (1, 20), (1, 15), (1, 12), (1, 10), (1, 9), (1, 8), (1, 7), (1, 6), (1, 5), (1, 4),
        (1, 3), (2, 5), (1, 2), (3, 5), (2, 3), (7, 10), (3, 4), (4, 5), (9, 10), (19, 20),
    )
)  # fmt: skip
RAREST, SUREST = 0.05, 0.95


def frequency(share: Fraction) -> str:
    """Fraction(1, 7) → “1 in 7”."""
    return _("%(a)d in %(b)d") % {"a": share.numerator, "b": share.denominator}


def threshold(share: float) -> str:
    """A threshold as a frequency: 0.65 → “13 in 20”."""
    return frequency(Fraction(share).limit_denominator(20))


def chance_short(likelihood: float | None) -> str:
    """The nearest natural frequency: “1 in 7”."""
    if likelihood is None:
        return _("not known yet")
    if likelihood < RAREST:
        return _("fewer than 1 in 20")
    if likelihood > SUREST:
        return _("more than 19 in 20")
    return frequency(min(FREQUENCIES, key=lambda share: abs(float(share) - likelihood)))


def chance(likelihood: float | None) -> str:
    """“About 1 in 7”, “Fewer than 1 in 20”; for the start of a line."""
    short = chance_short(likelihood)
    if likelihood is None or likelihood < RAREST or likelihood > SUREST:
        return short[:1].upper() + short[1:]
    return _("About %(chance)s") % {"chance": short}


def about(likelihood: float | None) -> str:
    """The same within a sentence: “about 1 in 7”."""
    text = chance(likelihood)
    return text[:1].lower() + text[1:]


def dots(likelihood: float | None) -> float:
    """How many of ten dots are filled, in half dots; any chance at all shows half a dot."""
    if likelihood is None:
        return 0.0
    halves = round(likelihood * 20)
    return min(max(halves, 1), 20) / 2


def likelihood_word(likelihood: float | None) -> str:
    """Very unlikely below 1 in 10, unlikely below 2 in 5, about even below 13 in 20, likely…"""
    if likelihood is None:
        return ""
    for below, word in (
        (0.10, _("very unlikely")),
        (0.40, _("unlikely")),
        (0.65, _("about even")),
        (0.90, _("likely")),
    ):
        if likelihood < below:
            return word
    return _("very likely")
