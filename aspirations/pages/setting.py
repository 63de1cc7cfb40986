"""How an aspiration came about: influences, consultations, probes and reviews, in words."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from aspirations.models import AlignmentProbe, Aspiration, Consultation, Influence
from aspirations.pages.quality_reviews import Review, newest_first
from aspirations.sentences import aspirations as words

FORCES = list(Influence.Force)


@dataclass(frozen=True)
class Probe:
    """A probe of one level, with what moved since the one before and, at the latest, those before.

    `earlier` are the others of the level, the latest first.
    """

    row: AlignmentProbe
    before: AlignmentProbe | None
    earlier: tuple["Probe", ...] = ()

    @property
    def text(self) -> str:
        return words.probe_text(self.row.named, self.row.asked)

    @property
    def change(self) -> str:
        if self.before is None:
            return ""
        return words.probe_change(
            (self.row.named, self.row.asked), (self.before.named, self.before.asked)
        )

    @property
    def width(self) -> str:
        """Of a bar a hundred wide; as text, so that no locale rewrites it."""
        return str(round(100 * self.row.named / self.row.asked))


@dataclass
class SettingPanel:
    """All that is kept about the setting of one aspiration; five queries."""

    aspiration: Aspiration

    @cached_property
    def reviews(self) -> list[Review]:
        """Those in force, newest first."""
        return [Review(row) for row in self._reviews if row.withdrawn_at is None]

    @cached_property
    def _reviews(self) -> list[Any]:
        return list(newest_first(self.aspiration.quality_reviews.all()))

    @property
    def review(self) -> Review | None:
        return self.reviews[0] if self.reviews else None

    @property
    def earlier_reviews(self) -> list[Review]:
        return self.reviews[1:]

    @cached_property
    def _influences(self) -> list[Influence]:
        return kept(self.aspiration.influences)

    @property
    def influences(self) -> list[Influence]:
        """Those in force, the strongest first."""
        rows = [row for row in self._influences if row.withdrawn_at is None]
        return sorted(rows, key=lambda row: FORCES.index(Influence.Force(row.force)))

    @cached_property
    def _consultations(self) -> list[Consultation]:
        return kept(self.aspiration.consultations)

    @property
    def consultations(self) -> list[Consultation]:
        return [row for row in self._consultations if row.withdrawn_at is None]

    @cached_property
    def _probes(self) -> list[AlignmentProbe]:
        return kept(self.aspiration.probes)

    @cached_property
    def probes(self) -> list[Probe]:
        """The latest of each level, from the leader outwards."""
        found = []
        for level in AlignmentProbe.Level:
            rows = [row for row in self._probes if row.withdrawn_at is None and row.level == level]
            told = [Probe(*both) for both in zip(rows, [None, *rows], strict=False)]
            if told:
                found.append(replace(told[-1], earlier=tuple(reversed(told[:-1]))))
        return found

    @property
    def withdrawn(self) -> list[Any]:
        """What was taken back, of every kind, the latest last."""
        rows = [*self._influences, *self._consultations, *self._probes, *self._reviews]
        taken = [row for row in rows if row.withdrawn_at is not None]
        return sorted(taken, key=lambda row: row.withdrawn_at)


def kept(rows: Any) -> list[Any]:
    """All of one kind, also what was taken back, in their own order."""
    return list(rows.all())
