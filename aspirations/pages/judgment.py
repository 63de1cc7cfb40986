"""The judgment panel: the light of a series, why, what is pending, and what came before."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.models import Judgment, Metric, Series, Trajectory
from aspirations.pages import record
from aspirations.pages.human import MODERATE, READ, WRITE, HumanPanel, View
from aspirations.pages.rights import rights
from aspirations.sentences import assessments as words

SHOWN = 10


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
    """A day on which the rules' light or its reason changed, or the unit said something.

    `computed` and `human` are what counted from that day on; empty where there was nothing yet.
    """

    day: date
    computed: str
    human: str
    text: str
    lead: str = ""


@dataclass
class JudgmentPanel:
    """What a page says of one series' current judgment; everything is read, nothing judged."""

    metric: Metric
    series: Series | None
    user: Any

    @cached_property
    def rights(self) -> frozenset[str]:
        return rights(self.user, self.metric.system, (READ, WRITE, MODERATE))

    @cached_property
    def human(self) -> HumanPanel | None:
        """What the unit says of the metric, to who may read it; segments have no view of theirs."""
        if READ not in self.rights or (self.series and not self.series.segment.is_whole):
            return None
        return HumanPanel(self.metric, self.user, self.rights, self.light)

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
        """What the rules and the unit said, day by day, newest first."""
        told = record.earlier_judgments(self.series) if self.series else []
        views = self.human.views if self.human else []
        both = [(row.as_of, 0, row) for row in told] + [
            (view.day, 1, view) for view in reversed(views)
        ]
        found: list[Recorded] = []
        computed = human = ""
        for day, _place, row in sorted(both, key=lambda item: item[:2]):
            if isinstance(row, Judgment):
                computed = row.light
                found.append(Recorded(day, computed, human, brief_text(self.metric, row)))
            else:
                computed, human = row.row.computed_light or computed, row.light
                found.append(self._recorded_view(row, computed))
        return found[::-1][:SHOWN]

    def _recorded_view(self, view: View, computed: str) -> Recorded:
        said = Truncator(view.row.difference_reason or view.row.reason).words(30)
        return Recorded(
            view.day, computed, view.light, f"“{said}”",
            words.marked_text(view.light, view.row.computed_light),
        )  # fmt: skip

    @property
    def due(self) -> str:
        told = self.judgment
        return sentences.freshness_text(told, told.as_of) if told else ""


def brief_text(metric: Metric, row: Judgment) -> str:
    """“58.9%, 2.1 points behind, about 1 in 7”, or why nothing was judged."""
    if row.light == "N":
        return sentences.reason_text(row, metric)
    gap = sentences.gap_text(metric, row.gap)
    value = sentences.value_text(metric, row.actual)
    parts = [sentences.state_word(row.state), value, gap]
    if row.likelihood is not None:
        parts.append(sentences.about(row.likelihood))
    return ", ".join(part for part in parts if part)
