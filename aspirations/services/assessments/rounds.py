"""A round is opened, and closed for moderation."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aspirations.models import AssessmentRound, Assessor
from aspirations.services.assessments.computed import day_of
from aspirations.services.assessments.owed import progress
from aspirations.services.authority import require
from people.models import System, User
from people.permissions import people_who_may
from people.services import check_reason, record, save_with_trail

Status = AssessmentRound.Status


@transaction.atomic
def open_round(
    *, system: System, title: str, due: date, assessors: Iterable[User],
    actor: User | None = None, door: str = "command", at: datetime | None = None,
) -> AssessmentRound:  # fmt: skip
    """Ask people for a sheet on every active aspiration, due on a day.

    Raises ValidationError where another round runs, nobody is asked, someone asked may not
    assess here, there is nothing to assess, or the day has passed.
    """
    require(actor, "assessment.moderate", system)
    # Two who open at once wait for each other here.
    System.objects.select_for_update(no_key=True).get(pk=system.pk)
    asked = list(assessors)
    refuse_opening(system, due, asked, day_of(system, at))
    row = AssessmentRound(system=system, opened_by=actor)
    values = {"title": title, "due": due, "opened_at": at or timezone.now()}
    save_with_trail(
        row, values, system=system, key=title, action="open round", actor=actor, door=door
    )
    for user in asked:
        assessor = Assessor(round=row, user=user)
        assessor.full_clean()
        assessor.save()
    record(
        system=system, action="ask", on=row, key=title, actor=actor, door=door,
        after={"asked": ", ".join(str(user) for user in asked)},
    )  # fmt: skip
    return row


def refuse_opening(system: System, due: date, asked: list[User], today: date) -> None:
    if running := AssessmentRound.objects.running().filter(system=system).first():
        raise ValidationError(
            _("“%(round)s” is not locked yet. Lock it before another round opens.")
            % {"round": running}
        )
    if not system.aspirations.active().exists():
        raise ValidationError(_("There is no active aspiration to assess. Write one first."))
    if due < today:
        raise ValidationError(
            {"due": _("%(day)s has passed. Give a day from %(today)s on.")
             % {"day": date_format(due, "j F Y"), "today": date_format(today, "j F Y")}}
        )  # fmt: skip
    if not asked:
        raise ValidationError({"assessors": _("Ask at least one person.")})
    able = set(User.objects.filter(people_who_may("assessment.write", system)).values_list("pk"))
    for user in asked:
        if (user.pk,) not in able:
            raise ValidationError(
                {"assessors": _("%(person)s may not assess here. Ask someone of the delivery unit.")
                 % {"person": user}}
            )  # fmt: skip


@transaction.atomic
def close_round(
    *, round: AssessmentRound, reason: str = "", actor: User | None = None, door: str = "command",
    at: datetime | None = None,
) -> AssessmentRound:  # fmt: skip
    """From here on nobody sends a sheet, and those who assess read each other's.

    While sheets are missing it takes a reason.
    """
    row = locked(round, actor)
    if row.status != Status.OPEN:
        raise ValidationError(
            _("“%(round)s” is in moderation or locked already. Load its page again.")
            % {"round": row}
        )
    state = progress(row)
    if not state.any_sheet:
        raise ValidationError(_("No sheet was sent in yet, so there is nothing to moderate."))
    if not state.all_in:
        reason = check_reason(reason, _("Closing while sheets are missing"))
    save_with_trail(
        row, {"status": Status.MODERATION, "moderated_at": at or timezone.now()},
        system=row.system, key=row.title, action="close round", actor=actor, door=door,
        reason=reason.strip(), version=row.version,
    )  # fmt: skip
    return row


def locked(round: AssessmentRound, actor: User | None, action: str = "") -> AssessmentRound:
    """The round as it is now, held until the transaction ends, for someone who may do `action`."""
    require(actor, action or "assessment.moderate", round.system)
    rows = AssessmentRound.objects.select_for_update(of=("self",)).select_related("system")
    return rows.get(pk=round.pk)
