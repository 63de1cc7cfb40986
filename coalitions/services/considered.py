"""The candidates of a coalition with what is thought of them now, and what was thought before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from coalitions.analysis.balance import Seat, advice
from coalitions.analysis.drift import Drift, drift
from coalitions.models import Appraisal, Candidate, Coalition, Standing, Status
from people.models import System

CHOSEN = {Status.SHORTLISTED, Status.MEMBER}


@dataclass(frozen=True, repr=False)
class Considered:
    """One candidate; `appraisals` and `standings` newest first. Its texts are open."""

    candidate: Candidate
    appraisals: list[Appraisal] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)

    @property
    def latest(self) -> Appraisal | None:
        return self.appraisals[0] if self.appraisals else None

    @property
    def standing(self) -> Standing | None:
        return self.standings[0] if self.standings else None

    @property
    def status(self) -> str:
        return self.standing.status if self.standing else Status.PROPOSED

    @property
    def status_words(self) -> str:
        return str(Status(self.status).label)

    @property
    def office(self) -> str:
        return self.candidate.actor.name

    @property
    def letter(self) -> str:
        return self.candidate.letter

    @property
    def number(self) -> int:
        return self.candidate.number

    @property
    def sphere(self) -> str:
        return self.candidate.actor.sphere

    @property
    def is_chosen(self) -> bool:
        """On the short list, or a member."""
        return self.status in CHOSEN

    @property
    def is_member(self) -> bool:
        return self.status == Status.MEMBER

    @property
    def seat(self) -> Seat | None:
        """What the arithmetic needs of it; None until it was judged."""
        if self.latest is None:
            return None
        row = self.latest
        return Seat(
            key=self.letter, alignment=int(row.alignment), potential=int(row.potential),
            power=int(row.power), powers=tuple(row.kinds), sphere=self.sphere,
        )  # fmt: skip

    @property
    def advice(self) -> str:
        return advice(self.seat) if self.seat else ""


def considered(coalition: Coalition) -> list[Considered]:
    """Everyone on the long list, by number, in three queries. The caller has been through the gate.

    SealedError where the key is not there.
    """
    rows = Candidate.objects.filter(coalition=coalition).select_related("actor")
    within = {"candidate__coalition": coalition}
    views = by_candidate(Appraisal.objects.filter(**within).select_related("author"))
    places = by_candidate(Standing.objects.filter(**within).select_related("author"))
    return [Considered(row, views[row.pk], places[row.pk]) for row in rows]


def by_candidate(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.candidate_id].append(row)
    return found


def drift_of(one: Considered, system: System) -> Drift:
    """Where the alignment of a candidate is going, by the days of the system."""
    rows = reversed(one.appraisals)
    return drift([(system.day_of(row.at), int(row.alignment)) for row in rows])
