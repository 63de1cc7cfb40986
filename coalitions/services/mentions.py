"""Texts of a coalition, beside those about a candidate, in which the office is named.

Every text is looked into but those of lists that are not put together yet: they are their
authors' own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from coalitions.analysis.mentions import names_one_of
from coalitions.models import (
    Appraisal,
    Barrier,
    Candidate,
    CandidNote,
    Charter,
    Circle,
    Coalition,
    CommonGround,
    Contact,
    Difficulty,
    EntryPoint,
    MemberCommitment,
    NextStep,
    Nomination,
    Standing,
    Vacancy,
)
from people.confidential.fields import SealedTextField
from people.models import Actor, AuditEntry

# Sealed, and yet no text that somebody wrote.
CODED = {"between", "powers"}
GOES, IS_EMPTIED = "goes", "is emptied"


@dataclass(frozen=True, repr=False)
class Place:
    """Where texts of a coalition stand.

    `page` is where one can be edited. What no page edits can be struck out: as a row that `goes`,
    or a text that `is emptied`.
    """

    kind: str
    model: type[models.Model]
    words: Promise
    to: str = "coalition"
    page: str = ""
    struck: str = ""

    @property
    def texts(self) -> list[SealedTextField]:
        """The free texts of its rows."""
        return [
            one
            for one in self.model._meta.local_fields
            if isinstance(one, SealedTextField) and not one.choices and one.name not in CODED
        ]

    @property
    def one_each(self) -> bool:
        """Whether a coalition has one row of it at most, edited at an address without a number."""
        return self.kind in {"charter", "entry_point"}

    def rows(self, coalition: Coalition) -> models.QuerySet[Any]:
        found = self.model._default_manager.filter(**{self.to: coalition})
        return (
            found.filter(own_list__pooled_at__isnull=False) if self.kind == "nomination" else found
        )


OF_LIST, OF_CANDIDATE = "own_list__coalition", "candidate__coalition"
PLACES = (
    Place("note", CandidNote, lazy("candid note"), struck=GOES),
    Place("nomination", Nomination, lazy("line of a list"), OF_LIST, struck=GOES),
    Place("charter", Charter, lazy("what the coalition is for"), page="edit_charter"),
    Place("appraisal", Appraisal, lazy("judgment of another"), OF_CANDIDATE, struck=IS_EMPTIED),
    Place("standing", Standing, lazy("standing of another"), OF_CANDIDATE, struck=IS_EMPTIED),
    Place("ground", CommonGround, lazy("common ground of another"), OF_CANDIDATE,
          struck=IS_EMPTIED),
    Place("difficulty", Difficulty, lazy("difficulty of others"), page="edit_difficulty"),
    Place("contact", Contact, lazy("contact"), page="edit_contact"),
    Place("commitment", MemberCommitment, lazy("commitment of another"), OF_CANDIDATE,
          page="edit_commitment"),
    Place("barrier", Barrier, lazy("barrier"), page="edit_barrier"),
    Place("step", NextStep, lazy("next step"), page="edit_next_step"),
    Place("vacancy", Vacancy, lazy("vacancy"), page="edit_vacancy"),
    Place("circle", Circle, lazy("circle of leadership"), page="edit_circle"),
    Place("entry_point", EntryPoint, lazy("where we begin"), page="edit_entry_point"),
)  # fmt: skip
BY_KIND = {place.kind: place for place in PLACES}


@dataclass(frozen=True, repr=False)
class Mention:
    """One text that names the office. `key` is made of a kind, a number and a field alone."""

    place: Place
    row: Any
    field: SealedTextField

    @property
    def key(self) -> str:
        return f"{self.place.kind}:{self.row.pk}:{self.field.name}"

    @property
    def text(self) -> str:
        return str(getattr(self.row, self.field.name))

    @property
    def words(self) -> str:
        """Where it stands: the kind of row, and the field unless its rows have one alone."""
        alone = len(self.place.texts) == 1
        return str(self.place.words) if alone else f"{self.place.words}: {self.field.verbose_name}"

    @property
    def at(self) -> datetime | None:
        """When it was written; of a line of a list, when the lists were put together."""
        own = getattr(self.row, "own_list", None)
        return own.pooled_at if own else getattr(self.row, "at", None)

    @property
    def by(self) -> Any:
        """Who wrote it, where that is kept and told: never who named an office on a list."""
        return getattr(self.row, "author", None)


def mentions_of(candidate: Candidate) -> list[Mention]:
    """Where else in the coalition the office of the candidate is named.

    SealedError where the key is not there. The caller has been through the gate.
    """
    names = names_of(candidate.actor)
    return [
        Mention(place, row, one)
        for place in PLACES
        for row in others(place, candidate)
        for one in place.texts
        if names_one_of(getattr(row, one.name), names)
    ]


def others(place: Place, candidate: Candidate) -> Iterator[Any]:
    """Rows of a place that are not the candidate's own, and so do not go with it."""
    rows = place.rows(candidate.coalition)
    if signed := [name for name in ("author", "own_list") if has(place.model, name)]:
        rows = rows.select_related(*signed)
    if has(place.model, "candidate"):
        rows = rows.exclude(candidate=candidate.pk)
    if place.kind == "vacancy":
        rows = rows.exclude(actor=candidate.actor_id)
    yield from (row for row in rows if not concerns(row, candidate.actor_id))


def has(model: type[models.Model], name: str) -> bool:
    return name in {one.name for one in model._meta.get_fields()}


def concerns(row: Any, actor: int) -> bool:
    """Whether a difficulty is one of this actor."""
    return isinstance(row, Difficulty) and actor in row.pair


def names_of(actor: Actor) -> set[str]:
    """What the office is called on the map of actors, and what it was called there before.

    The trail knows an actor by its name, so it is followed from each name to the one before, back
    in time: what another was called before it took one of these names is another's.
    """
    lines = AuditEntry.objects.filter(
        object_type=Actor._meta.label, system=actor.system_id, after__has_key="name"
    ).order_by("-at", "-id")
    now, names = actor.name, {actor.name}
    for before, after in lines.values_list("before", "after"):
        if after["name"] != now:
            continue
        if not before.get("name"):  # where it was put on the map
            break
        now = str(before["name"])
        names.add(now)
    return names


def strikeable(found: Iterable[Mention]) -> list[Mention]:
    """Those that no page can edit, one for each row that would go as a whole."""
    kept: dict[str, Mention] = {}
    for one in found:
        if one.place.struck:
            whole = f"{one.place.kind}:{one.row.pk}"
            kept.setdefault(whole if one.place.struck == GOES else one.key, one)
    return list(kept.values())
