"""What a coalition is for, and how it is kept: agreed before anybody is named."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.models import Charter, Coalition
from coalitions.services.holding import held, write
from people.analysis.months import months_after
from people.models import User
from people.models.systems import YEARS
from people.services import Conflict

MONTHS_TO_REVIEW = 3
LONGEST_WAIT = 730


@transaction.atomic
def change_charter(
    *, coalition: Coalition, values: Mapping[str, str], version: int, actor: User | None,
    door: str = "command",
) -> Charter:  # fmt: skip
    """Write the charter, or change it. `version` is the one the writer saw, 0 for none yet.

    Conflict where another wrote it meanwhile.
    """
    row = held(coalition, actor)
    found = Charter.objects.filter(coalition=row).first()
    if found is None:
        found = Charter()
        write(found, {"coalition": row, **values}, coalition=row, actor=actor, door=door)
        return found
    if version == 0:
        raise Conflict(found)
    write(found, values, coalition=row, actor=actor, door=door, version=version)
    return found


@transaction.atomic
def change_coalition(
    *, coalition: Coalition, values: Mapping[str, Any], version: int, actor: User | None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Change the form of a coalition, when it is reviewed and from when on it warns."""
    row = held(coalition, actor)
    refuse_days(values)
    if values["review_due"] != row.review_due:
        refuse_review(values["review_due"], row.system.today())
    return write(row, values, coalition=row, actor=actor, door=door, version=version)


def refuse_days(values: Mapping[str, Any]) -> None:
    fading, lapsed = values["fading_after"], values["lapsed_after"]
    if lapsed > LONGEST_WAIT:
        raise ValidationError(
            {"lapsed_after": _("%(days)s days is too long. Choose %(most)s or fewer.")
             % {"days": lapsed, "most": LONGEST_WAIT}}
        )  # fmt: skip
    if lapsed <= fading:
        raise ValidationError(
            {"lapsed_after": _("A member is fading after %(fading)s days, so lapsed only later "
                               "than that. Choose more than %(fading)s.") % {"fading": fading}}
        )  # fmt: skip


def refuse_review(day: date | None, today: date) -> None:
    if day is None:
        return
    if day < today:
        raise ValidationError({"review_due": _("%s is past. Choose a day to come.") % day})
    if day.year not in YEARS:
        raise ValidationError({"review_due": _("%s is too far off. Check the year.") % day})


def next_review(today: date) -> date:
    """A quarter from today, on the same day of the month where that has one."""
    return months_after(today, MONTHS_TO_REVIEW)
