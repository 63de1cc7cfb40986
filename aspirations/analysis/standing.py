"""How several lights stand together: the lowest leads, and every one is counted."""

from collections import Counter
from collections.abc import Iterable, Sequence

ORDER = ("R", "AR", "AG", "G")


def lowest(lights: Iterable[str]) -> str:
    """The lowest light of an aspiration's headline metrics; "N" where none is judged.

    An average would hide the one in trouble, so there is none.
    """
    judged = [light for light in lights if light in ORDER]
    return min(judged, key=ORDER.index) if judged else "N"


def counts(lights: Iterable[str]) -> dict[str, int]:
    """How many of each light, lowest first; what is not judged is counted last, never skipped."""
    found = Counter(light if light in ORDER else "N" for light in lights)
    return {light: found[light] for light in (*ORDER, "N")}


def rank(light: str) -> int:
    """0 for Red … 3 for Green, 4 where there is no light."""
    return ORDER.index(light) if light in ORDER else len(ORDER)


def urgency(light: str, likelihood: float | None, journey: float | None) -> Sequence[float]:
    """A sort key: the lowest light first, then the smallest chance, then the furthest behind."""
    nothing = float("inf")
    return (
        rank(light),
        nothing if likelihood is None else likelihood,
        nothing if journey is None else journey,
    )
