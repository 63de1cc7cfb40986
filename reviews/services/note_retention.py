"""Notes of interviews are destroyed when they have been kept long enough."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from people.analysis.months import months_after
from people.services import record
from reviews.models import Conversation, InterviewNote, Round

MONTHS = 24
"""How long notes are kept after their review has closed."""


def purge_notes(*, now: datetime | None = None, door: str = "command") -> int:
    """Destroy the notes and conversations of reviews that closed 24 months ago or earlier.

    How many reviews that were. Needs no key: what is destroyed is not opened. Safe to run twice.
    """
    due = Round.objects.filter(closed_at__lte=months_after(now or timezone.now(), -MONTHS))
    kept = [Exists(rows.filter(round=OuterRef("pk"))) for rows in (notes(), conversations())]
    keys = due.filter(kept[0] | kept[1]).values_list("pk", flat=True)
    return sum(destroyed(key, now or timezone.now(), door) for key in keys.order_by("pk"))


@transaction.atomic
def destroyed(key: int, now: datetime, door: str) -> bool:
    """Whether this round's notes were destroyed; not where it was opened again meanwhile."""
    rows = Round.objects.select_for_update(of=("self",)).select_related("system")
    row = rows.filter(pk=key, closed_at__lte=months_after(now, -MONTHS)).first()
    if row is None or not (
        notes().filter(round=row).delete()[0] + conversations().filter(round=row).delete()[0]
    ):
        return False
    record(system=row.system, action="destroy notes", on=row, door=door)
    return True


def notes() -> QuerySet[Any]:
    """TRAP: whatever loads a sealed text needs the key, and deleting rows may load them."""
    return InterviewNote.objects.only("pk")


def conversations() -> QuerySet[Any]:
    return Conversation.objects.only("pk")
