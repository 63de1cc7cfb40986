"""Files of the trail, written in the background for the person who asked.

The database is the queue: a worker claims what waits for a while and holds on to it as long as it
writes. A worker that dies loses nothing: its claim lapses. The rights of the person are asked when
the file is written, and again when it is taken.
"""

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from people.files import exports as export_files
from people.files.exports import Written
from people.files.formulas import plain_text
from people.models import AuditEntry, Export, System, User
from people.permissions import may
from people.services.trail import record
from people.signals import export_due
from people.trail.filters import TrailFilters
from people.trail.words import sentence

log = logging.getLogger(__name__)
ACTION = "trail.export"
HOLD = timedelta(seconds=180)
# A file that killed its worker again and again for so long is given up.
GIVE_UP = timedelta(hours=1)
# Left over by a worker that died; nobody writes one file for so long.
LEFT_OVER = timedelta(hours=2)
MOST_WAITING = 5
BATCH = 2000
COLUMNS = (
    "at", "actor", "actor_email", "role", "sentence", "action", "object", "key", "before", "after",
    "reason", "door", "request_id",
)  # fmt: skip


class Lost(Exception):
    """The claim lapsed while the file was written: another worker has it now."""


@transaction.atomic
def ask(*, system: System, filters: TrailFilters, actor: User, door: str = "page") -> Export:
    """Leave a file of the trail to be written; asked for twice while it waits, it is one.

    PermissionDenied for who may not, ValidationError where too many wait already.
    """
    if not may(actor, ACTION, system):
        raise PermissionDenied
    # One at a time for each person, so that pressing twice makes no second file.
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    waiting = Export.objects.filter(asked_by=actor, state=Export.State.WAITING)
    same = waiting.filter(system=system, filters=filters.query).first()
    if same:
        return same
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(
            _("%(count)s of your files are still waiting. Ask again when one is ready.")
            % {"count": MOST_WAITING}
        )
    row = Export(system=system, kind="trail", filters=filters.query, asked_by=actor)
    row.full_clean()
    row.save()
    # What was looked for is for the asker: it may name a coalition, or a person.
    told(row, "export", actor=actor, door=door, after={"filters": sorted(filters.query)})
    export_due.send(Export)
    return row


def write_waiting() -> int:
    """Write every file that waits and is free to claim; how many were dealt with."""
    dealt = 0
    while (claimed := claim()) is not None:
        settle(claimed)
        dealt += 1
    return dealt


@transaction.atomic
def claim() -> Export | None:
    """Take the file that has waited longest for a while; None where none is free."""
    now = timezone.now()
    # A claim that ends later than any could was made before the clock was put back.
    impossible = Q(claimed_until__gt=now + 2 * HOLD)
    free = Q(claimed_until=None) | Q(claimed_until__lt=now) | impossible
    due = Export.objects.filter(free, state=Export.State.WAITING)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",), no_key=True)
    row = due.select_related("system", "asked_by").order_by("asked_at", "pk").first()
    if row is not None:
        again = row.claimed_until is not None and row.asked_at < now - GIVE_UP
        row.claimed_until = now + HOLD
        row.save(update_fields=["claimed_until"])
        if again:
            log.error("Export %s could not be finished for %s; it is given up", row.pk, GIVE_UP)
            finish(row, Export.State.FAILED)
            return claim()
    return row


def settle(row: Export) -> None:
    """Write the file of a claimed row, refuse it, or say that it failed; nothing is raised."""
    if not may(row.asked_by, ACTION, row.system):
        finish(row, Export.State.REFUSED)
        return
    try:
        written = export_files.write_csv(COLUMNS, rows_of(row))
    except Lost:
        return
    except Exception:
        log.exception("Export %s could not be written", row.pk)
        finish(row, Export.State.FAILED)
        return
    if not finish(row, Export.State.DONE, written):
        export_files.remove(written.name)


@transaction.atomic
def finish(row: Export, state: Export.State, written: Written | None = None) -> bool:
    """Put down how a claimed row ended, with its line in the trail; False where it was lost."""
    values: dict[str, Any] = {"state": state, "finished_at": timezone.now(), "claimed_until": None}
    if written:
        values |= {"file": written.name, "sha256": written.sha256}
        values |= {"size": written.size, "rows": written.rows}
    if not mine(row).update(**values):
        return False
    if state == Export.State.DONE and written:
        counts = {"rows": written.rows, "size": written.size, "sha256": written.sha256}
        told(row, "write export", actor=row.asked_by, door="job", after=counts)
    if state == Export.State.REFUSED:
        told(row, "refuse export", actor=row.asked_by, door="job")
    return True


def mine(row: Export) -> Any:
    """The row while the claim is the one that was taken."""
    return Export.objects.filter(
        pk=row.pk, state=Export.State.WAITING, claimed_until=row.claimed_until
    )


def hold_on(row: Export) -> None:
    until: datetime = timezone.now() + HOLD
    if not mine(row).update(claimed_until=until):
        raise Lost
    row.claimed_until = until


def rows_of(row: Export) -> Iterator[list[str]]:
    """The lines that are asked for, newest first, read some at a time."""
    seen = AuditEntry.objects.visible_to(row.asked_by, ACTION).filter(system=row.system)
    filters = TrailFilters.from_query(row.filters)
    lines = filters.applied(seen, ZoneInfo(row.system.time_zone)).select_related("actor")
    ordered = lines.order_by("-at", "-pk")
    for number, line in enumerate(ordered.iterator(chunk_size=BATCH), 1):
        if number % BATCH == 0:
            hold_on(row)
        yield [plain_text(cell) for cell in cells(line)]


def cells(line: AuditEntry) -> list[str]:
    actor = line.actor
    return [
        line.at.isoformat(), str(actor or ""), actor.email if actor else "", line.role,
        sentence(line), line.action, line.object_type, line.object_key, values(line.before),
        values(line.after), line.reason, line.door, line.request_id,
    ]  # fmt: skip


def values(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False) if told else ""


def remove_expired() -> int:
    """Remove the files whose time is over, and what dead workers left; the rows stay."""
    kept = set(Export.objects.to_take().values_list("file", flat=True))
    return export_files.remove_others(kept, (timezone.now() - LEFT_OVER).timestamp())


def told(
    row: Export, action: str, *, actor: User, door: str, after: dict[str, Any] | None = None
) -> None:
    record(
        system=row.system, action=action, on=row, key=str(row.pk), actor=actor, door=door,
        after=after,
    )  # fmt: skip
