"""The head that all pages of a metric share: the light, the finding, facts, tabs, breadcrumb."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.models import Aspiration, Metric, Placement, Segment
from aspirations.pages.benchmarks import BenchmarkLine, benchmarks_of
from aspirations.pages.judgment import JudgmentPanel
from aspirations.pages.rights import rights
from aspirations.pages.segments import worst_of
from aspirations.pages.tabs import OPENING, Tab, tabs
from aspirations.sentences.assessments import in_words

ASKED = (
    *OPENING, "plan.write", "trajectory.write", "observation.write", "assessment.write",
    "assessment.moderate",
)  # fmt: skip
"""What the pages of a metric ask of their reader's rights."""
MONTHS = 12


@dataclass(frozen=True)
class Worst:
    """The segment in the deepest trouble, by name."""

    code: str
    name: str
    word: str


@dataclass
class MetricHead(JudgmentPanel):
    """What stands above every tab. `tab` is the name of the address that is shown."""

    tab: str

    @cached_property
    def rights(self) -> frozenset[str]:
        return rights(self.user, self.metric.system, ASKED)

    @property
    def may_write(self) -> bool:
        return "plan.write" in self.rights

    @property
    def may_load(self) -> bool:
        return "observation.write" in self.rights

    @property
    def reads_judgments(self) -> bool:
        """Who only loads figures sees no light."""
        return "dashboard.read" in self.rights

    @property
    def segment(self) -> Segment | None:
        return self.series.segment if self.series else None

    @property
    def is_whole(self) -> bool:
        """Of the whole system, or of a metric that has segments only."""
        return self.segment is None or self.segment.is_whole

    @property
    def as_at(self) -> date:
        """The day the judgment speaks of."""
        day: date = self.judgment.as_of if self.judgment else self.metric.system.today()
        return day

    @property
    def tabs(self) -> list[Tab]:
        return tabs(self.metric, self.segment, self.tab, self.rights)

    @property
    def tab_title(self) -> str:
        """The name of the tab, for the window; the first tab is the metric itself."""
        here = next((tab for tab in self.tabs if tab.is_here), None)
        return here.title if here and self.tab != "metric" else ""

    @cached_property
    def aspiration(self) -> Aspiration | None:
        """What the metric is first placed under."""
        rows = Placement.objects.filter(metric=self.metric).select_related("aspiration")
        found = rows.order_by("pk").first()
        return found.aspiration if found else None

    # ------------------------------------------------------------- what it says at the top
    @cached_property
    def headline(self) -> str:
        if self.series is None:
            return _("%(name)s has no figure for the whole system, only for its segments.") % {
                "name": self.metric.name
            }
        if not self.reads_judgments:
            return _("The figures of %(name)s, as they were loaded and revised.") % {
                "name": self.subject
            }
        return sentences.metric_headline(self.metric, self.judgment, self.segment, self.target_text)

    @cached_property
    def benchmarks(self) -> list[BenchmarkLine]:
        """What other systems reached, for the tabs that hold the whole system against them."""
        return benchmarks_of(self.metric)

    @property
    def subject(self) -> str:
        return sentences.subject(self.metric, self.segment)

    @cached_property
    def worst(self) -> Worst | None:
        """Beside the whole system's light stands the worst segment; a segment stands alone."""
        if not (self.segment and self.segment.is_whole):
            return None
        found = self._worst_row()
        if found is None:
            return None
        return Worst(found[0], found[1], sentences.light_word(found[2]))

    def _worst_row(self) -> tuple[str, str, str] | None:
        """Code, name and light of the worst judged segment."""
        return worst_of(self.metric)

    @property
    def frequency(self) -> str:
        """“Monthly”, or “Six times a year” where only some months bring a figure."""
        count = len(set(self.metric.expected_months))
        if self.metric.frequency != Metric.Frequencies.MONTH or not 0 < count < MONTHS:
            return str(self.metric.get_frequency_display())
        words = ngettext("once a year", "%(count)s times a year", count)
        text = words % {"count": in_words(count)}
        return text[:1].upper() + text[1:]
