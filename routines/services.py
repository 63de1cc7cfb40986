"""Stocktakes are planned, changed and called off, and actions settled, each with a trail."""

from datetime import date as Day
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aspirations.services.authority import require
from people.models import Action, System, User
from people.models.systems import YEARS
from people.services import save_with_trail
from people.services.actions import may_settle, settle
from people.services.reasons import check_reason
from routines.models import Stocktake

WRITE = "routine.write"


@transaction.atomic
def plan(
    *, system: System, date: Day, title: str = "", chair: str = "", actor: User | None = None,
    door: str = "command",
) -> Stocktake:  # fmt: skip
    """A new stocktake on a day, past or to come. Raises ValidationError where one stands that day.

    `chair` is an office, never a name.
    """
    require(actor, WRITE, system)
    refuse_day(system, date)
    row = Stocktake(system=system, author=actor)
    values = {"date": date, "title": title, "chair": chair}
    save_with_trail(row, {"system": system, **values}, system=system, key="",
                    actor=actor, door=door)  # fmt: skip
    return row


@transaction.atomic
def change(
    *, stocktake: Stocktake, values: dict[str, Any], version: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything of date, title and chair changed; Conflict where someone saved since."""
    row = locked(stocktake, actor)
    refuse_cancelled(row)
    if "date" in values:
        refuse_day(row.system, values["date"], but=row.pk)
    return save_with_trail(
        row, values, system=row.system, key="", actor=actor, door=door, version=version
    )


@transaction.atomic
def cancel(
    *, stocktake: Stocktake, reason: str, actor: User | None = None, door: str = "command"
) -> Stocktake:
    """Call a stocktake off with a reason; it stays to be seen. Raises ValidationError if it is."""
    row = locked(stocktake, actor)
    refuse_cancelled(row)
    why = check_reason(reason, _("Calling a stocktake off"))
    values = {"cancelled_at": timezone.now(), "cancelled_reason": why}
    save_with_trail(row, values, system=row.system, key="", actor=actor, door=door,
                    reason=why, version=row.version)  # fmt: skip
    return row


def locked(stocktake: Stocktake, actor: User | None) -> Stocktake:
    """The row as it is now, held until the transaction ends, for someone who may write here."""
    require(actor, WRITE, stocktake.system)
    rows = Stocktake.objects.select_for_update(of=("self",)).select_related("system")
    return rows.get(pk=stocktake.pk)


def refuse_cancelled(row: Stocktake) -> None:
    if row.cancelled_at is not None:
        raise ValidationError(
            _("The stocktake of %(day)s was called off. Plan a new one instead.")
            % {"day": date_format(row.date, "j F Y")}
        )


def refuse_day(system: System, day: Any, but: int | None = None) -> None:
    """One stocktake a day, of a year that can be reckoned with.

    The system stays locked until the transaction ends, so that two who plan the same day at once
    are told, not failed.
    """
    if not isinstance(day, Day) or day.year not in YEARS:
        words = _("Give a day between the years %(first)s and %(last)s.")
        raise ValidationError({"date": words % {"first": YEARS[0], "last": YEARS[-1]}})
    System.objects.select_for_update(no_key=True).get(pk=system.pk)
    others = system.stocktakes.planned().filter(date=day)
    if (others if but is None else others.exclude(pk=but)).exists():
        words = _("A stocktake stands on %(day)s. Choose another day, or change that one.")
        raise ValidationError({"date": words % {"day": date_format(day, "j F Y")}})


@transaction.atomic
def settle_action(
    *, action: Action, status: str, outcome: str = "", on: Day | None = None, version: int,
    actor: User | None = None, door: str = "command",
) -> bool:  # fmt: skip
    """Say that a shared action is done or dropped, or open it again; Conflict as `settle` raises.

    For the unit, and for the office that owns it. PermissionDenied for all others.
    """
    if actor is not None and not (action.shared and may_settle(actor, action)):
        raise PermissionDenied(
            _("%(actor)s does not speak for %(owner)s. The unit settles it, or that office.")
            % {"actor": actor, "owner": action.owner}
        )
    return settle(
        action=action, status=status, outcome=outcome, on=on, version=version, actor=actor,
        door=door,
    )  # fmt: skip
