"""Conversations and what was said in them are noted; what is noted is never changed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from people.confidential.openings import readers
from people.models import User
from people.services import save_with_trail
from reviews.models import Conversation, Element, InterviewNote, Participant, Round
from reviews.services.holding import held, refuse_closed

EARLIEST = 366
"""Days before a review starts that a conversation may have been held: an earlier day is a slip."""
LEAST_OF_A_LEVEL = 4
"""People of a level who must have been heard before their number is told apart."""


@transaction.atomic
def add_conversation(
    *, round: Round, kind: str, held_on: date, label: str, people: int = 1, tier: str = "",
    actor: User, door: str = "command",
) -> Conversation:  # fmt: skip
    """Record that an interview or a focus group was held; `label` says with whom, and is sealed.

    ValidationError where the review is closed or the day cannot be right. SealedError where the
    key is not there: then nothing is written.
    """
    row = open_to(round, actor)
    refuse_day(row, held_on)
    talk = Conversation()
    values = {
        "round": row, "kind": kind, "tier": tier, "held_on": held_on, "people": people,
        "label": label, "author": actor,
    }  # fmt: skip
    save_with_trail(
        talk, values, system=row.system, key="", actor=actor, door=door, sealed=("label",)
    )
    return talk


@transaction.atomic
def add_note(
    *, round: Round, body: str, conversation: Conversation | None = None,
    element: Element | None = None, actor: User, door: str = "command",
) -> InterviewNote:  # fmt: skip
    """Add a note to a round that is not closed. The trail says that, and nothing of what was said.

    Nor does it say on which element: that is part of what was said. ValidationError where
    conversation or element are of another review. SealedError where the key is not there: then
    nothing is written.
    """
    row = open_to(round, actor)
    refuse_elsewhere(row, conversation, element)
    note = InterviewNote(element=element)
    values = {"round": row, "author": actor, "body": body}
    if conversation is not None:
        values["conversation"] = conversation
    save_with_trail(
        note, values, system=row.system, key="", actor=actor, door=door, sealed=("body",)
    )
    return note


def open_to(round: Round, actor: User) -> Round:
    """The round as it is now, held until the transaction ends, for someone who may add notes."""
    row = held(round, actor, "note.write")
    refuse_closed(row)
    return row


def refuse_day(row: Round, held_on: date) -> None:
    today = row.system.today()
    if held_on > today:
        raise ValidationError(
            {
                "held_on": _("%(day)s is still to come. Record a conversation once it was held.")
                % {"day": held_on}
            }
        )
    if (row.starts - held_on).days > EARLIEST:
        raise ValidationError(
            {
                "held_on": _(
                    "%(day)s is more than a year before this review starts, %(starts)s. "
                    "Look at the year again."
                )
                % {"day": held_on, "starts": row.starts}
            }
        )


def refuse_elsewhere(
    row: Round, conversation: Conversation | None, element: Element | None
) -> None:
    if conversation is not None and conversation.round_id != row.pk:
        raise ValidationError(
            {"conversation": _("That conversation is of another review. Choose one of this one.")}
        )
    if element is not None and element.rubric_id != row.rubric_id:
        raise ValidationError(
            {"element": _("That element is not in this review’s rubric. Choose one of it.")}
        )


def readers_of(round: Round) -> QuerySet[User]:
    """Everyone who can open the notes of a round now."""
    team = Participant.objects.in_force("note.read").filter(round=round, joint_team=True)
    return readers(round, "note.read", team.values("user"))


def conversations_held(round: Round) -> dict[str, tuple[int, int]]:
    """Of each kind how many conversations were held and with how many people; nothing sealed."""
    rows = Conversation.objects.filter(round=round).order_by().values_list("kind")
    found = {kind: (held, heard) for kind, held, heard in rows.annotate(Count("pk"), Sum("people"))}
    return {kind: found.get(kind, (0, 0)) for kind in Conversation.Kind.values}


def people_by_level(round: Round) -> dict[str, int]:
    """How many people of each level were heard, where that tells of nobody in particular.

    A level with fewer than four is left out. Were the rest then one, two or three people, the
    total would tell of them: so the smallest level that is left goes too.
    """
    rows = Conversation.objects.filter(round=round).order_by().values_list("tier")
    heard = dict(rows.annotate(Sum("people")))
    told = {tier: n for tier, n in heard.items() if tier and n >= LEAST_OF_A_LEVEL}
    if told and 0 < sum(heard.values()) - sum(told.values()) < LEAST_OF_A_LEVEL:
        del told[min(told, key=lambda tier: told[tier])]
    return told
