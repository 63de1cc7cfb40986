"""What Meridian's unit has begun behind its dashboard: a capacity review and a coalition."""

from datetime import date

from django.conf import settings

from coalitions import services as coalitions
from coalitions.models import Coalition
from people.models import System, User
from reviews.models import Participant, Round
from reviews.services import notes, participants, rounds

Kind = Participant.Kind
SAID = (
    "Asked about routines: stocktakes have dates until June and none after. Principals hear of "
    "decisions from the newspaper first.",
    "Asked about the plan: coaches know what is expected in a classroom; nobody could say who "
    "answers when a school has no coach.",
)
THOUGHT = (
    "The teachers’ union office shares the aim and doubts the timetable. A visit to two coached "
    "schools before the budget hearing would say more than another paper.",
    "The budget committee’s chair has not been asked yet. One conversation in April, by the "
    "Superintendent, alone.",
)


def furnish(system: System, people: dict[str, User]) -> None:
    """Open a review with the invited reviewer named on it, and a coalition with one delegate."""
    review(system, people)
    coalition(system, people)


def review(system: System, people: dict[str, User]) -> Round:
    leader, analyst = people["delivery@meridian.example"], people["analyst@meridian.example"]
    row = rounds.set_up(
        system=system, actor=leader, door="demonstration",
        values={
            "title": "Delivery capacity, first review",
            "purpose": "See together how able Meridian is to deliver early reading, before the "
                       "budget of 2027 is drawn up.",
            "aspiration": system.aspirations.get(slug="early-reading"),
            "starts": date(2026, 3, 2), "due": date(2026, 4, 24),
        },
    )  # fmt: skip
    named = (
        ("reviewer@meridian.example", Kind.INDEPENDENT, False),
        ("learning@meridian.example", Kind.SELF, False),
        ("analyst@meridian.example", Kind.UNIT, True),
    )
    for email, kind, joint in named:
        participants.name(
            round=row, user=people[email], kind=kind, joint_team=joint, actor=leader,
            door="demonstration",
        )  # fmt: skip
    rounds.start(round=row, actor=leader, door="demonstration")
    for words in SAID if settings.CONFIDENTIAL_KEYS else ():
        notes.add_note(round=row, body=words, actor=analyst, door="demonstration")
    return row


def coalition(system: System, people: dict[str, User]) -> Coalition:
    leader, deputy = people["superintendent@meridian.example"], people["learning@meridian.example"]
    row = coalitions.start(
        aspiration=system.aspirations.get(slug="early-reading"),
        form=Coalition.Form.NETWORK, actor=leader, door="demonstration",
    )  # fmt: skip
    coalitions.name_delegate(coalition=row, user=deputy, actor=leader, door="demonstration")
    for words in THOUGHT if settings.CONFIDENTIAL_KEYS else ():
        coalitions.add_note(coalition=row, body=words, actor=leader, door="demonstration")
    return row
