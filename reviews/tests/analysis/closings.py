"""Closings one after another, as the services keep them: what each told of that was new."""

from collections.abc import Mapping

from reviews.analysis.anonymity import EVERYONE, Cell, Frozen, Part, freeze, said_by
from reviews.models import GROUPS


def close(now: Cell, ever: list[Part]) -> dict[str, Frozen]:
    """The figures of a closing; what they newly tell of joins `ever`."""
    figures = freeze(now, ever, GROUPS)
    ever += new_parts(figures, now, ever)
    return figures


def new_parts(figures: Mapping[str, Frozen], now: Cell, ever: list[Part]) -> list[Part]:
    """Groups first, so that what is left of the row of everyone is the pool."""
    known = {one.score for part in ever for one in part.given}
    found = []
    for name in (*GROUPS, EVERYONE):
        keys = figures[name].scores - known
        known |= keys
        if keys:
            found.append(Part(name, frozenset(one for one in now.given if one.score in keys)))
    return found


def changed(part: Part, other: Part) -> int:
    """How many raters are in one of the two alone, or in both with different values."""
    return len({rater for rater, _value in said_by(part) ^ said_by(other)})
