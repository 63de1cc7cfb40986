"""The panel agrees on one element: a decision with its reason, appended and never edited."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import User
from people.services import Conflict, check_reason, save_with_trail
from reviews.models import AgreedScore, Element, Round
from reviews.services.drawing import WRITE
from reviews.services.holding import held

SAID = ("value", "reason", "dissent")
"""What a judgment says. The trail keeps only that it was said: it is read before the release."""


@transaction.atomic
def agree(
    *, round: Round, element: Element, value: int | None, reason: str, dissent: str = "",
    seen: int | None = None, actor: User | None = None, door: str = "command",
    at: datetime | None = None,
) -> bool:  # fmt: skip
    """Whether anything changed: the next revision of what the panel agreed on `element`.

    `value` None says that the panel cannot judge it. `seen` is the revision that the writer saw, 0
    for none; Conflict, with the judgment in force, where another came since. `at` gives what is
    entered of the past its moment; no page passes it.
    """
    row = held(round, actor, WRITE)
    refuse_unscored(row, element, value)
    said = {
        "value": value,
        "reason": check_reason(reason, _("An agreed score")),
        "dissent": dissent.strip(),
    }
    latest = in_force(row, element)
    if latest and all(getattr(latest, name) == told for name, told in said.items()):
        return False
    number = latest.revision if latest else 0
    if latest and seen is not None and seen != number:
        raise Conflict(latest)
    fresh = AgreedScore(by=actor, at=at or timezone.now())
    values = {"round": row, "element": element, "revision": number + 1, **said}
    return save_with_trail(
        fresh,
        values,
        system=row.system,
        key="",
        action="agree score",
        actor=actor,
        door=door,
        sealed=SAID,
    )


def refuse_unscored(row: Round, element: Element, value: int | None) -> None:
    """A closed round, an element of its own rubric, and a point of that rubric's scale."""
    if not row.is_closed:
        raise ValidationError(not_closed(row))
    if row.rubric is None or element.rubric_id != row.rubric_id:
        raise ValidationError(
            _("“%(element)s” is not asked in “%(round)s”. Choose an element of its rubric.")
            % {"element": element, "round": row}
        )
    if value is not None and not 1 <= value <= row.rubric.points:
        raise ValidationError(
            {"value": _("%(value)s is not on the scale, which goes from 1 to %(most)s. Choose "
                        "one of its points.") % {"value": value, "most": row.rubric.points}}
        )  # fmt: skip


def not_closed(row: Round) -> str:
    return _(
        "“%(round)s” is not closed, so nothing is agreed in it yet: scores are hidden until then. "
        "Close it first."
    ) % {"round": row}


def in_force(row: Round, element: Element) -> AgreedScore | None:
    found: AgreedScore | None = (
        AgreedScore.objects.filter(round=row, element=element).order_by("-revision").first()
    )
    return found
