"""Which earlier round a round is compared with: a closed one, scored with the same rubric."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from people.models import System
from reviews.models import Round, Rubric

LATEST = "latest"
MOST_DIGITS = 18
CLOSED = Q(state=Round.State.CLOSED)


def earlier_than(row: Round) -> QuerySet[Round]:
    """Closed rounds of the system, the latest first, save the round itself.

    And the one that it is compared with already, even where that is open again.
    """
    rows = Round.objects.filter(CLOSED | Q(pk=row.follows_id), system=row.system)
    rows = rows.filter(rubric__isnull=False).exclude(pk=row.pk).select_related("rubric")
    return rows.order_by(F("closed_at").desc(nulls_last=True), "-pk")


def usual_rubric(system: System) -> Rubric | None:
    """What the latest round was scored with, in its newest version; None before the first."""
    rows = Rubric.objects.in_use().filter(system=system)
    last = rows.filter(rounds__isnull=False).order_by("-rounds__starts", "-rounds__pk").first()
    return rows.filter(key=last.key).order_by("-number").first() if last else None


def choices(row: Round, rounds: QuerySet[Round]) -> list[tuple[str, str]]:
    """Value and label of each one of `rounds` that a round could be compared with.

    The first is where a form begins: the latest for a new round, none for one that is set up.
    """
    found = earlier_than(row).filter(pk__in=rounds.values("pk"))
    each = [(str(one.pk), _("%(round)s (%(rubric)s)") % {"round": one, "rubric": one.rubric})
            for one in found]  # fmt: skip
    latest = [(LATEST, _("The latest closed one with the same rubric"))] if each else []
    none = [("", _("None: this is the baseline"))]
    return [*none, *latest, *each] if row.pk else [*latest, *none, *each]


def followed(row: Round, rubric: Rubric | None, value: Any) -> Round | None:
    """The round that a choice means: a round, “latest”, the number of one, or none.

    What it is already stays possible. ValidationError on `follows` where another one is not among
    the closed rounds of the same rubric.
    """
    if value in ("", None):
        return None
    key = value.pk if isinstance(value, Round) else whole(value)
    if key == row.follows_id and rubric == row.rubric:
        return row.follows
    same = earlier_than(row).filter(rubric__key=rubric.key) if rubric else Round.objects.none()
    if value == LATEST:
        return same.filter(CLOSED).first()
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
