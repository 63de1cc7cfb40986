"""Where new stretches start: what the figures suggest, and what people decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from aspirations import sentences
from aspirations.analysis import periods
from aspirations.models import Judgment, Metric, Rebase, Series
from aspirations.pages import record
from aspirations.sentences import plans


@dataclass(frozen=True)
class Made:
    """One decision, in words; `withdrawal` is empty while it stands."""

    key: int
    period: str
    reason: str
    by: str
    withdrawal: str


@dataclass
class RebasePanel:
    """The rebases of one series, and whether this person may make and withdraw them."""

    metric: Metric
    series: Series
    judgment: Judgment | None
    user: Any
    may_write: bool

    @cached_property
    def rows(self) -> list[Rebase]:
        return record.rebases(self.series, self.user)

    @property
    def standing(self) -> list[tuple[str, str]]:
        """Period and reason of those in force, in order of time."""
        return [
            (sentences.period_text(self.metric, row.period), row.reason.rstrip("."))
            for row in reversed(self.rows)
            if row.withdrawn_at is None
        ]

    def made(self) -> list[Made]:
        return [self._made(row) for row in self.rows]

    def _made(self, row: Rebase) -> Made:
        day = sentences.day_text(row.created_at.date())
        return Made(
            key=row.pk, period=sentences.period_text(self.metric, row.period), reason=row.reason,
            by=", ".join(part for part in (record.name_of(row.author), day) if part),
            withdrawal=row.withdrawal_reason,
        )  # fmt: skip

    @property
    def suggestion(self) -> str:
        """What the figures suggest; empty where nothing is, or a person has decided since."""
        if self._begun is None:
            return ""
        return plans.suggested_text(self.metric, self._begun, self._told)

    @property
    def suggested(self) -> str:
        """The label of the suggested period, as the form takes it."""
        if self._begun is None:
            return ""
        frequency = periods.Frequency(self.metric.frequency)
        return periods.label(frequency, self._begun, self.metric.year_starts)

    @property
    def _told(self) -> Mapping[str, Any]:
        return sentences.figures(self.judgment, "rebase_suggested") if self.judgment else {}

    @cached_property
    def _begun(self) -> date | None:
        begun = sentences.as_day(self._told.get("period"))
        taken = {row.period for row in self.rows if row.withdrawn_at is None}
        return None if begun in taken else begun
