"""A coalition is destroyed when its aspiration has been retired long enough."""

from datetime import date, datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from aspirations.models import Aspiration
from coalitions.models import (
    Appraisal,
    Barrier,
    Candidate,
    CandidNote,
    Charter,
    Circle,
    Coalition,
    CommonGround,
    Contact,
    Delegate,
    Difficulty,
    EntryPoint,
    MemberCommitment,
    NextStep,
    Nomination,
    OwnList,
    Standing,
    Vacancy,
)
from people.analysis.months import months_after
from people.models import AuditEntry
from people.services import record
from people.services.maintenance import maintenance

RETIRED = Aspiration.Status.RETIRED
# Everything that lies in a coalition, with the way to it: what leans on another goes before it.
CONTENT: tuple[tuple[type[models.Model], str], ...] = (
    (Nomination, "own_list__coalition"),
    (OwnList, "coalition"),
    (Appraisal, "candidate__coalition"),
    (Standing, "candidate__coalition"),
    (CommonGround, "candidate__coalition"),
    (MemberCommitment, "candidate__coalition"),
    (NextStep, "coalition"),
    (Barrier, "coalition"),
    (Contact, "coalition"),
    (Vacancy, "coalition"),
    (Difficulty, "coalition"),
    (Circle, "coalition"),
    (EntryPoint, "coalition"),
    (Charter, "coalition"),
    (CandidNote, "coalition"),
    (Delegate, "coalition"),
    (Candidate, "coalition"),
)


def destroyed_on(coalition: Coalition) -> date | None:
    """The day on which the coalition will be destroyed; None while its aspiration is active."""
    when = destroyed_at(coalition)
    return when and coalition.system.day_of(when)


def purge_coalitions(*, now: datetime | None = None, door: str = "command") -> int:
    """Destroy the coalitions whose aspirations have been retired long enough; how many.

    Needs no key: what is destroyed is not opened. Safe to run twice. The trail and the log of
    openings stay.
    """
    rows = Coalition.objects.filter(aspiration__status=RETIRED).values_list("pk", flat=True)
    return sum(destroyed(pk, now or timezone.now(), door) for pk in rows.order_by("pk"))


@transaction.atomic
def destroyed(pk: int, now: datetime, door: str) -> bool:
    """Whether this coalition was destroyed; not where its aspiration was taken up meanwhile."""
    rows = Coalition.objects.select_for_update(of=("self", "aspiration"))
    row = rows.select_related("system", "aspiration").filter(pk=pk).first()
    due = row and destroyed_at(row)
    if row is None or not due or due > now:
        return False
    record(system=row.system, action="destroy coalition", on=row, door=door)
    with maintenance():
        for kind, way in CONTENT:
            # TRAP: whatever loads a sealed text needs the key, and deleting rows may load them.
            kind._default_manager.filter(**{way: pk}).only("pk").delete()
        Coalition.objects.filter(pk=pk).delete()
    return True


def destroyed_at(coalition: Coalition) -> datetime | None:
    """The moment at which the coalition is due; None while its aspiration is active."""
    since = retired_at(coalition.aspiration)
    return since and months_after(since, settings.COALITION_RETENTION_MONTHS)


def retired_at(aspiration: Aspiration) -> datetime | None:
    """When it was retired, the last time it was; the trail tells. None while it is active."""
    if aspiration.status != RETIRED:
        return None
    lines = AuditEntry.objects.filter(
        object_type=Aspiration._meta.label, system=aspiration.system_id,
        object_key=aspiration.slug, after__status=RETIRED,
    )  # fmt: skip
    line = lines.order_by("-at", "-id").first()
    return line.at if line else None
