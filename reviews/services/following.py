"""Which earlier round a round is compared with: a closed one, scored with the same rubric."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people.models import System
from reviews.models import Round, Rubric

LATEST = "latest"
MOST_DIGITS = 18


def earlier_than(row: Round) -> QuerySet[Round]:
    """Closed rounds of the system, the latest first, save the round itself."""
    rows = Round.objects.filter(system=row.system, state=Round.State.CLOSED, rubric__isnull=False)
    return rows.exclude(pk=row.pk).select_related("rubric").order_by("-closed_at", "-pk")


def usual_rubric(system: System) -> Rubric | None:
    """What the latest round was scored with, in its newest version; None before the first."""
    rows = Rubric.objects.in_use().filter(system=system)
    last = rows.filter(rounds__isnull=False).order_by("-rounds__starts", "-rounds__pk").first()
    return rows.filter(key=last.key).order_by("-number").first() if last else None


def choices(row: Round, rounds: QuerySet[Round]) -> list[tuple[str, str]]:
    """Value and label of each closed one of `rounds` that a round could be compared with."""
    found = earlier_than(row).filter(pk__in=rounds.values("pk"))
    each = [(str(one.pk), _("%(round)s (%(rubric)s)") % {"round": one, "rubric": one.rubric})
            for one in found]  # fmt: skip
    latest = [(LATEST, _("The latest closed one with the same rubric"))] if each else []
    return [*latest, ("", _("None: this is the baseline")), *each]


def followed(row: Round, rubric: Rubric | None, value: Any) -> Round | None:
    """The round that a choice means: a round, “latest”, the number of one, or none.

    ValidationError on `follows` where it is not among the closed rounds of the same rubric.
    """
    if value in ("", None):
        return None
    same = earlier_than(row).filter(rubric__key=rubric.key) if rubric else Round.objects.none()
    if value == LATEST:
        return same.first()
    key = value.pk if isinstance(value, Round) else whole(value)
    found = same.filter(pk=key).first()
    if found is None:
        raise ValidationError(
            {"follows": _("That review was not scored with this rubric, or is not closed, so the "
                          "two cannot be compared. Choose another, or none.")}
        )  # fmt: skip
    return found


def whole(text: str) -> int:
    known = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if known else 0
