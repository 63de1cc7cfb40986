"""Conversations as pages tell of them, and how far the notes of one are; nothing sealed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Conversation, Element, Round


@dataclass(frozen=True)
class Talk:
    """A conversation, and its number among those of its kind, as they were recorded."""

    row: Conversation
    number: int

    @property
    def title(self) -> str:
        words = (
            _("Focus group %(number)s")
            if self.row.kind == Conversation.Kind.FOCUS_GROUP
            else _("Interview %(number)s")
        )
        return words % {"number": self.number}

    @property
    def facts(self) -> str:
        """When, with how many, of which level; nothing of it is sealed."""
        people = ngettext("%(count)s person", "%(count)s people", self.row.people)
        told = [
            date_format(self.row.held_on, "j F Y"),
            people % {"count": self.row.people},
            self.row.get_tier_display(),
        ]
        return ", ".join(str(part) for part in told if part)

    def __str__(self) -> str:
        return f"{self.title}: {self.facts}"


def numbered(rows: Iterable[Conversation]) -> list[Talk]:
    """The latest recorded first, which is the one most likely to be written about."""
    counts: Counter[str] = Counter()
    found = []
    for row in sorted(rows, key=lambda row: row.pk):
        counts[row.kind] += 1
        found.append(Talk(row, counts[row.kind]))
    return found[::-1]


def unopened(rows: Any) -> list[Talk]:
    """Conversations of whom nobody learns with whom they were: `label` stays sealed."""
    return numbered(rows.defer("label"))


def elements_of(round: Round) -> list[Element]:
    """What may be noted on, in the rubric's order; none of a round without a rubric."""
    return list(Element.objects.filter(rubric=round.rubric_id)) if round.rubric_id else []


def offers(elements: list[Element], talks: list[Talk] | None = None) -> dict[str, Any]:
    """What a form lets choose: elements by section, and conversations where they are asked."""
    by_section: dict[str, list[tuple[int, str]]] = {}
    for row in elements:
        by_section.setdefault(row.section, []).append((row.pk, str(row)))
    found: dict[str, Any] = {}
    if talks is not None:
        known = [("", _("Of none in particular")), *((talk.row.pk, str(talk)) for talk in talks)]
        found["conversation"] = known, {talk.row.pk: talk.row for talk in talks}
    if elements:
        known = [("", _("On none in particular")), *by_section.items()]  # type: ignore[list-item]
        found["element"] = known, {row.pk: row for row in elements}
    return found


@dataclass
class TalkPage:
    """One conversation while its notes are written: what has a note, and what comes next.

    `notes` are visible to the writer; nothing of them is opened here.
    """

    talk: Talk
    elements: list[Element]
    notes: Any
    asked: str

    @cached_property
    def counts(self) -> dict[int | None, int]:
        rows = self.notes.filter(conversation=self.talk.row).order_by().values_list("element")
        return dict(rows.annotate(Count("pk")))

    @property
    def size(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return sum(row.pk in self.counts for row in self.elements)

    @property
    def rows(self) -> list[tuple[Element, int]]:
        return [(row, self.counts.get(row.pk, 0)) for row in self.elements]

    @cached_property
    def element(self) -> Element | None:
        """The one to write on: as asked for; else the first that has no note; else none."""
        if self.asked == "none":
            return None
        asked = next((row for row in self.elements if str(row.pk) == self.asked), None)
        return asked or next((row for row in self.elements if row.pk not in self.counts), None)


def after(elements: list[Element], element: Element | None) -> str:
    """What the address asks for once a note on `element` is kept: the next one, or none at all."""
    keys = [row.pk for row in elements]
    if element is None or element.pk not in keys:
        return "none"
    return str(next(iter(keys[keys.index(element.pk) + 1 :]), "none"))
