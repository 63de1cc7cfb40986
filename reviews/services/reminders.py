"""Reminders to those who have not finished: who they are is told to nobody."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import AuditEntry, User
from people.services import record
from reviews.models import Participant, Round
from reviews.services import links
from reviews.services.holding import locked
from reviews.services.mails import remind_member

BETWEEN = timedelta(days=1)


@transaction.atomic
def remind(*, round: Round, actor: User | None = None, door: str = "command") -> None:
    """Write to every rater who has not finished; a guest gets a new link with it.

    Who took their scores back is left in peace. The trail says that reminders were sent, and
    neither to whom nor to how many: that would tell who has finished.
    """
    row = locked(round, actor)
    refuse_to_remind(row)
    for part in waiting_for(row):
        if part.is_guest:
            links.send(part, text="reminder", by=actor)
        else:
            remind_member(part, actor)
    record(system=row.system, action="remind", on=row, actor=actor, door=door)


def waiting_for(round: Round) -> list[Participant]:
    """Raters who have not finished and can still come in."""
    rows = Participant.objects.present().raters().with_reach()
    rows = rows.filter(round=round, finished_at=None, taken_back_at=None)
    found = rows.select_related("user", "named_by", "round__system", "round__rubric")
    return [part for part in found if part.is_guest or part.reach]  # type: ignore[attr-defined]


def refuse_to_remind(row: Round) -> None:
    if not row.is_open:
        raise ValidationError(_("“%s” is not open, so nobody is asked for scores now.") % row)
    if reminded_lately(row):
        raise ValidationError(
            _("Reminders went out within the last day. Send the next ones tomorrow.")
        )


def reminded_lately(round: Round) -> bool:
    """Whether reminders went out within a day."""
    lines = AuditEntry.objects.about(round).filter(action="remind")
    return lines.filter(at__gt=timezone.now() - BETWEEN).exists()
