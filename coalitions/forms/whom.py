"""Whom a form of the work may name, and the fields it names them with."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from coalitions.models import Candidate
from people.forms.fields import ManyField, day_field
from people.models import Actor


@dataclass(frozen=True, repr=False)
class Whom:
    """The candidates a form may name, by key, in the order of its list.

    `chosen` holds the keys of those on the short list and the members; None where that is not
    known. Without `named` a letter stands for each: what is typed is answered without fresh
    proof, so the answer names nobody.
    """

    rows: dict[int, Candidate]
    chosen: frozenset[int] | None = None
    named: bool = True
    wanted: tuple[int, ...] = ()
    actors: tuple[Actor, ...] = ()

    def words(self, one: Candidate) -> str:
        if not self.named:
            return _now("Candidate %(letter)s") % {"letter": one.letter}
        return f"{one.letter} {one.actor.name}"

    @property
    def for_list(self) -> list[Any]:
        """Choices of a list: those chosen first, under their heading."""
        pairs = [(one.pk, self.words(one)) for one in self.rows.values()]
        if self.chosen is None:
            return pairs
        first = [pair for pair in pairs if pair[0] in self.chosen]
        others = [pair for pair in pairs if pair[0] not in self.chosen]
        groups = [(_now("Members and short list"), first), (_now("Others considered"), others)]
        return [group for group in groups if group[1]]

    @property
    def for_boxes(self) -> list[tuple[str, str]]:
        """Choices of boxes to tick: those chosen first."""
        chosen = self.chosen or frozenset()
        rows = sorted(self.rows.values(), key=lambda one: one.pk not in chosen)
        return [(str(one.pk), self.words(one)) for one in rows]

    def met(self, row: Any) -> list[str]:
        """Keys of those whom a contact was with; of a new one, those asked for."""
        if row.pk is None:
            return [str(key) for key in self.wanted]
        return [str(key) for key in sorted(row.candidates.values_list("pk", flat=True))]


class CandidatesField(ManyField):
    """Candidates by key, one or more."""

    default_error_messages = {
        "required": _("Choose whom it was with, one or more."),
        "invalid_choice": _("That is not among what this coalition knows. Choose again."),
    }


def past_day_field(label: Any, hint: Any = "") -> forms.DateField:
    """A day that may be left empty, because it has not happened yet."""
    made = day_field(label, hint)
    made.required = False
    made.widget.is_required = False
    return made
