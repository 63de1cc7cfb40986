"""Sheets: drafted by one person, sent in once, and then kept as they are."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.models import Aspiration, Assessment, AssessmentRound, Metric
from aspirations.services.assessments.checks import check_full, check_view
from aspirations.services.assessments.computed import (
    Computed,
    aspiration_light,
    day_of,
    metric_light,
)
from aspirations.services.assessments.rounds import Status, locked
from aspirations.services.authority import require
from people.models import User
from people.services import save_with_trail

METRIC_DAYS, ROUND_DAYS = 90, 180
"""Days until a view of a metric lapses, and until a sheet or result of a round does."""
WRITTEN = (
    "kind", "light", "reason", "recent_performance", "challenge", "planning", "capacity",
    "progress", "stage", "stage_evidence", "confidence", "change_mind", "difference_reason",
)  # fmt: skip
"""What a person writes on a sheet; the rest is set by what happens to it."""
SHORT = ("light", "reason", "confidence", "change_mind", "difference_reason")


@transaction.atomic
def write_sheet(
    *, round: AssessmentRound, aspiration: Aspiration, author: User, values: dict[str, Any],
    send: bool = False, door: str = "command", at: datetime | None = None,
) -> Assessment:  # fmt: skip
    """Keep a draft, or send it in; `values` by the names of `WRITTEN`.

    Whoever may assess writes, asked or not. A sheet after one that was sent in is a new revision.
    The row of the round is held meanwhile: whoever closes it waits, or the sheet is refused.
    The trail says that a sheet was written, never what it holds.
    """
    row = locked(round, author, "assessment.write")
    refuse_writing(row, aspiration)
    sheet = draft_of(row, aspiration, author)
    written = {name: value for name, value in values.items() if name in WRITTEN}
    if written.get("kind") == Assessment.Kind.FINAL:
        raise ValidationError({"kind": _("A moderated result is not written on a sheet.")})
    if send:
        computed = aspiration_light(aspiration, day_of(row.system, at))
        written |= sending(computed, day_of(row.system, at), ROUND_DAYS, at)
        check_full({**held(sheet), **written})
    save_with_trail(
        sheet, written, system=row.system, key="", actor=author, door=door, sealed=set(written)
    )
    return sheet


def refuse_writing(row: AssessmentRound, aspiration: Aspiration) -> None:
    if row.status != Status.OPEN:
        raise ValidationError(
            _("“%(round)s” was closed meanwhile, so this sheet was not taken. What you typed is "
              "below: give it to who moderates.")
            % {"round": row}
        )  # fmt: skip
    active = row.system.aspirations.active()
    if not active.filter(pk=aspiration.pk).exists():
        raise ValidationError(
            _("“%(aspiration)s” is not an active one of this system.") % {"aspiration": aspiration}
        )


def draft_of(row: AssessmentRound, aspiration: Aspiration, author: User) -> Assessment:
    """The draft begun, or a new revision that starts from what was sent in last."""
    sheets = Assessment.objects.sheets().filter(round=row, aspiration=aspiration, author=author)
    last = sheets.order_by("-revision").first()
    if last is not None and last.submitted_at is None:
        return last
    fresh = Assessment(system=row.system, round=row, aspiration=aspiration, author=author)
    if last is not None:
        for name in WRITTEN:
            setattr(fresh, name, getattr(last, name))
        fresh.revision = last.revision + 1
    return fresh


def held(sheet: Assessment) -> dict[str, Any]:
    return {name: getattr(sheet, name) for name in WRITTEN}


def sending(computed: Computed, day: Any, days: int, at: datetime | None) -> dict[str, Any]:
    """What is set as a sheet is sent in: when, what the rules said, and when it lapses."""
    moment = at or timezone.now()
    return {
        "written_at": moment, "submitted_at": moment, "expires_on": day + timedelta(days=days),
        "computed_light": computed.light, "judgment": computed.judgment,
    }  # fmt: skip


@transaction.atomic
def record_view(
    *, metric: Metric, author: User, values: dict[str, Any], door: str = "command",
    at: datetime | None = None,
) -> Assessment:  # fmt: skip
    """A short sheet on one metric, outside of rounds: `values` by the names of `SHORT`.

    It stands beside the rules' light and never moves it. ValidationError where a reason is
    missing, be it for a light other than the rules'.
    """
    require(author, "assessment.write", metric.system)
    if metric.retired_at is not None:
        raise ValidationError(_("“%(metric)s” is retired; nothing is judged of it any more.")
                              % {"metric": metric})  # fmt: skip
    day = day_of(metric.system, at)
    written = {name: value for name, value in values.items() if name in SHORT}
    written |= sending(metric_light(metric, day), day, METRIC_DAYS, at)
    check_view(written)
    row = Assessment(system=metric.system, metric=metric, author=author)
    save_with_trail(row, written, system=metric.system, key="", actor=author, door=door)
    return row
