"""The plan of a round: steps laid out over its days, then changed and finished by hand."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.models import User
from people.services import record, save_with_trail
from reviews.analysis.plan import lay_out
from reviews.models import Round, Step
from reviews.services.holding import locked

FIRST_VERSION = 1


def draw_up(row: Round, *, actor: User | None = None, door: str = "command") -> bool:
    """Lay the steps out over the days of the round; whether they are.

    Once a step was changed or finished by hand the plan is people's own, and stays as it is. In
    the transaction of who sets the round up or changes it, which holds the round.
    """
    if by_hand(row).exists():
        return False
    planned = lay_out(row.starts, row.due, light=row.is_light, next_due=row.next_due)
    held = {(step.kind, step.starts, step.ends) for step in row.steps.all()}
    if held == {(step.kind, step.starts, step.ends) for step in planned}:
        return True
    row.steps.all().delete()
    Step.objects.bulk_create(
        Step(round=row, kind=step.kind, starts=step.starts, ends=step.ends) for step in planned
    )
    record(
        system=row.system, action="plan", on=row, actor=actor, door=door,
        after={step.kind: f"{step.starts} – {step.ends}" for step in planned},
    )  # fmt: skip
    return True


def by_hand(row: Round) -> QuerySet[Step]:
    """Steps that somebody changed or finished."""
    return row.steps.filter(version__gt=FIRST_VERSION)


@transaction.atomic
def change_step(
    *, step: Step, values: dict[str, Any], version: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed; Conflict where someone saved since `version`.

    Conclusions and follow-up come after the closing, so a closed round's steps change too.
    ValidationError where the days are the wrong way round, or done on a day to come.
    """
    row = locked(step.round, actor)
    held = step_of(row, step)
    refuse_days(row, held, values)
    return save_with_trail(
        held, values, system=row.system, key=told_of(held), actor=actor, door=door, version=version
    )


@transaction.atomic
def finish_step(*, step: Step, actor: User | None = None, door: str = "command") -> Step:
    """Say that a step is done, today; ValidationError where it was said before."""
    row = locked(step.round, actor)
    held = step_of(row, step)
    if held.done_on is not None:
        raise ValidationError(
            _("“%(step)s” was done on %(day)s. Change the step if that is wrong.")
            % {"step": held.get_kind_display(), "day": held.done_on.isoformat()}
        )
    save_with_trail(
        held, {"done_on": row.system.today()}, system=row.system, key=told_of(held),
        action="finish", actor=actor, door=door, version=held.version,
    )  # fmt: skip
    return held


def told_of(step: Step) -> str:
    """What the trail calls a step."""
    return f"{step.kind} of review {step.round_id}"


def step_of(row: Round, step: Step) -> Step:
    """The step as it is now; ValidationError where the plan was laid out anew meanwhile."""
    held = row.steps.select_related("round__system").filter(pk=step.pk).first()
    if held is None:
        raise laid_out_anew(row)
    return held


def laid_out_anew(row: Round) -> ValidationError:
    return ValidationError(_("The plan of “%s” was laid out anew meanwhile. Open it again.") % row)


def refuse_days(row: Round, held: Step, values: dict[str, Any]) -> None:
    new = {name: values.get(name, getattr(held, name)) for name in ("starts", "ends", "done_on")}
    if new["ends"] < new["starts"]:
        raise ValidationError(
            {"ends": _("%(ends)s is before the step starts, %(starts)s. Choose a later day.") % new}
        )
    today: date = row.system.today()
    if new["done_on"] and new["done_on"] > today:
        raise ValidationError(
            {"done_on": _("%(day)s is still to come; today is %(today)s. Give the day when it was "
                          "done, or leave it empty.")
             % {"day": new["done_on"], "today": today}}
        )  # fmt: skip
