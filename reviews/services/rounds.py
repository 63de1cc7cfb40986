"""Rounds are set up and changed; `moves` opens and closes them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aspirations.services.authority import require
from people.models import System, User
from people.services import save_with_trail
from reviews.models import Participant, Round
from reviews.services import plan
from reviews.services.following import followed
from reviews.services.holding import locked, refuse_closed
from reviews.services.rubrics import chosen

MOST_DAYS = 366
"""A review aims for about a week; longer than a year it is no single look."""


@transaction.atomic
def set_up(
    *, system: System, values: dict[str, Any], actor: User | None = None, door: str = "command"
) -> Round:
    """A new round, not open yet, with its plan.

    `rubric` may be the value of a choice that `rubrics.choices` offers, and `follows` one that
    `following.choices` offers; a supplied rubric is taken up by it.
    """
    require(actor, "review.write", system)
    row = Round(system=system)
    values = settled(row, values, actor, door)
    save_with_trail(
        row, {"system": system, **values}, system=system, key="",
        actor=actor, door=door,
    )  # fmt: skip
    plan.draw_up(row, actor=actor, door=door)
    return row


@transaction.atomic
def change(
    *, round: Round, values: dict[str, Any], version: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed; Conflict where someone saved since `version`.

    Raises ValidationError of a closed round: what was reviewed stays as it was. Its rubric, and
    the round it is compared with, stay as they are once anybody is asked for scores, or anything
    is agreed or concluded.
    """
    row = locked(round, actor)
    refuse_closed(row)
    values = settled(row, values, actor, door)
    refuse_other_questions(row, values)
    changed = save_with_trail(
        row, values, system=row.system, key="", actor=actor, door=door, version=version
    )
    plan.draw_up(row, actor=actor, door=door)
    return changed


def settled(row: Round, values: dict[str, Any], actor: User | None, door: str) -> dict[str, Any]:
    """The values with rubric and earlier round as rows, checked against one another."""
    found = dict(values)
    if isinstance(found.get("rubric"), str):
        found["rubric"] = chosen(system=row.system, value=found["rubric"], actor=actor, door=door)
    if "follows" in found:
        rubric = found.get("rubric", row.rubric)
        found["follows"] = followed(row, rubric, found["follows"])
    refuse_length(row, found)
    return found


def refuse_length(row: Round, values: dict[str, Any]) -> None:
    starts, due = values.get("starts", row.starts), values.get("due", row.due)
    if starts and due and (due - starts).days > MOST_DAYS:
        raise ValidationError(
            {"due": _("%(due)s is more than a year after the start, %(starts)s. A review aims for "
                      "about a week. Choose an earlier day, and set the next review up later.")
             % {"due": due, "starts": starts}}
        )  # fmt: skip


def refuse_other_questions(row: Round, values: dict[str, Any]) -> None:
    """What was asked stays, for the answers to it and for what was made of them."""
    held = {"rubric": row.rubric, "follows": row.follows}
    moved = [name for name, now in held.items() if values.get(name, now) != now]
    if moved and is_asked(row):
        raise ValidationError(
            {name: _("People are asked for scores with what “%s” had before, or something is "
                     "agreed or concluded from it, so this stays as it is. To ask otherwise, set "
                     "up another review.") % row for name in moved}
        )  # fmt: skip


def is_asked(row: Round) -> bool:
    """Whether anybody could have scored, were it someone who has left since, or it was concluded.

    Of scores it asks who may give them, never whether any came: a refusal would tell the first.
    """
    if row.state == Round.State.DRAFT or row.rubric is None:
        return False
    made = (row.agreed, row.findings, row.conclusions)
    raters = Participant.objects.raters().filter(round=row)
    return raters.exists() or any(rows.exists() for rows in made)
