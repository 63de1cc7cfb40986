"""What leaders decide beside the actions, and what a review means for the unit."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.models import User
from reviews.models import Conclusion, Element, Round
from reviews.services.drawing import check_elements, refuse_withdrawn, take_back, to_draw, write


@transaction.atomic
def add_conclusion(
    *, round: Round, kind: str, text: str, elements: Sequence[Element] = (), office: str = "",
    order: int | None = None, actor: User | None = None, door: str = "command",
) -> Conclusion:  # fmt: skip
    """A conclusion of one kind; `office` is who sees to it. Last of its kind, or at `order`."""
    row = to_draw(round, actor)
    check_elements(row, elements)
    concluded = Conclusion(round=row, by=actor)
    values = {
        "round": row, "kind": kind, "text": text, "elements": elements, "office": office,
        "order": order,
    }  # fmt: skip
    write(concluded, values, siblings=of_kind(row, kind), actor=actor, door=door)
    return concluded


@transaction.atomic
def change_conclusion(
    *, conclusion: Conclusion, values: Mapping[str, Any], version: int,
    actor: User | None = None, door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed; Conflict where someone saved since `version`."""
    row = to_draw(conclusion.round, actor)
    held = of_any_time(row).get(pk=conclusion.pk)
    refuse_withdrawn(held)
    check_elements(row, values.get("elements") or ())
    siblings = of_kind(row, values.get("kind", held.kind))
    return write(held, values, siblings=siblings, version=version, actor=actor, door=door)


@transaction.atomic
def withdraw_conclusion(
    *, conclusion: Conclusion, reason: str = "", actor: User | None = None, door: str = "command"
) -> None:
    """Withdraw a conclusion; what the team has read takes a reason."""
    row = to_draw(conclusion.round, actor)
    held = of_any_time(row).get(pk=conclusion.pk)
    take_back(held, row, reason, what=_("Withdrawing a conclusion"), actor=actor, door=door)


def of_kind(row: Round, kind: str) -> QuerySet[Conclusion]:
    rows: QuerySet[Conclusion] = Conclusion.objects.filter(round=row, kind=kind).in_force()
    return rows


def of_any_time(row: Round) -> QuerySet[Conclusion]:
    return Conclusion.objects.filter(round=row).select_related("round__system")
