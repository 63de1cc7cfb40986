"""Actions that a review leads to: what, by which office, until when, towards which level.

The task is a row of the floor, which the whole system shares once the results are released to
the team; until then the trail says that something was agreed, and not what.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import User
from people.services import save_with_trail
from people.services.actions import add_action, change_action, settle
from reviews.models import Element, Implication, ReviewAction, Round
from reviews.services.drawing import note, refuse_withdrawn, to_draw
from reviews.services.findings import implications_of_any_time

OF_TASK = ("what", "owner", "due")
OF_REVIEW = ("implication", "term", "element", "towards")


@transaction.atomic
def add_review_action(
    *, implication: Implication, what: str, owner: str, due: date,
    term: str = ReviewAction.Term.SHORT, element: Element | None = None,
    towards: int | None = None, actor: User | None = None, door: str = "command",
) -> ReviewAction:  # fmt: skip
    """A task of an office, until a day, that follows from an implication.

    `towards` is the level of the rubric, above the one agreed on now, that it is to move
    `element` to. ValidationError by field.
    """
    row = to_draw(implication.finding.round, actor)
    meant = in_force(row, implication)
    check_level(row, element, towards)
    task = add_action(
        system=row.system, what=what, owner=owner, due=due, shared=row.team_at is not None,
        actor=actor, door=door,
    )  # fmt: skip
    agreed = ReviewAction(implication=meant, action=task)
    values = {"term": term, "element": element, "towards": towards}
    save_with_trail(
        agreed, values, system=row.system, key="", actor=actor, door=door, sealed=OF_REVIEW
    )
    return agreed


@transaction.atomic
def change_review_action(
    *, action: ReviewAction, values: Mapping[str, Any], version: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed; Conflict, holding the task, where someone saved since `version`.

    With `implication` it moves to another one of the same review.
    """
    row = to_draw(action.round, actor)
    held = actions_of(row).get(pk=action.pk)
    new = {name: values[name] for name in OF_REVIEW if name in values}
    if "implication" in new:
        new["implication"] = in_force(row, new["implication"])
    element, towards = (new.get(name, getattr(held, name)) for name in ("element", "towards"))
    if (element, towards) != (held.element, held.towards):
        check_level(row, element, towards)
    task = {name: values[name] for name in OF_TASK if name in values}
    changed = change_action(
        action=held.action, values=task, version=version, actor=actor, door=door
    )
    return put(held, new, actor=actor, door=door) or changed


def put(row: ReviewAction, values: Mapping[str, Any], *, actor: User | None, door: str) -> bool:
    """Keep what ties the task to the review; the line in the trail is the task's own."""
    names = [name for name, value in values.items() if getattr(row, name) != value]
    for name in names:
        setattr(row, name, values[name])
    row.full_clean()
    row.save()
    if names:
        note(row.action, names, actor=actor, door=door)
    return bool(names)


@transaction.atomic
def settle_review_action(
    *, action: ReviewAction, status: str, outcome: str = "", on: date | None = None, version: int,
    actor: User | None = None, door: str = "command",
) -> bool:  # fmt: skip
    """Say, in the review, that an action is done or dropped, or open it again."""
    row = to_draw(action.round, actor)
    held = actions_of(row).get(pk=action.pk)
    return settle(
        action=held.action, status=status, outcome=outcome, on=on, version=version,
        actor=actor, door=door,
    )  # fmt: skip


def in_force(row: Round, implication: Implication) -> Implication:
    """The implication as it is now; ValidationError where it or its finding was withdrawn."""
    held = implications_of_any_time(row).filter(pk=implication.pk).first()
    if held is None:
        raise ValidationError({"implication": _("Choose an implication of this review.")})
    refuse_withdrawn(held)
    refuse_withdrawn(held.finding)
    return held


def check_level(row: Round, element: Element | None, towards: int | None) -> None:
    """A level to reach is one of an element of the rubric, and above what is agreed now."""
    if element is not None and (row.rubric is None or element.rubric_id != row.rubric_id):
        words = _("“%(element)s” is not in the rubric of this review. Choose from its own.")
        raise ValidationError({"element": words % {"element": element}})
    if towards is None:
        return
    if element is None or row.rubric is None:
        raise ValidationError({"towards": _(
            "A level is one of an element. Choose the element that is to move, or leave the level "
            "open."
        )})  # fmt: skip
    if not 1 <= towards <= row.rubric.points:
        words = _("%(level)s is no level of this rubric. Choose from 1 to %(most)s.")
        raise ValidationError({"towards": words % {"level": towards, "most": row.rubric.points}})
    now = row.agreed.in_force().filter(element=element).values_list("value", flat=True).first()
    if now is not None and towards <= now:
        words = _("%(element)s stands at %(now)s now. Choose a level above it, or leave it open.")
        name = row.rubric.name_of(now)
        raise ValidationError({"towards": words % {"element": element.code, "now": name}})


def actions_of(row: Round) -> Any:
    rows = ReviewAction.objects.filter(implication__finding__round=row)
    return rows.select_related("action__system", "element", "implication__finding__round__system")
