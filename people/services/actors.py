"""Actors of a system and how they are related: public facts, so the trail shows them as they are.

Nothing here asks whether an actor is considered anywhere: every refusal rests on the map alone.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Actor, Relation, System, User
from people.models.systems import YEARS
from people.permissions import may
from people.services.actions import one_line, reason_for
from people.services.trail import plain, record, save_with_trail

FACTS = {"name", "kind", "role", "sphere", "term_ends"}


@transaction.atomic
def add_actor(
    *, system: System, values: Mapping[str, Any], actor: User | None = None, door: str = "command"
) -> Actor:
    """An office or body on the map, by `FACTS`. ValidationError by field."""
    place = entered(system, actor)
    row = Actor(system=place)
    held = checked(row, values)
    save_with_trail(
        row, held, system=place, key=str(held.get("name", "")), actor=actor, door=door
    )  # fmt: skip
    return row


@transaction.atomic
def change_actor(
    *, office: Actor, values: Mapping[str, Any], version: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything of its facts changed; Conflict where someone saved since `version`."""
    place = entered(office.system, actor)
    row = held_now(office)
    refuse_retired(row, _("then change it"))
    held, before = checked(row, values), row.sphere
    changed = save_with_trail(
        row, held, system=place, key=str(held.get("name", row.name)), actor=actor, door=door,
        version=version,
    )  # fmt: skip
    if row.sphere != before and same(row.sphere, before):
        spell_alike(row, actor, door)
    return changed


def spell_alike(row: Actor, actor: User | None, door: str) -> None:
    """A sphere spelled anew is spelled so everywhere: it is one sphere, of the retired too."""
    for other in Actor.objects.filter(system=row.system).exclude(pk=row.pk):
        if same(other.sphere, row.sphere):
            save_with_trail(
                other, {"sphere": row.sphere}, system=row.system, key=other.name, actor=actor,
                door=door, version=other.version,
            )  # fmt: skip


def same(one: str, other: str) -> bool:
    """Whether two names of spheres are one, whatever their capitals."""
    return one.casefold() == other.casefold()


@transaction.atomic
def retire_actor(
    *, office: Actor, reason: str, actor: User | None = None, door: str = "command"
) -> Actor:
    """Take it off the map and out of choices. It is never deleted; its relations wait with it."""
    place = entered(office.system, actor)
    row = held_now(office)
    if row.retired_at is not None:
        raise ValidationError(_("“%s” is retired already.") % row)
    reason = reason_for("reason", reason, _("Retiring an actor"))
    save_with_trail(
        row, {"retired_at": timezone.now()}, system=place, key=row.name, action="retire",
        actor=actor, door=door, reason=reason, version=row.version,
    )  # fmt: skip
    return row


@transaction.atomic
def reinstate_actor(*, office: Actor, actor: User | None = None, door: str = "command") -> Actor:
    """Put a retired actor on the map again, with its relations to those who are there."""
    place = entered(office.system, actor)
    row = held_now(office)
    if row.retired_at is None:
        raise ValidationError(_("“%s” is on the map, not retired.") % row)
    save_with_trail(
        row, {"retired_at": None}, system=place, key=row.name, action="reinstate",
        actor=actor, door=door, version=row.version,
    )  # fmt: skip
    return row


@transaction.atomic
def relate(
    *, source: Actor, target: Actor, kind: str, note: str = "", actor: User | None = None,
    door: str = "command",
) -> Relation:  # fmt: skip
    """Write down how `source` stands to `target`, once for each kind. ValidationError by field."""
    place = entered(source.system, actor)
    ends = held_now(source), held_now(target)
    for end in ends:
        refuse_retired(end, _("then relate it"))
    if Relation.objects.filter(source=source, target=target, kind=kind).exists():
        raise ValidationError(_("This relation of “%(source)s” and “%(target)s” is there already.")
                              % {"source": source, "target": target})  # fmt: skip
    row = Relation(system=place)
    values = {
        "source": ends[0], "target": ends[1], "kind": kind, "note": one_line("note", note),
    }  # fmt: skip
    key = f"{ends[0]} → {ends[1]}"
    save_with_trail(row, values, system=place, key=key, actor=actor, door=door)
    return row


@transaction.atomic
def end_relation(
    *, relation: Relation, reason: str = "", actor: User | None = None, door: str = "command"
) -> None:
    """Take a relation off the map. The trail keeps what it was, and why it went if that is said."""
    place = entered(relation.system, actor)
    ends = Relation.objects.select_related("source", "target")
    row = ends.filter(pk=relation.pk).first()
    if row is None:
        raise ValidationError(_("This relation is gone already. Nothing is left to remove."))
    facts = {name: plain(getattr(row, name)) for name in ("source", "target", "kind", "note")}
    record(
        system=place, action="remove", on=row, key=str(row), actor=actor, door=door,
        before=facts, reason=reason.strip(),
    )  # fmt: skip
    row.delete()


def entered(system: System, actor: User | None) -> System:
    """The system, locked: one write at a time. PermissionDenied to who may not write here."""
    if actor is not None and not may(actor, "actor.write", system):
        raise PermissionDenied(
            _("%(actor)s may not change the actors of %(system)s. Ask a delivery leader there.")
            % {"actor": actor, "system": system}
        )
    return System.objects.select_for_update(no_key=True).get(pk=system.pk)


def held_now(office: Actor) -> Actor:
    """The actor as it is now, held until the transaction ends."""
    return Actor.objects.select_for_update(of=("self",)).get(pk=office.pk)


def refuse_retired(row: Actor, act: str) -> None:
    if row.retired_at is not None:
        words = _("“%(actor)s” is retired. Take it up again first, %(act)s.")
        raise ValidationError(words % {"actor": row, "act": act})


def checked(row: Actor, values: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are kept; ValidationError by field."""
    if unknown := set(values) - FACTS:
        raise ValidationError(_("Not a fact of an actor: %s.") % ", ".join(sorted(unknown)))
    held = dict(values)
    for name in ("name", "role", "sphere"):
        if name in held:
            held[name] = one_line(name, held[name])
    others = list(Actor.objects.filter(system=row.system).exclude(pk=row.pk))
    if "name" in held:
        refuse_name(held["name"], others)
    # Its own sphere spelled anew is meant for all; see `spell_alike`.
    if "sphere" in held and not (row.pk and same(held["sphere"], row.sphere)):
        held["sphere"] = as_others_write(held["sphere"], others)
    check_term(held.get("term_ends"))
    return held


def refuse_name(name: str, others: list[Actor]) -> None:
    """A name stands once, whatever its capitals; the error names the one that has it."""
    found = next((row for row in others if row.name.casefold() == name.casefold()), None)
    if found is None:
        return
    words = _("“%s” is on the map already. Change that one, or write what tells this one apart.")
    if found.retired_at is not None:
        words = _("“%s” is there and retired. Take it up again, from the list of retired actors.")
    raise ValidationError({"name": words % found})


def as_others_write(sphere: str, others: list[Actor]) -> str:
    """The spelling in use, so that “department” and “Department” are one sphere."""
    return next((row.sphere for row in others if same(row.sphere, sphere)), sphere)


def check_term(day: Any) -> None:
    if isinstance(day, date) and day.year not in YEARS:
        words = _("%(year)s is no year of a term. Choose one from %(first)s to %(last)s.")
        years = {"year": day.year, "first": YEARS[0], "last": YEARS[-1]}
        raise ValidationError({"term_ends": words % years})
