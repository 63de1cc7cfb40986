"""Findings of a review and what each implies: added, changed, withdrawn."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Action, User
from reviews.models import Element, Finding, Implication, ReviewAction, Round
from reviews.services.drawing import check_elements, refuse_withdrawn, take_back, to_draw, write


@transaction.atomic
def add_finding(
    *, round: Round, text: str, nature: str = Finding.Nature.OBSERVATION,
    elements: Sequence[Element] = (), order: int | None = None, actor: User | None = None,
    door: str = "command",
) -> Finding:  # fmt: skip
    """What the review saw, resting on several elements or on none; last in the list, or `order`."""
    row = to_draw(round, actor)
    check_elements(row, elements)
    finding = Finding(round=row, by=actor)
    values = {
        "round": row, "text": text, "nature": nature, "elements": elements, "order": order,
    }  # fmt: skip
    write(finding, values, siblings=findings_in(row), actor=actor, door=door)
    return finding


@transaction.atomic
def change_finding(
    *, finding: Finding, values: Mapping[str, Any], version: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything of text, nature, elements or order changed; Conflict where someone saved."""
    row = to_draw(finding.round, actor)
    held = findings_of_any_time(row).get(pk=finding.pk)
    refuse_withdrawn(held)
    check_elements(row, values.get("elements") or ())
    return write(held, values, siblings=findings_in(row), version=version, actor=actor, door=door)


@transaction.atomic
def withdraw_finding(
    *, finding: Finding, reason: str = "", actor: User | None = None, door: str = "command"
) -> None:
    """Withdraw a finding; refused while an action that follows from it is open."""
    row = to_draw(finding.round, actor)
    held = findings_of_any_time(row).get(pk=finding.pk)
    refuse_open_actions(ReviewAction.objects.filter(implication__finding=held))
    take_back(held, row, reason, what=_("Withdrawing a finding"), actor=actor, door=door)


@transaction.atomic
def add_implication(
    *, finding: Finding, text: str, is_question: bool = False, answer: str = "",
    answer_reason: str = "", order: int | None = None, actor: User | None = None,
    door: str = "command",
) -> Implication:  # fmt: skip
    """So what: what a finding means, maybe as a question, which is solved or worked around."""
    row = to_draw(finding.round, actor)
    held = findings_of_any_time(row).get(pk=finding.pk)
    refuse_withdrawn(held)
    values = {
        "text": text, "is_question": is_question, "answer": answer,
        "answer_reason": answer_reason, "order": order,
    }  # fmt: skip
    check_answer(values)
    meant = Implication(finding=held)
    write(meant, values, siblings=held.implications.in_force(), actor=actor, door=door)
    return meant


@transaction.atomic
def change_implication(
    *, implication: Implication, values: Mapping[str, Any], version: int,
    actor: User | None = None, door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed; Conflict where someone saved since `version`."""
    row = to_draw(implication.finding.round, actor)
    held = implications_of_any_time(row).get(pk=implication.pk)
    refuse_withdrawn(held)
    check_answer({name: values.get(name, getattr(held, name)) for name in ANSWER})
    siblings = held.finding.implications.in_force()
    return write(held, values, siblings=siblings, version=version, actor=actor, door=door)


@transaction.atomic
def withdraw_implication(
    *, implication: Implication, reason: str = "", actor: User | None = None,
    door: str = "command",
) -> None:  # fmt: skip
    """Withdraw an implication; refused while an action that follows from it is open."""
    row = to_draw(implication.finding.round, actor)
    held = implications_of_any_time(row).get(pk=implication.pk)
    refuse_open_actions(held.actions.all())
    take_back(held, row, reason, what=_("Withdrawing an implication"), actor=actor, door=door)


ANSWER = ("is_question", "answer", "answer_reason")


def check_answer(values: Mapping[str, Any]) -> None:
    """Only a question is answered, and an answer says why."""
    if values["answer"] and not values["is_question"]:
        raise ValidationError({"answer": _(
            "Only a question is solved or worked around. Say that it is a question, or leave the "
            "answer out."
        )})  # fmt: skip
    if values["answer"] and not str(values["answer_reason"]).strip():
        raise ValidationError({"answer_reason": _("Say why it is solved, or worked around.")})


def refuse_open_actions(actions: QuerySet[ReviewAction]) -> None:
    """What people still work on does not vanish: each open action is named."""
    names = [f"“{row.action}”" for row in actions.select_related("action").filter(
        action__status=Action.Status.OPEN
    )]  # fmt: skip
    if names:
        words = ngettext(
            "This action is still open: %(names)s. Settle it, or move it to another implication.",
            "These actions are still open: %(names)s. Settle them, or move them to another "
            "implication.",
            len(names),
        )  # fmt: skip
        raise ValidationError(words % {"names": ", ".join(names)})


def findings_in(row: Round) -> QuerySet[Finding]:
    return Finding.objects.filter(round=row).in_force()


def findings_of_any_time(row: Round) -> QuerySet[Finding]:
    return Finding.objects.filter(round=row).select_related("round__system")


def implications_of_any_time(row: Round) -> QuerySet[Implication]:
    rows = Implication.objects.filter(finding__round=row)
    return rows.select_related("finding__round__system")
