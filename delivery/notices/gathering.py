"""Everything that waits for someone, by system, in a number of queries that does not grow."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from delivery.notices import coalitions, decisions, figures, reviews
from delivery.notices.kinds import (
    ACTION,
    CHALLENGE,
    CONFIDENTIAL,
    FALLEN,
    LATE,
    MILESTONE,
    PATH,
    PEOPLE,
    REVIEW,
    SHEET,
    STOCKTAKE,
    Notice,
)
from delivery.notices.reader import Reader
from people.models import System

GATHER: dict[str, Callable[[Reader], Iterator[Notice]]] = {
    SHEET: decisions.sheets,
    REVIEW: reviews.reviews,
    PATH: decisions.paths,
    CHALLENGE: decisions.challenges,
    PEOPLE: decisions.people,
    STOCKTAKE: decisions.stocktakes,
    ACTION: reviews.actions,
    CONFIDENTIAL: coalitions.due,
    FALLEN: figures.fallen,
    LATE: figures.late,
    MILESTONE: figures.milestones,
}

MOST_OF_A_KIND = 25


@dataclass(frozen=True)
class Waiting:
    """What waits in one system, the most pressing kinds first; `more` of which are not listed."""

    system: System
    notices: list[Notice]
    more: int = 0


def notices_of(user: Any, muted: Collection[str] = ()) -> list[Notice]:
    """What waits for this person, as signed in; kinds that they do not want are not asked for."""
    reader = Reader(user)
    return [
        notice for kind, gather in GATHER.items() if kind not in muted for notice in gather(reader)
    ]


def by_system(notices: list[Notice]) -> list[Waiting]:
    """The systems by name, each with at most `MOST_OF_A_KIND` of every kind."""
    ranked = sorted(notices, key=lambda one: (one.system.name, one.system.pk, one.place))
    return [waiting(system, list(group)) for system, group in groupby(ranked, by_its_system)]


def by_its_system(notice: Notice) -> System:
    return notice.system


def waiting(system: System, notices: list[Notice]) -> Waiting:
    counts: Counter[str] = Counter()
    listed = []
    for notice in notices:
        counts[notice.kind] += 1
        if counts[notice.kind] <= MOST_OF_A_KIND:
            listed.append(notice)
    return Waiting(system, listed, len(notices) - len(listed))


def oldest(notices: list[Notice]) -> date | None:
    return min((notice.since for notice in notices), default=None)


def without_second_factor(user: Any) -> Any:
    """The same person as if only a password had been given: what a mail may tell."""
    other = copy(user)
    other.lacks_second_factor = True
    return other
