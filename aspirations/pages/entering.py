"""What the page for entering figures shows: what is stored, what comes next, what would change."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.analysis import periods
from aspirations.models import Judgment, Metric, Observation, Segment
from aspirations.services.figures import Entry, Preview
from people.labels import label

LATEST = 6
AHEAD = 12
# As many periods as a year has at most.
DAYS_A_YEAR = 366
MOST_SHOWN = 200
MOST_FAULTS = 100
MOST_SEGMENTS = 500


@dataclass(frozen=True)
class Told:
    """One period in words: what is stored, what would be, and what that is called."""

    period: str
    before: str
    after: str
    change: str
    word: str


@dataclass
class EnteringPage:
    """One series of a metric, beneath a system whose figures the reader may write."""

    metric: Metric
    segment: Segment
    preview: Preview | None = None
    reads: bool = False
    """Whether the reader may know of judgments; who only brings figures in may not."""

    @cached_property
    def stored(self) -> list[Observation]:
        """The latest figures, newest first."""
        rows = Observation.objects.filter(series__metric=self.metric, series__segment=self.segment)
        return list(rows.order_by("-period")[:LATEST])

    @cached_property
    def total(self) -> int:
        rows = Observation.objects.filter(series__metric=self.metric, series__segment=self.segment)
        return rows.count()

    @property
    def latest(self) -> list[tuple[str, str]]:
        """Period and value of the latest figures, in words."""
        return [
            (period, self.text(row.value, row.missing_reason))
            for row in self.stored
            if (period := sentences.period_text(self.metric, row.period))
        ]  # fmt: skip

    @cached_property
    def segments(self) -> list[Segment]:
        return list(self.metric.system.segments.all()[:MOST_SEGMENTS])

    # -------------------------------------------------------------------- what the reader may write
    @property
    def headline(self) -> str:
        whom = "" if self.segment.is_whole else f", {self.segment.name}"
        return _("Enter the figures of %(metric)s") % {"metric": f"{self.metric.name}{whom}"}

    @property
    def lead(self) -> str:
        if self.stored:
            words = _("The latest is %(value)s, %(period)s. Next comes %(next)s.")
            period, value = self.latest[0]
            soon = sentences.period_text(self.metric, self.next_period)
            told = {"value": value, "period": period, "next": soon}
            return words % told
        words = _("There is no figure yet. Five give trial limits, twelve firm ones; write "
                  "periods as %(next)s.")  # fmt: skip
        return words % {"next": self.label(self.next_period)}

    @cached_property
    def next_period(self) -> date:
        """The period after the latest that brings a figure; without one, the last that is over."""
        if not self.stored:
            return self.bringing(self.ordinal(self.today) - 1, -1, 1)[0]
        return self.bringing(self.ordinal(self.stored[0].period) + 1, 1, 1)[0]

    def bringing(self, k: int, step: int, count: int) -> list[date]:
        """The first periods from `k` on, forwards or backwards, whose month brings figures."""
        found: list[date] = []
        while len(found) < count:
            day = self.day(k)
            if day.month in self.months:
                found.append(day)
            k += step
        return found

    @cached_property
    def months(self) -> set[int]:
        """Months in which a period that brings a figure begins; all where none is expected."""
        k = self.ordinal(self.today)
        year = {self.day(one).month for one in range(k, k + DAYS_A_YEAR)}
        return year & set(self.metric.expected_months) or year

    @property
    def example(self) -> list[str]:
        """Three lines as they may be typed."""
        days = self.bringing(self.ordinal(self.next_period), -1, 3)
        told = zip(reversed(days), ("58.1", "58.9", "n/a"), strict=True)
        return [f"{self.label(day)}  {text}" for day, text in told]

    @property
    def open_periods(self) -> list[str]:
        """Labels of the periods that a file to fill in begins with: the next ones."""
        step = 1 if self.stored else -1
        days = self.bringing(self.ordinal(self.next_period), step, AHEAD)
        return [self.label(day) for day in days[::step]]

    @property
    def today(self) -> date:
        day: date = self.metric.system.today()
        return day

    @property
    def frequency(self) -> periods.Frequency:
        return periods.Frequency(self.metric.frequency)

    def ordinal(self, day: date) -> int:
        return int(periods.ordinal(self.frequency, day, self.metric.year_starts))

    def day(self, k: int) -> date:
        return periods.start(self.frequency, k, self.metric.year_starts)

    def label(self, day: date) -> str:
        return periods.label(self.frequency, day, self.metric.year_starts)

    # -------------------------------------------------------------------- what it would do
    @property
    def counts(self) -> list[tuple[str, int]]:
        if self.preview is None:
            return []
        named = (("added", _("added")), ("changed", _("changed")), ("unchanged", _("unchanged")))
        return [(str(word), self.preview.count(change)) for change, word in named]

    @cached_property
    def told(self) -> list[Told]:
        entries = self.preview.entries if self.preview else ()
        return [self._told(entry) for entry in entries[:MOST_SHOWN]]

    @property
    def untold(self) -> int:
        return max(0, len(self.preview.entries) - MOST_SHOWN) if self.preview else 0

    def _told(self, entry: Entry) -> Told:
        words = {"added": _("added"), "changed": _("changed"), "unchanged": _("unchanged")}
        before = "" if entry.change == "added" else self.text(entry.before, entry.before_reason)
        return Told(
            sentences.period_text(self.metric, entry.period), before,
            self.text(entry.after, entry.after_reason), entry.change, words[entry.change],
        )  # fmt: skip

    def text(self, value: float | None, reason: str) -> str:
        """A value with the decimals it has, or in a word why there is none."""
        if value is None:
            return str(Observation.Missing(reason).label) if reason else _("no figure")
        if value == round(value, self.metric.decimals):
            return sentences.value_text(self.metric, value)
        return sentences.goal_text(self.metric, value)

    @property
    def faults(self) -> list[Any]:
        return list(self.preview.faults[:MOST_FAULTS]) if self.preview else []

    @property
    def more_faults(self) -> int:
        return max(0, len(self.preview.faults) - MOST_FAULTS) if self.preview else 0

    @property
    def unfilled(self) -> str:
        count = self.preview.unfilled if self.preview else 0
        words = ngettext(
            "%(count)s row without a value is left out. Write n/a where there is no figure.",
            "%(count)s rows without a value are left out. Write n/a where there is no figure.",
            count,
        )
        return words % {"count": count} if count else ""

    @property
    def lights(self) -> tuple[Judgment, Judgment] | None:
        return self.preview.lights if self.preview and self.reads else None

    @property
    def light_text(self) -> str:
        """What becomes of the light, in a sentence; empty where there is nothing to say."""
        if self.lights is None:
            return ""
        now, then = self.lights
        if then.light == "N":
            words = _("The light stays at “Not judged”: %(reason)s.")
            if now.light != "N":
                words = _("The light goes out: %(reason)s.")
            return words % {"reason": sentences.reason_word(then.not_judged_reason)}
        told = {"now": sentences.light_word(now.light), "then": sentences.light_word(then.light)}
        if now.light == then.light:
            return _("The light stays %(then)s.") % told
        if now.light == "N":
            return _("The first light will be %(then)s.") % told
        return _("The light goes from %(now)s to %(then)s.") % told

    @property
    def chance_text(self) -> str:
        """The chance then, and now where it differs; empty where the rules give none."""
        if self.lights is None or self.lights[1].likelihood is None:
            return ""
        now, then = (sentences.chance_short(row.likelihood) for row in self.lights)
        if now == then or self.lights[0].likelihood is None:
            return _("Chance of reaching the target: %(then)s.") % {"then": then}
        return _("Chance of reaching the target: %(then)s, now %(now)s.") % {
            "then": then, "now": now,
        }  # fmt: skip

    @property
    def called(self) -> str:
        return label(self.metric.system, "segment")
