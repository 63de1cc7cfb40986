"""Moderation: aspirations in rank order, one light for each, and then all of it locked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.analysis.assessments import rank_faults
from aspirations.models import Aspiration, Assessment, AssessmentRound
from aspirations.services.assessments.checks import of_light
from aspirations.services.assessments.computed import Computed, by_aspiration, day_of
from aspirations.services.assessments.rounds import Status, locked
from aspirations.services.assessments.sheets import ROUND_DAYS, sending
from people.models import User
from people.services import Conflict, save_with_trail

Kind = Assessment.Kind
SETTLED = (
    "light", "rank", "reason", "difference_reason", "dissent", "planning", "capacity", "progress",
    "challenge", "stage", "stage_evidence", "confidence", "recent_performance", "change_mind",
)  # fmt: skip
"""What a moderator writes of an aspiration."""


@transaction.atomic
def moderate(
    *, round: AssessmentRound, aspiration: Aspiration, values: dict[str, Any], actor: User,
    version: int | None = None, door: str = "command",
) -> Assessment:  # fmt: skip
    """Settle one aspiration, not for good yet; `values` by the names of `SETTLED`."""
    moderate_all(
        round=round, rows={aspiration: values}, actor=actor, version=version, door=door
    )  # fmt: skip
    return Assessment.objects.get(round=round, aspiration=aspiration, kind=Kind.FINAL)


@transaction.atomic
def moderate_all(
    *, round: AssessmentRound, rows: Mapping[Aspiration, dict[str, Any]], actor: User,
    version: int | None = None, door: str = "command",
) -> int:  # fmt: skip
    """How many aspirations changed. `version` is the round's that the writer saw.

    Raises Conflict, with the round as it is, where another saved since.
    """
    row = locked(round, actor)
    refuse_unless_moderated(row)
    if version is not None and row.version != version:
        raise Conflict(row)
    active = set(row.system.aspirations.active().values_list("pk", flat=True))
    changed = 0
    for aspiration, values in rows.items():
        if aspiration.pk not in active:
            raise ValidationError(
                _("“%(aspiration)s” is not an active one of this system.")
                % {"aspiration": aspiration}
            )
        changed += settle(row, aspiration, values, actor, door)
    if changed:
        AssessmentRound.objects.filter(pk=row.pk).update(version=row.version + 1)
    return changed


def settle(
    row: AssessmentRound, aspiration: Aspiration, values: dict[str, Any], actor: User, door: str
) -> bool:
    final = final_of(row, aspiration) or Assessment(
        system=row.system, round=row, aspiration=aspiration, kind=Kind.FINAL, author=actor
    )
    written = {name: value for name, value in values.items() if name in SETTLED}
    return save_with_trail(
        final,
        written,
        system=row.system,
        key="",
        action="moderate",
        actor=actor,
        door=door,
        sealed=set(written),
    )


def final_of(row: AssessmentRound, aspiration: Aspiration) -> Assessment | None:
    return Assessment.objects.filter(round=row, aspiration=aspiration, kind=Kind.FINAL).first()


def refuse_unless_moderated(row: AssessmentRound) -> None:
    if row.status == Status.OPEN:
        raise ValidationError(
            _("“%(round)s” is still open: others’ sheets are hidden until it is closed.")
            % {"round": row}
        )
    if row.status == Status.LOCKED:
        raise ValidationError(
            _("“%(round)s” is locked, so nothing in it changes any more.") % {"round": row}
        )


@transaction.atomic
def lock_round(
    *, round: AssessmentRound, actor: User | None = None, version: int | None = None,
    door: str = "command", at: datetime | None = None,
) -> AssessmentRound:  # fmt: skip
    """Submit every moderated light, with what the rules say now and how bold the aspiration is.

    Raises ValidationError naming each aspiration that is not ready; nothing is locked then.
    """
    row = locked(round, actor)
    refuse_unless_moderated(row)
    if version is not None and row.version != version:
        raise Conflict(row)
    day = day_of(row.system, at)
    aspirations = list(row.system.aspirations.active())
    computed = by_aspiration(aspirations, day)
    refuse_unready(row, aspirations, computed)
    for aspiration in aspirations:
        final = final_of(row, aspiration)
        assert final is not None  # refuse_unready saw it
        found = computed[aspiration.pk]
        values = sending(found, day, ROUND_DAYS, at) | {"boldness": aspiration.boldness}
        save_with_trail(
            final, values, system=row.system, key="", action="lock", actor=actor, door=door
        )
    save_with_trail(
        row, {"status": Status.LOCKED, "locked_at": at or timezone.now(), "locked_by": actor},
        system=row.system, key=row.title, action="lock", actor=actor, door=door,
        version=row.version,
    )  # fmt: skip
    return row


def refuse_unready(
    row: AssessmentRound, aspirations: list[Aspiration], computed: dict[int, Computed]
) -> None:
    finals = {
        final.aspiration_id: final
        for final in Assessment.objects.filter(round=row, kind=Kind.FINAL)
    }
    said = [
        f"{aspiration}: {words}"
        for aspiration in aspirations
        for words in missing(finals.get(aspiration.pk), computed[aspiration.pk])
    ]
    ranks = [finals[row.pk].rank for row in aspirations if row.pk in finals]
    _unplaced, twice = rank_faults(ranks)
    said += [_("Place %(rank)s is given twice.") % {"rank": rank} for rank in twice]
    if said:
        raise ValidationError(said)


def missing(final: Assessment | None, computed: Computed) -> list[str]:
    """What one aspiration still needs before it can be locked."""
    if final is None:
        return [_("it has no moderated light yet.")]
    known = {
        "light": final.light, "reason": final.reason, "computed_light": computed.light,
        "difference_reason": final.difference_reason,
    }  # fmt: skip
    faults = list(of_light(known).values())
    return faults if final.rank else [*faults, _("it has no place in the rank order.")]
