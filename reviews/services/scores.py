"""A rater scores one element at a time, finishes, and may take all of it back.

No line of the trail, no notice and no log tells of it: who scored, and when, is nobody's to know.
Each write holds the round's row, so that it comes wholly before or wholly after the closing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.services import Conflict
from reviews.models import Element, Participant, Round, Score
from reviews.services.scoring_rules import FIELDS, checked

TAKEN_BACK = [{"kind": "taken back", "text": ""}]
"""The sources of a revision that only says: what was said before does not count any more."""


@dataclass(frozen=True)
class Own:
    """What a rater said of an element last, its revision, and whether it counts."""

    score: Score | None
    revision: int
    counts: bool


NOTHING = Own(None, 0, counts=False)


@transaction.atomic
def save_score(
    *, participant: Participant, element: Element, values: Mapping[str, Any], seen: int = 0
) -> Score:
    """What the rater now says of the element. `seen` is the revision they saw; 0 where none.

    Saving again what stands already adds nothing. Raises Conflict, with the score that stands,
    where another window saved something else since; ValidationError where the round is not open,
    the person takes no part any more, or the score falls short of its rules.
    """
    part = rater(participant)
    refuse_foreign(part.round, element)
    said = checked(part, element.rubric, values)
    own = sheet_of(part).get(element.pk, NOTHING)
    if own.counts and own.score is not None:
        if all(getattr(own.score, name) == said[name] for name in FIELDS):
            return own.score
        if own.revision > seen:
            raise Conflict(own.score)
    made = Score(participant=part, element=element, revision=own.revision + 1, **said)
    made.full_clean()
    give_again(part, element)
    made.save()
    return made


def give_again(part: Participant, element: Element) -> None:
    """The sheet is worked on: no longer finished, and of what was taken back only this counts."""
    if part.taken_back_at is not None:
        Score.objects.bulk_create(
            Score(participant=part, element_id=key, revision=own.revision + 1, sources=TAKEN_BACK)
            for key, own in sheet_of(part).items()
            if key != element.pk
        )
    if part.taken_back_at or part.finished_at:
        Participant.objects.filter(pk=part.pk).update(finished_at=None, taken_back_at=None)


@transaction.atomic
def finish(*, participant: Participant) -> Participant:
    """Say that the sheet is complete. What is saved counts without it; nothing is locked by it."""
    part = rater(participant)
    if not progress(sheet_of(part)):
        raise ValidationError(
            _("Nothing is scored yet, so there is nothing to finish. Score an element first, or "
              "say of it that you cannot judge it.")
        )  # fmt: skip
    Participant.objects.filter(pk=part.pk, finished_at=None).update(finished_at=timezone.now())
    return part


@transaction.atomic
def take_back(*, participant: Participant) -> Participant:
    """None of the rater's scores counts from here on; each can be given again."""
    part = rater(participant)
    Participant.objects.filter(pk=part.pk, taken_back_at=None).update(
        taken_back_at=timezone.now(), finished_at=None
    )
    return part


def sheet_of(participant: Participant) -> dict[int, Own]:
    """Element key to what its rater said of it; one query. Only for the rater's own eyes."""
    found: dict[int, Own] = {}
    for row in participant.scores.order_by("revision"):
        says = row.sources != TAKEN_BACK
        told = row if says else found.get(row.element_id, NOTHING).score
        counts = says and participant.taken_back_at is None
        found[row.element_id] = Own(told, row.revision, counts)
    return found


def progress(sheet: Mapping[int, Own]) -> int:
    """How many elements have an answer that counts; “I cannot judge this” is one."""
    return sum(own.counts for own in sheet.values())


def rater(participant: Participant) -> Participant:
    """The part as it is now, with its round held until the transaction ends.

    Raises ValidationError unless the round is open and the part is that of a present rater.
    """
    rows = Round.objects.select_for_update(of=("self",)).select_related("system", "rubric")
    round = rows.get(pk=participant.round_id)
    refuse_unless_open(round)
    part = taking_part(participant)
    if part is None:
        raise ValidationError(
            _("You no longer take part in “%(round)s”, so nothing was taken. Ask who invited you.")
            % {"round": round}
        )
    if not part.is_rater:
        raise ValidationError(_("Your part in “%(round)s” asks for no scores.") % {"round": round})
    part.round = round
    return part


def taking_part(participant: Participant) -> Participant | None:
    """The part as it stands, if it stands: a guest's until taken off, a member's while in role."""
    guest, rows = Q(user=None), Participant.objects.filter(pk=participant.pk)
    held = rows.in_force("score.own").values("pk")
    return rows.present().filter(guest | Q(pk__in=held)).first()


def refuse_unless_open(round: Round) -> None:
    if round.is_open:
        return
    words = _("“%(round)s” is not open yet, so nothing was taken.") % {"round": round}
    if round.closed_at is not None:
        there = round.closed_at.astimezone(ZoneInfo(round.system.time_zone))
        words = _("“%(round)s” closed on %(day)s at %(time)s, so nothing was taken.") % {
            "round": round, "day": date_format(there, "j F Y"), "time": date_format(there, "H:i"),
        }  # fmt: skip
    raise ValidationError(words, code="closed")


def refuse_foreign(round: Round, element: Element) -> None:
    if round.rubric_id is None or element.rubric_id != round.rubric_id:
        raise ValidationError(
            _("“%(element)s” is not asked in “%(round)s”. Open the list of its elements again.")
            % {"element": element, "round": round}
        )
