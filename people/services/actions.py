"""Agreed tasks are added, changed and settled, wherever they were agreed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.labels import personal_name
from people.models import Action, System, User
from people.models.systems import YEARS
from people.permissions import may, memberships
from people.services.reasons import check_reason
from people.services.trail import as_field, save_with_trail

OPEN, DROPPED = Action.Status.OPEN, Action.Status.DROPPED
TOLD_ONCE_SHARED = ("what", "owner", "due", "outcome")
"""Fields of which the trail tells nothing while the room that agreed on them keeps them."""


@transaction.atomic
def add_action(
    *, system: System, what: str, owner: str, due: date, shared: bool = True,
    actor: User | None = None, door: str = "command",
) -> Action:  # fmt: skip
    """A new task; `owner` is an office. Whether `actor` may is asked by the room that agrees on it.

    With `shared` false, only the room where it was agreed shows it, and the trail says nothing of
    its content. ValidationError by field.
    """
    row = Action(system=system, shared=shared)
    values = checked({"what": what, "owner": owner, "due": due})
    save_with_trail(
        row, {"system": system, "shared": shared, **values}, system=system, key="",
        actor=actor, door=door, sealed=kept_back(row),
    )  # fmt: skip
    return row


@transaction.atomic
def change_action(
    *, action: Action, values: Mapping[str, Any], version: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything of what, owner and due changed; Conflict where someone saved since.

    What is settled stays as it is until it is opened again.
    """
    if action.status != OPEN:
        raise ValidationError(
            _("“%(action)s” is settled, so it is not changed. Open it again first.")
            % {"action": action}
        )
    return save_with_trail(
        action, checked(values), system=action.system, key="", actor=actor, door=door,
        version=version, sealed=kept_back(action),
    )  # fmt: skip


@transaction.atomic
def settle(
    *, action: Action, status: str, outcome: str = "", on: date | None = None, version: int,
    actor: User | None = None, door: str = "command",
) -> bool:  # fmt: skip
    """Say that a task is done or dropped, `on` which day and what came of it; or open it again.

    To drop it takes a reason. Conflict where someone saved since `version`; ValidationError by
    field. Without `on` it is today, where the system is.
    """
    values = as_settled(action, status, outcome, on)
    return save_with_trail(
        action, values, system=action.system, key="",
        action="open action again" if status == OPEN else "settle action",
        actor=actor, door=door, version=version, sealed=kept_back(action),
    )  # fmt: skip


@transaction.atomic
def share_action(*, action: Action, actor: User | None = None, door: str = "command") -> bool:
    """Put a task on the list that everyone of the system reads. It is not taken off again."""
    return save_with_trail(
        action, {"shared": True}, system=action.system, key="", action="share action",
        actor=actor, door=door, version=action.version,
    )  # fmt: skip


def may_settle(user: Any, action: Action) -> bool:
    """The unit, and whoever keeps routines and speaks for the office that owns the task."""
    offices = offices_settled_by(user, action.system)
    return offices is None or action.owner.casefold() in offices


def offices_settled_by(user: Any, system: System) -> set[str] | None:
    """Offices, in small letters, whose tasks this person may settle; None where those of all."""
    if may(user, "plan.write", system):
        return None
    if not may(user, "routine.write", system):
        return set()
    held = memberships(user).filter(system=system).exclude(office="")
    return {office.casefold() for office in held.values_list("office", flat=True)}


def kept_back(action: Action) -> tuple[str, ...]:
    return () if action.shared else TOLD_ONCE_SHARED


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """What, owner and due as they are kept; ValidationError by field."""
    held = dict(values)
    for name in {"what", "owner"} & set(held):
        held[name] = one_line(name, held[name])
    if "due" in held:
        held["due"] = day_of("due", held["due"])
    return held


def one_line(name: str, text: Any) -> str:
    if not isinstance(text, str):
        raise ValidationError({name: _("Write it as text, on one line.")})
    try:
        return personal_name(text)
    except ValidationError as problem:
        raise ValidationError({name: problem.messages}) from problem


def day_of(name: str, day: Any) -> date:
    try:
        found = as_field(Action._meta.get_field("due"), day)
    except ValidationError as problem:
        raise ValidationError({name: problem.messages}) from problem
    if found is None or found.year not in YEARS:
        words = _("Give a day between the years %(first)s and %(last)s.")
        raise ValidationError({name: words % {"first": YEARS[0], "last": YEARS[-1]}})
    return date(found.year, found.month, found.day)


def as_settled(action: Action, status: str, outcome: str, on: date | None) -> dict[str, Any]:
    """What a settled or reopened task holds."""
    if status == OPEN:
        return {"status": status, "settled_on": None, "outcome": ""}
    today = action.system.today()
    day = day_of("settled_on", on or today)
    if day > today:
        words = _("%(day)s is still to come. Give the day it was settled, today at the latest.")
        raise ValidationError({"settled_on": words % {"day": date_format(day, "j F Y")}})
    if status == DROPPED:
        outcome = reason_for("outcome", outcome, _("Dropping “%s”") % action)
    return {"status": status, "settled_on": day, "outcome": outcome.strip()}


def reason_for(name: str, text: str, what: str) -> str:
    try:
        return check_reason(text, what)
    except ValidationError as problem:
        raise ValidationError({name: problem.messages}) from problem
