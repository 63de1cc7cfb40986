"""What to ask in an interview or a focus group, from the rubric of the round; nothing sealed.

The minutes are our defaults: an interview of an hour leaves room for about eight elements, a focus
group of half a day for its history, its approach, its barriers and the marks of about six.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from people.labels import role_name
from people.permissions import ACTIONS
from reviews.models import Conversation, Element, Participant, Round
from reviews.pages.conversations import elements_of
from reviews.services.note_retention import MONTHS

Kind, Tier = Conversation.Kind, Participant.Tier
Words = str | Promise

MOST_OF_A_LIGHT_ONE = 6
# Minutes: of the words before and after, of each element, and of each other part of a group.
AROUND = {Kind.INTERVIEW: 10, Kind.FOCUS_GROUP: 25}
EACH = {Kind.INTERVIEW: 6, Kind.FOCUS_GROUP: 8}
PART = 30
PARTS_OF_A_GROUP = 3
# Minutes after which people tire.
LONG = {Kind.INTERVIEW: 75, Kind.FOCUS_GROUP: 300}

# How the general questions are put to a level, where an element brings none of its own.
FALLBACK: dict[str, tuple[Words, ...]] = {
    "": (
        lazy("Tell me about the last time this mattered in your work. What happened?"),
        lazy("What helps with it, and what gets in the way?"),
    ),
    Tier.LEADERSHIP: (
        lazy("What have you decided in the past year that shows it?"),
        lazy("Who here would answer otherwise, and why?"),
    ),
    Tier.MIDDLE: (
        lazy("What of this reaches you from above, and what do you pass on?"),
        lazy("Tell me about a recent case in which it helped, or was missing."),
    ),
    Tier.FRONT_LINE: (
        lazy("Where do you meet this in your own work? Tell me about the last time."),
        lazy("What happened when you told somebody about it?"),
    ),
    Tier.OUTSIDE: (
        lazy("What of this can you see from outside?"),
        lazy("How does it compare with others you know?"),
    ),
}
# What to keep in mind with a level, before the first question.
WITH_LEVEL: dict[str, Words] = {
    Tier.LEADERSHIP: lazy(
        "Ask for decisions, not for intentions, and for what they would rather not hear."
    ),
    Tier.MIDDLE: lazy(
        "Ask what is passed on and what is held back, upwards and downwards. Take care that "
        "nobody has to judge their own superior by name."
    ),
    Tier.FRONT_LINE: lazy(
        "Put the questions in the words of their work; leave out those they cannot know. Ask for "
        "the last case, not for the usual one."
    ),
    Tier.OUTSIDE: lazy(
        "Ask what they have seen themselves, and what they know from others; note which is which."
    ),
}


@dataclass(frozen=True)
class Asked:
    """One element as it is asked: its own questions, or those that suit any."""

    element: Element
    asks: list[Words]


def asks_of(element: Element, level: str) -> list[Words]:
    own = [ask for ask in element.asks if isinstance(ask, str) and ask.strip()]
    return [*own] or [element.question, *FALLBACK[level]]


@dataclass(frozen=True)
class Asking:
    """What the address asks for: kind, level, and the codes of elements, if any are chosen."""

    kind: str
    level: str
    codes: tuple[str, ...]

    @classmethod
    def from_query(cls, query: Any) -> "Asking":
        """What is asked that there is; whatever else stands in the address is left aside."""
        kind, level = query.get("for", ""), query.get("level", "")
        codes = [code.strip() for text in query.getlist("elements") for code in text.split(",")]
        return cls(
            kind if kind in Kind.values else Kind.INTERVIEW.value,
            level if level in Tier.values else "",
            tuple(dict.fromkeys(code for code in codes if code)),
        )


@dataclass
class Protocol:
    """The questions of one round, for one kind of conversation and one level."""

    round: Round
    asking: Asking

    @cached_property
    def every(self) -> list[Element]:
        return elements_of(self.round)

    @cached_property
    def elements(self) -> list[Element]:
        """Those chosen; else all; of a light round one of each section, six at most."""
        chosen = [row for row in self.every if row.code in self.asking.codes]
        if chosen or not self.round.is_light:
            return chosen or self.every
        return first_of_each(self.every)[:MOST_OF_A_LIGHT_ONE]

    @property
    def unknown(self) -> list[str]:
        """Codes that were asked for and are not in the rubric, as far as they can be codes."""
        known = {row.code for row in self.every}
        return [code[:12] for code in self.asking.codes if code not in known][:5]

    @cached_property
    def sections(self) -> list[tuple[str, list[Asked]]]:
        found: dict[str, list[Asked]] = {}
        for row in self.elements:
            asked = Asked(row, asks_of(row, self.asking.level))
            found.setdefault(row.section, []).append(asked)
        return list(found.items())

    @property
    def is_group(self) -> bool:
        return self.asking.kind == Kind.FOCUS_GROUP

    @property
    def each(self) -> int:
        """Minutes for one element."""
        return EACH[Kind(self.asking.kind)]

    @property
    def minutes(self) -> int:
        parts = PARTS_OF_A_GROUP * PART if self.is_group else 0
        return AROUND[Kind(self.asking.kind)] + parts + self.each * len(self.elements)

    @property
    def time(self) -> str:
        return time_in_words(self.minutes)

    @property
    def part(self) -> int:
        return PART

    @property
    def is_long(self) -> bool:
        return self.minutes > LONG[Kind(self.asking.kind)]

    @property
    def level(self) -> str:
        return str(Tier(self.asking.level).label) if self.asking.level else ""

    @property
    def with_level(self) -> Words:
        return WITH_LEVEL.get(self.asking.level, "")

    @property
    def points(self) -> list[tuple[int, str]]:
        """The scale as it is marked on paper: number and word, the weakest first."""
        scale = self.round.rubric.scale if self.round.rubric else []
        return [(number, point["name"]) for number, point in enumerate(scale, start=1)]

    @property
    def readers(self) -> list[str]:
        """Roles that open the notes of every review; the joint team does where it is named."""
        return [role_name(self.round.system, role) for role in sorted(ACTIONS["note.read"].own)]

    @property
    def months(self) -> int:
        """How long notes are kept after the closing."""
        return MONTHS


def first_of_each(elements: Iterable[Element]) -> list[Element]:
    found: dict[str, Element] = {}
    for row in elements:
        found.setdefault(row.section, row)
    return list(found.values())


def time_in_words(minutes: int) -> str:
    """“about 1 hour 40 minutes”, to the next five minutes."""
    hours, rest = divmod(5 * round(minutes / 5), 60)
    told = []
    if hours:
        told.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if rest or not hours:
        told.append(ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest})
    return _("about %(time)s") % {"time": " ".join(told)}
