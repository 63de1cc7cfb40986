"""Pages of a long list by where the last one ended: the hundredth costs what the first does.

A place is the moment and the key of a row; the list is ordered by both, newest first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

SIZE = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST = 40


@dataclass(frozen=True)
class Place:
    """Where a row stands in the list."""

    at: datetime
    pk: int

    @classmethod
    def of(cls, row: Any) -> "Place":
        return cls(row.at, row.pk)

    @classmethod
    def read(cls, written: str) -> "Place | None":
        """The place as the address holds it; None where it is none."""
        moment, _, key = written[:LONGEST].partition(".")
        if not all(part.isascii() and part.isdigit() for part in (moment, key)):
            return None
        try:
            return cls(EPOCH + timedelta(microseconds=int(moment)), min(int(key), 2**63 - 1))
        except OverflowError:
            return None

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)}.{self.pk}"


@dataclass(frozen=True)
class Slice:
    """One page of rows, and the places from which newer and older ones go on ("" for none)."""

    rows: list[Any]
    newer: str = ""
    older: str = ""


def slice_of(rows: QuerySet[Any], query: Mapping[str, str]) -> Slice:
    """The page after `before` (older rows) or `after` (newer rows), else the newest."""
    after, before = (Place.read(query.get(name, "")) for name in ("after", "before"))
    if after:
        found, more = some(rows.filter(beyond(after, "gt")).order_by("at", "pk"))
        if more:
            return ended(found[::-1], newer=True, older=True)
        before = None
    if before:
        rows = rows.filter(beyond(before, "lt"))
    found, more = some(rows.order_by("-at", "-pk"))
    return ended(found, newer=before is not None, older=more)


def beyond(place: Place, way: str) -> Q:
    """Rows past a place. The first condition alone bounds the index; the second is exact."""
    exact = Q(**{f"at__{way}": place.at}) | Q(**{f"pk__{way}": place.pk})
    return Q(**{f"at__{way}e": place.at}) & exact


def some(rows: QuerySet[Any]) -> tuple[list[Any], bool]:
    """As many rows as a page holds, and whether there are more."""
    found = list(rows[: SIZE + 1])
    return found[:SIZE], len(found) > SIZE


def ended(rows: list[Any], *, newer: bool, older: bool) -> Slice:
    return Slice(
        rows,
        str(Place.of(rows[0])) if newer and rows else "",
        str(Place.of(rows[-1])) if older and rows else "",
    )
