"""The actors of a system as their page shows them, in two queries however many they are."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.charts.landscape import Landscape, landscape
from people.charts.standing import Point, Tie
from people.landscape import Prompt, prompts
from people.models import Actor, Relation, System
from people.pages.relations import MANNERS, Manner, told
from people.pages.remarks import headline, remarks

MOST_DIGITS = 18
CROWDED = 40
"""Lines above which the page says how to see fewer."""


def offices(user: Any, system: System) -> list[str]:
    """Names of the actors on the map, offered where an office is typed; none to who may not read.

    One query; it asks for permission as well.
    """
    rows = Actor.objects.visible_to(user).filter(system=system).active()
    return list(rows.order_by("name").values_list("name", flat=True))


def prompts_for(system: System, actors: list[Actor]) -> list[Prompt]:
    return prompts(system.kind, {row.sphere for row in actors})


def spheres_offered(system: System, actors: list[Actor]) -> list[str]:
    """Spheres in use, then the usual ones of this kind of system."""
    used = sorted({row.sphere for row in actors}, key=str.casefold)
    usual = [prompt.sphere for prompt in prompts_for(system, actors) if not prompt.is_there]
    return [*used, *usual]


@dataclass(frozen=True)
class ActorRow:
    """One actor, and its relations in words."""

    actor: Actor
    related: str


@dataclass(frozen=True)
class RelationRow:
    """One relation, and how its line is drawn."""

    relation: Relation
    manner: Manner


@dataclass(frozen=True)
class Choice:
    """A kind of relation that the map can be narrowed to."""

    kind: str
    title: str
    letter: str
    count: int
    is_chosen: bool


@dataclass
class ActorsPage:
    """`query` may narrow the map: `kind` of relation, `actor` whose relations alone are drawn."""

    system: System
    query: Mapping[str, str]

    @cached_property
    def everyone(self) -> list[Actor]:
        return list(Actor.objects.filter(system=self.system).order_by("sphere", "name", "pk"))

    @cached_property
    def actors(self) -> list[Actor]:
        """Those on the map."""
        return [row for row in self.everyone if row.retired_at is None]

    @cached_property
    def retired(self) -> list[Actor]:
        gone = [row for row in self.everyone if row.retired_at is not None]
        return sorted(gone, key=lambda row: row.name.casefold())

    @cached_property
    def by_key(self) -> dict[int, Actor]:
        return {row.pk: row for row in self.actors}

    @cached_property
    def relations(self) -> list[Relation]:
        """Between those on the map, with both at hand."""
        rows = Relation.objects.filter(system=self.system).order_by("pk")
        found = [row for row in rows if {row.source_id, row.target_id} <= set(self.by_key)]
        for row in found:
            row.source, row.target = self.by_key[row.source_id], self.by_key[row.target_id]
        return sorted(found, key=lambda row: (
            row.source.name.casefold(), list(MANNERS).index(row.kind), row.target.name.casefold()
        ))  # fmt: skip

    @cached_property
    def kind(self) -> str:
        """The kind of relation asked for, where the map has any of it."""
        asked = self.query.get("kind", "")
        return asked if any(row.kind == asked for row in self.relations) else ""

    @cached_property
    def about(self) -> Actor | None:
        """The actor whose relations alone are drawn."""
        asked = self.query.get("actor", "")
        is_key = asked.isascii() and asked.isdigit() and len(asked) <= MOST_DIGITS
        return self.by_key.get(int(asked)) if is_key else None

    @cached_property
    def of_one(self) -> list[Relation]:
        """The relations of whom the map is about, or all."""
        one = self.about
        return [row for row in self.relations
                if one is None or one.pk in (row.source_id, row.target_id)]  # fmt: skip

    @cached_property
    def shown(self) -> list[Relation]:
        return [row for row in self.of_one if self.kind in ("", row.kind)]

    @cached_property
    def choices(self) -> list[Choice]:
        """The kinds that occur, as links that narrow the map."""
        kinds = [row.kind for row in self.of_one]
        return [
            Choice(kind, str(Relation.Kind(kind).label), manner.letter, kinds.count(kind),
                   kind == self.kind)
            for kind, manner in MANNERS.items()
            if kind in kinds or kind == self.kind
        ]  # fmt: skip

    @cached_property
    def map(self) -> Landscape | None:
        """The drawing; None while nobody is on it."""
        if not self.actors:
            return None
        points = [Point(row.pk, row.name, row.sphere, row.kind == Actor.Kind.BODY)
                  for row in self.actors]  # fmt: skip
        about = self.about.pk if self.about else 0
        return landscape(points, ties(self.relations), ties(self.shown), about)

    @cached_property
    def told(self) -> str:
        """What the drawing is, to who does not see it."""
        words = ngettext(
            "Map of %(actors)s actors with %(count)s relation drawn between them. The tables "
            "below tell the same in words.",
            "Map of %(actors)s actors with %(count)s relations drawn between them. The tables "
            "below tell the same in words.",
            len(self.shown),
        )
        return words % {"actors": len(self.actors), "count": len(self.shown)}

    @property
    def how_much(self) -> str:
        """How many of the relations are drawn; of many, how to see fewer."""
        shown, count = len(self.shown), len(self.relations)
        if shown < count:
            return _("%(shown)s of %(count)s relations are drawn.") % {
                "shown": shown, "count": count,
            }  # fmt: skip
        if count > CROWDED:
            words = _("%s relations are many lines: choose one kind, or one actor in the table.")
            return words % count
        words = ngettext("%s relation is drawn.", "All %s relations are drawn.", count)
        return words % count

    @cached_property
    def headline(self) -> str:
        return headline(self.actors, self.relations)

    @cached_property
    def remarks(self) -> list[str]:
        return remarks(self.actors, self.relations, self.system.today())

    @cached_property
    def prompts(self) -> list[Prompt]:
        return prompts_for(self.system, self.actors)

    @cached_property
    def rows(self) -> list[ActorRow]:
        of: dict[int, list[Relation]] = defaultdict(list)
        for one in self.relations:
            of[one.source_id].append(one)
            of[one.target_id].append(one)
        names = {key: row.name for key, row in self.by_key.items()}
        return [ActorRow(row, told(row, of[row.pk], names)) for row in self.actors]

    @cached_property
    def relation_rows(self) -> list[RelationRow]:
        return [RelationRow(row, MANNERS[row.kind]) for row in self.relations]


def ties(relations: list[Relation]) -> list[Tie]:
    """Relations as the map draws them; authority puts one above the other."""
    return [
        Tie(row.source_id, row.target_id, row.kind, MANNERS[row.kind].letter,
            row.kind == Relation.Kind.AUTHORITY)
        for row in relations
    ]  # fmt: skip
