"""The judgment panel: the light of a series, why, what is pending, and what came before."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.models import Judgment, Metric, Series, Trajectory
from aspirations.pages import record


@dataclass(frozen=True)
class EarlierLight:
    """One of the last five observed periods, with the light the same rules give it."""

    light: str
    period: str
    value: str
    chance: str
    note: str


@dataclass(frozen=True)
class Recorded:
    """A stored judgment at which the light or its reason changed."""

    day: date
    light: str
    text: str


@dataclass
class JudgmentPanel:
    """What a page says of one series' current judgment; everything is read, nothing judged."""

    metric: Metric
    series: Series | None

    @property
    def judgment(self) -> Judgment | None:
        return self.series.current_judgment if self.series else None

    @property
    def trajectory(self) -> Trajectory | None:
        return self.judgment.trajectory if self.judgment else None

    @property
    def light(self) -> str:
        return self.judgment.light if self.judgment else "N"

    @property
    def was(self) -> str:
        return sentences.was_text(self.judgment, self.metric) if self.judgment else ""

    @property
    def reason(self) -> str:
        if self.judgment is None:
            return _("Its figures wait for the next turn of work.")
        return sentences.reason_text(self.judgment, self.metric)

    @cached_property
    def target_text(self) -> str:
        """“72% by Jun 2028”, from the path the judgment was made by."""
        path = self.trajectory
        if path is None:
            return ""
        return _("%(value)s by %(due)s") % {
            "value": sentences.aim_text(self.metric, path.target.value),
            "due": sentences.period_text(self.metric, path.target.due),
        }

    @property
    def has_band(self) -> bool:
        return sentences.has_band(self.metric)

    @property
    def chance(self) -> str:
        """“About 1 in 7”; empty where there is no likelihood."""
        told = self.judgment
        return sentences.chance(told.likelihood) if told and told.likelihood is not None else ""

    @cached_property
    def findings(self) -> list[sentences.Finding]:
        return sentences.evidence_items(self.judgment, self.metric) if self.judgment else []

    @property
    def split(self) -> str:
        return sentences.split_text(self.judgment, self.metric) if self.judgment else ""

    @property
    def state(self) -> str:
        return sentences.state_word(self.judgment.state) if self.judgment else ""

    @property
    def pending(self) -> str:
        return sentences.pending_text(self.judgment) if self.judgment else ""

    @property
    def confirm(self) -> str:
        return sentences.confirm_text(self.judgment, self.metric) if self.judgment else ""

    @property
    def would_move(self) -> str:
        return sentences.would_move_text(self.judgment, self.metric) if self.judgment else ""

    @property
    def would_move_to(self) -> str:
        return sentences.light_word(self.judgment.would_move_to) if self.judgment else ""

    @property
    def would_move_note(self) -> str:
        return sentences.would_move_note(self.judgment, self.metric) if self.judgment else ""

    @property
    def notes(self) -> list[str]:
        return sentences.notes(self.judgment, self.metric) if self.judgment else []

    @cached_property
    def earlier_lights(self) -> list[EarlierLight]:
        earlier = self.judgment.earlier if self.judgment else []
        return [
            EarlierLight(
                light=row["light"],
                period=sentences.period_text(self.metric, date.fromisoformat(row["period"])),
                value=sentences.short_text(self.metric, row["actual"]),
                chance=sentences.chance_short(row["likelihood"])
                if row["likelihood"] is not None
                else "–",
                note=note,
            )
            for row, note in zip(earlier, sentences.earlier_notes(earlier), strict=True)
        ]

    @cached_property
    def recorded(self) -> list[Recorded]:
        if self.series is None:
            return []
        rows = record.earlier_judgments(self.series)
        return [Recorded(row.as_of, row.light, self._recorded_text(row)) for row in rows]

    def _recorded_text(self, row: Judgment) -> str:
        if row.light == "N":
            return sentences.reason_text(row, self.metric)
        gap = sentences.gap_text(self.metric, row.gap)
        value = sentences.value_text(self.metric, row.actual)
        parts = [sentences.state_word(row.state), value, gap]
        if row.likelihood is not None:
            parts.append(sentences.about(row.likelihood))
        return ", ".join(part for part in parts if part)

    @property
    def due(self) -> str:
        told = self.judgment
        return sentences.freshness_text(told, told.as_of) if told else ""
