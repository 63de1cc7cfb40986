"""How several lights stand together: the lowest leads, and every one is counted."""

from collections import Counter
from collections.abc import Iterable

ORDER = ("R", "AR", "AG", "G")
NOT_JUDGED = "N"
Urgency = tuple[float, float, float]


def lowest(lights: Iterable[str]) -> str:
    """The lowest light of an aspiration's headline metrics; "N" where none is judged.

    An average would hide the one in trouble, so there is none.
    """
    judged = [light for light in lights if light in ORDER]
    return min(judged, key=ORDER.index) if judged else NOT_JUDGED


def counts(lights: Iterable[str]) -> dict[str, int]:
    """How many of each light, lowest first; what is not judged is counted last, never skipped."""
    found = Counter(light if light in ORDER else NOT_JUDGED for light in lights)
    return {light: found[light] for light in (*ORDER, NOT_JUDGED)}


def rank(light: str) -> int:
    """0 for Red … 3 for Green, 4 where there is no light."""
    return ORDER.index(light) if light in ORDER else len(ORDER)


def urgency(light: str, likelihood: float | None, journey: float | None) -> Urgency:
    """A sort key: the lowest light first, then the smallest chance, then the furthest behind."""
    nothing = float("inf")
    return (
        rank(light),
        nothing if likelihood is None else likelihood,
        nothing if journey is None else journey,
    )
