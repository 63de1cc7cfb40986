"""Pairs that find it hard to work together are noted, and settled."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.models import Coalition, Difficulty
from coalitions.services.holding import held, write
from people.models import Actor, User
from people.models.systems import YEARS
from people.services import Conflict


@transaction.atomic
def note_difficulty(
    *, coalition: Coalition, values: Mapping[str, Any], actor: User | None,
    door: str = "command",
) -> Difficulty:  # fmt: skip
    """Note that two find it hard to work together.

    `values` holds first and second (keys of actors, candidates or not), note, plan and
    settled_on. ValidationError by field; a pair is open once.
    """
    row, found = held(coalition, actor), Difficulty()
    fields = {"coalition": row, **checked(row, found, values)}
    write(found, fields, coalition=row, actor=actor, door=door)
    return found


@transaction.atomic
def change_difficulty(
    *, difficulty: Difficulty, values: Mapping[str, Any], version: int, actor: User | None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Change what is noted of a pair, or that it is settled. Conflict if another was quicker."""
    row = held(difficulty.coalition, actor)
    found = Difficulty.objects.filter(coalition=row, pk=difficulty.pk).first()
    if found is None:
        raise ValidationError(_("This note is gone: somebody erased one of the two meanwhile."))
    if found.version != version:
        raise Conflict(found)
    fields = checked(row, found, values)
    return write(found, fields, coalition=row, actor=actor, door=door, version=version)


def checked(row: Coalition, found: Difficulty, values: Mapping[str, Any]) -> dict[str, Any]:
    pair = sorted({int(values["first"]), int(values["second"])})
    if len(pair) < 2:
        raise ValidationError({"second": _("Choose another office: this is the same one.")})
    offices = dict(Actor.objects.filter(system=row.system, pk__in=pair).values_list("pk", "name"))
    if len(offices) < 2:
        raise ValidationError({"first": _("Choose two offices of this system.")})
    settled = values.get("settled_on")
    refuse_day(row, settled)
    if settled is None:
        refuse_twice(row, found, pair, offices)
    return {
        "between": ",".join(map(str, pair)), "note": values["note"],
        "plan": values.get("plan", ""), "settled_on": settled,
    }  # fmt: skip


def refuse_day(row: Coalition, day: date | None) -> None:
    if day is None:
        return
    if day > row.system.today():
        raise ValidationError(
            {"settled_on": _("%s is still to come. Give the day once it is settled.") % day}
        )
    if day.year not in YEARS:
        raise ValidationError({"settled_on": _("%s is too long ago. Check the year.") % day})


def refuse_twice(
    row: Coalition, found: Difficulty, pair: list[int], offices: Mapping[int, str]
) -> None:
    """The pairs are sealed, so those that are open are read and compared here."""
    others = Difficulty.objects.filter(coalition=row, settled_on=None).exclude(pk=found.pk)
    if any(other.pair == tuple(pair) for other in others):
        names = {"one": offices[pair[0]], "other": offices[pair[1]]}
        raise ValidationError(
            {"second": _("“%(one)s” and “%(other)s” are noted already. Change that note, or "
                         "settle it first.") % names}
        )  # fmt: skip
