"""Who is in several coalitions, as far as the reader may open those too."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from coalitions.analysis.overlap import overlap
from coalitions.models import Candidate, Coalition, Standing
from coalitions.services.considered import CHOSEN, Considered


@dataclass(frozen=True, repr=False)
class Shared:
    """What this coalition has in common with another; `percent` is of the smaller of the two."""

    other: Coalition
    offices: list[str]
    percent: int
    suggests: bool


@dataclass(frozen=True, repr=False)
class Overlaps:
    """Coalitions with somebody in common, the closest first; `looked_at` counts all others.

    `compared` are those whose people were looked at: that nobody is in both is told too.
    """

    rows: list[Shared] = field(default_factory=list)
    looked_at: int = 0
    compared: list[Coalition] = field(default_factory=list)


def overlaps(coalition: Coalition, people: Iterable[Considered], user: Any) -> Overlaps:
    """With the reader's other coalitions, in three queries; members and short lists count."""
    visible = Coalition.objects.visible_to(user).filter(system=coalition.system)
    others = {
        str(row.pk): row
        for row in visible.exclude(pk=coalition.pk).select_related("system", "aspiration")
    }
    own = {one.candidate.actor_id: one.office for one in people if one.is_chosen}
    if not others or not own:
        return Overlaps(looked_at=len(others))
    here, groups = str(coalition.pk), chosen_in(others.values())
    rows = []
    for pair in overlap({**groups, here: frozenset(own)}):
        if here not in (pair.a, pair.b):
            continue
        key = pair.b if pair.a == here else pair.a
        offices = sorted(own[actor] for actor in groups[key] & own.keys())
        rows.append(Shared(others[key], offices, pair.share_of_smaller, pair.suggest_sharing))
    return Overlaps(rows, len(others), list(others.values()))


def chosen_in(coalitions: Iterable[Coalition]) -> dict[str, frozenset[int]]:
    """Keys of the actors chosen in each of these coalitions, in two queries."""
    within = {"candidate__coalition__in": list(coalitions)}
    latest: dict[int, str] = {}
    standings = Standing.objects.filter(**within).order_by("seq")
    for row in standings.only("candidate_id", "seq", "status"):
        latest[row.candidate_id] = row.status
    found: dict[str, set[int]] = {}
    for one in Candidate.objects.filter(pk__in=latest):
        if latest[one.pk] in CHOSEN:
            found.setdefault(str(one.coalition_id), set()).add(one.actor_id)
    return {key: frozenset(actors) for key, actors in found.items()}
