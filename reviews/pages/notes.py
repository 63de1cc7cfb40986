"""What was said in the conversations of a round, by element or by conversation."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Conversation, Element, InterviewNote, Round
from reviews.pages.conversations import Talk, elements_of, numbered

BY_ELEMENT, BY_CONVERSATION = "element", "conversation"
WAYS = (BY_ELEMENT, BY_CONVERSATION)


@dataclass(frozen=True)
class Said:
    """A note, and the conversation it comes from, if any."""

    note: InterviewNote
    talk: Talk | None


@dataclass
class Group:
    """Notes that stand together: under an element, a conversation, or under neither."""

    title: str
    anchor: str
    talk: Talk | None = None
    notes: list[Said] = field(default_factory=list)


@dataclass
class NotesPage:
    """All that was noted of a round. `found`: its conversations and notes, opened and logged."""

    round: Round
    found: list[Any]
    by: str

    @cached_property
    def notes(self) -> list[Said]:
        known = {talk.row.pk: talk for talk in self.talks}
        rows = (row for row in self.found if isinstance(row, InterviewNote))
        return [Said(row, known.get(row.conversation_id or 0)) for row in rows]

    @cached_property
    def talks(self) -> list[Talk]:
        return numbered(row for row in self.found if isinstance(row, Conversation))

    @cached_property
    def elements(self) -> list[Element]:
        return elements_of(self.round)

    @cached_property
    def groups(self) -> list[Group]:
        """Groups with something in them, in order; what belongs to none comes last."""
        if self.by == BY_CONVERSATION:
            return self.by_conversation()
        return self.by_element()

    def by_element(self) -> list[Group]:
        found = {row.pk: Group(str(row), f"e{row.pk}") for row in self.elements}
        none = Group(_("On none in particular"), "none")
        for said in self.notes:
            row = said.note.element
            # A note may be on an element of the rubric that the round had before.
            known = found.setdefault(row.pk, Group(str(row), f"e{row.pk}")) if row else none
            known.notes.append(said)
        return [group for group in (*found.values(), none) if group.notes]

    def by_conversation(self) -> list[Group]:
        found = {talk.row.pk: Group(str(talk), f"c{talk.row.pk}", talk) for talk in self.talks}
        none = Group(_("Of no conversation in particular"), "none")
        for said in sorted(self.notes, key=in_order_of_elements):
            (found[said.talk.row.pk] if said.talk else none).notes.append(said)
        return [*found.values(), *([none] if none.notes else [])]

    @property
    def silent(self) -> list[Element]:
        """Elements on which nobody said anything yet, or nobody noted it."""
        said = {row.note.element_id for row in self.notes}
        return [row for row in self.elements if row.pk not in said]

    def count_of(self, kind: str) -> int:
        return sum(talk.row.kind == kind for talk in self.talks)

    @property
    def held(self) -> str:
        """“24 interviews and 3 focus groups”; empty where none is recorded."""
        return held_in_words(
            self.count_of(Conversation.Kind.INTERVIEW),
            self.count_of(Conversation.Kind.FOCUS_GROUP),
        )


def in_order_of_elements(said: Said) -> tuple[bool, int, int]:
    row = said.note.element
    return row is None, row.order if row else 0, said.note.pk


def held_in_words(interviews: int, groups: int) -> str:
    """“24 interviews and 3 focus groups”; the kind that was not held is left out."""
    one = ngettext("%(count)s interview", "%(count)s interviews", interviews)
    other = ngettext("%(count)s focus group", "%(count)s focus groups", groups)
    told = [words % {"count": n} for words, n in ((one, interviews), (other, groups)) if n]
    return (
        _("%(one)s and %(other)s") % {"one": told[0], "other": told[1]}
        if told[1:]
        else "".join(told)
    )
