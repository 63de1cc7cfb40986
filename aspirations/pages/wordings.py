"""What an aspiration said before, and which words each version changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aspirations.analysis.wording import Kind, Piece, pieces
from aspirations.models import Aspiration, Wording
from aspirations.models.aspirations import WORDED


@dataclass(frozen=True)
class Change:
    """One text of an aspiration, as a version changed it."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Version:
    """A wording with what it changed of the one before; the first one changed nothing."""

    row: Wording
    by: str
    at: datetime
    changes: list[Change]
    is_first: bool


def versions(aspiration: Aspiration, *, names: bool) -> list[Version]:
    """Newest first, in one query; with the names of authors only where `names`."""
    rows = list(aspiration.wordings.select_related("author").order_by("version"))
    found = []
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        by = str(row.author) if names and row.author else ""
        found.append(Version(row, by, row.at, changes(before, row), place == 0))
    return found[::-1]


def changes(before: Wording | None, after: Wording) -> list[Change]:
    if before is None:
        return []
    found = []
    for name in WORDED:
        told = pieces(getattr(before, name), getattr(after, name))
        if any(piece.kind != Kind.SAME for piece in told):
            field: Any = Aspiration._meta.get_field(name)
            found.append(Change(str(field.verbose_name), told))
    return found
