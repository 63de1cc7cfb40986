"""Work meant to move a metric: kept with a trail, and its effects on one path stated and stored."""

import json
import math
import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from aspirations.models import Effect, Intervention, Overlap, Trajectory
from aspirations.services.authority import require
from aspirations.services.paths import EFFECT, as_date
from people.models import System, User
from people.services import Conflict, save_with_trail

BATCH = 500
MOST_OF_NAME = 70
"""Characters of a name that its slug takes, so that a number still fits behind."""
TOLD = ("name", "owner", "status", "funding", "cost")
USUAL = {
    "lag": 0, "ramp": 1, "low": None, "high": None, "attribution": 1.0,
    "evidence": Effect.Evidence.NONE.value, "sources": "",
}  # fmt: skip
LONGEST = 10_000
"""Periods that a lag or a ramp may take."""
FIGURES = {"mid": False, "low": True, "high": True, "attribution": False}
"""Numbers of an effect, and whether each may be left out."""
Stated = dict[str, Any]


def create(
    *, system: System, slug: str, values: Mapping[str, Any], actor: User | None = None,
    reason: str = "", door: str = "",
) -> Intervention:  # fmt: skip
    """A new intervention; `slug` is how system files and effects call it."""
    require(actor, "plan.write", system)
    row = Intervention(system=system, slug=slug)
    _save(row, {"slug": slug, **values}, actor, reason, door)
    return row


def name_new(
    *, system: System, values: Mapping[str, Any], actor: User | None = None, door: str = ""
) -> Intervention:
    """A new intervention known by its name; its slug is made of that."""
    return create(
        system=system, slug=free_slug(system, str(values["name"])), values=values, actor=actor,
        door=door,
    )  # fmt: skip


def free_slug(system: System, name: str) -> str:
    """A slug for this name that no intervention of the system has."""
    stem = slugify(name)[:MOST_OF_NAME] or "work"
    like = Intervention.objects.filter(system=system, slug__startswith=stem)
    taken = set(like.values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


@transaction.atomic
def change(
    *, intervention: Intervention, values: Mapping[str, Any], actor: User | None = None,
    reason: str = "", door: str = "", seen: int | None = None,
) -> bool:  # fmt: skip
    """Change who owns it, how it stands or what it costs; what paths expect of it stays.

    `seen` is the `stamp` of what the writer saw; Conflict where it says something else now.
    """
    require(actor, "plan.write", intervention.system)
    held = Intervention.objects.select_for_update().get(pk=intervention.pk)
    if seen is not None and seen != stamp(held):
        raise Conflict(held)
    return _save(intervention, dict(values), actor, reason, door)


def stamp(row: Intervention) -> int:
    """What a row says, as a number of nine digits at most that differs as soon as it does."""
    said = json.dumps([getattr(row, name) for name in TOLD])
    return zlib.crc32(said.encode()) % 10**9


def _save(
    row: Intervention, values: Stated, actor: User | None, reason: str, door: str = ""
) -> bool:
    return save_with_trail(
        row, values, system=row.system, key=row.slug, actor=actor,
        door=door or ("service" if actor else "command"), reason=reason,
    )  # fmt: skip


# --- effects as they are stated ------------------------------------------------------------


def stated_effects(system: System, effects: Iterable[Mapping[str, Any]]) -> list[Stated]:
    """Effects in their full and one form, so that two statements can be compared.

    Each names its `intervention` by slug, `start` (first day of a period) and `mid`; the rest has
    defaults. `overlaps` lists the gain that a later effect of the list claims too: `with`,
    `amount`, `note`. Raises ValidationError with field, value and remedy.
    """
    rows = [_stated(effect) for effect in effects]
    names = [row["intervention"] for row in rows]
    known = set(
        Intervention.objects.filter(system=system, slug__in=names).values_list("slug", flat=True)
        if names
        else ()
    )
    for place, name in enumerate(names):
        if name not in known:
            raise ValidationError(
                _("intervention “%(name)s” is not known in this system. Describe it first.")
                % {"name": name}
            )
        if name in names[:place]:
            raise ValidationError(
                _("intervention “%(name)s” stands twice on one path. Join its effects in one.")
                % {"name": name}
            )
    return _with_overlaps(rows, names)


def _stated(effect: Mapping[str, Any]) -> Stated:
    row = {**USUAL, **effect}
    name = row["intervention"]
    start = as_date(row["start"])
    found = {"intervention": name, "start": start.isoformat()}
    found |= {field: _whole(row[field], field, name) for field in ("lag", "ramp")}
    found |= {
        field: None if row[field] is None and absent else _finite(row[field], field, name)
        for field, absent in FIGURES.items()
    }
    found |= {"evidence": str(row["evidence"]), "sources": row["sources"]}
    _check_words(found, start)
    return {**found, "overlaps": list(row.get("overlaps", ()))}


def _check_words(found: Stated, start: date) -> None:
    """Let the fields themselves refuse an unknown grade or a number that is too large."""
    row = Effect(start=start, **{name: found[name] for name in EFFECT})
    try:
        row.clean_fields(exclude=["trajectory", "intervention"])
    except ValidationError as problem:
        faults = "; ".join(
            f"{name}: {' '.join(texts)}" for name, texts in problem.message_dict.items()
        )
        raise ValidationError(f"{found['intervention']}: {faults}") from problem


def _whole(value: Any, field: str, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LONGEST:
        raise ValidationError(
            _("%(name)s: %(field)s is %(value)s. Give a whole number of periods, 0 to %(most)s.")
            % {"name": name, "field": field, "value": value, "most": LONGEST}
        )
    return value


def _finite(value: Any, field: str, name: str) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value):
        raise ValidationError(
            _("%(name)s: %(field)s is %(value)s. Give a finite number.")
            % {"name": name, "field": field, "value": value}
        )
    return float(value)


def _with_overlaps(rows: list[Stated], names: Sequence[str]) -> list[Stated]:
    """Each overlap stands with the earlier of its two effects, once."""
    kept: dict[str, dict[str, Stated]] = {name: {} for name in names}
    for row in rows:
        for overlap in row["overlaps"]:
            found = _overlap(overlap, row["intervention"], names)
            first, other = sorted((row["intervention"], found["with"]), key=names.index)
            if other in kept[first]:
                raise ValidationError(
                    _("overlap of %(first)s and %(other)s stands twice. Keep one.")
                    % {"first": first, "other": other}
                )
            kept[first][other] = {**found, "with": other}
    return [{**row, "overlaps": list(kept[row["intervention"]].values())} for row in rows]


def _overlap(overlap: Mapping[str, Any], first: str, names: Sequence[str]) -> Stated:
    other = overlap["with"]
    if other not in names or other == first:
        raise ValidationError(
            _("overlap of %(first)s and %(other)s: both must have an effect on this path.")
            % {"first": first, "other": other}
        )
    amount = _finite(overlap["amount"], "overlap", first)
    if amount <= 0:
        raise ValidationError(
            _("overlap of %(first)s and %(other)s is %(amount)s. Give it above 0, or leave it out.")
            % {"first": first, "other": other, "amount": amount}
        )
    return {"with": other, "amount": amount, "note": overlap.get("note", "")}


# --- effects as they are kept --------------------------------------------------------------


@transaction.atomic
def attach(paths: Sequence[tuple[Trajectory, Sequence[Stated]]], system: System) -> None:
    """Store stated effects and overlaps with their new versions; queries do not grow with them."""
    slugs = {effect["intervention"] for _path, effects in paths for effect in effects}
    if not slugs:
        return
    works = {row.slug: row for row in Intervention.objects.filter(system=system, slug__in=slugs)}
    stored = Effect.objects.bulk_create(
        [
            Effect(
                trajectory=path, intervention=works[effect["intervention"]], order=order,
                start=as_date(effect["start"]), **{name: effect[name] for name in EFFECT},
            )
            for path, effects in paths
            for order, effect in enumerate(effects)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    by_name = {(row.trajectory_id, row.intervention.slug): row for row in stored}
    Overlap.objects.bulk_create(
        [
            _pair(by_name[path.pk, effect["intervention"]], by_name[path.pk, both["with"]], both)
            for path, effects in paths
            for effect in effects
            for both in effect["overlaps"]
        ],
        batch_size=BATCH,
    )


def _pair(one: Effect, other: Effect, stated: Stated) -> Overlap:
    first, second = sorted((one, other), key=lambda row: row.pk)
    return Overlap(first=first, second=second, amount=stated["amount"], note=stated["note"])


def effects_of(path: Trajectory) -> list[Stated]:
    """The effects of a stored version, as they would be stated again."""
    rows = list(path.effects.select_related("intervention"))
    names = {row.pk: row.intervention.slug for row in rows}
    overlaps = Overlap.objects.filter(first__in=names)
    return [
        {
            "intervention": row.intervention.slug, "start": row.start.isoformat(),
            **{name: getattr(row, name) for name in EFFECT},
            "overlaps": [
                {"with": names[both.second_id], "amount": both.amount, "note": both.note}
                for both in overlaps
                if both.first_id == row.pk
            ],
        }
        for row in rows
    ]  # fmt: skip
