"""The rows of the league table as they are printed: plain values turned into words."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.analysis.assessments import is_opposite
from aspirations.analysis.standing import NOT_JUDGED, Urgency, urgency
from aspirations.charts.sparkline import Sparkline
from aspirations.models import Judgment, Metric


@dataclass(frozen=True)
class Worst:
    """The segment of a metric in the deepest trouble; light N where none of them is judged."""

    metric: str
    metric_name: str
    name: str
    code: str
    light: str
    segments: int
    likelihood: float | None = None
    journey: float | None = None

    @property
    def is_judged(self) -> bool:
        return self.light != NOT_JUDGED

    @property
    def urgency(self) -> Urgency:
        return urgency(self.light, self.likelihood, self.journey)


@dataclass(frozen=True)
class Earlier:
    """The light of an earlier period, and which one."""

    light: str
    period: str


@dataclass(frozen=True)
class Milestone:
    """What is to be reached next of a metric, or should have been."""

    label: str
    due: date
    is_overdue: bool


@dataclass(frozen=True)
class Opinion:
    """What people judge of a metric where the rules say otherwise."""

    light: str
    computed: str

    @property
    def is_opposite(self) -> bool:
        return is_opposite(self.light, self.computed)

    @property
    def words(self) -> str:
        return _("The unit says %(light)s") % {"light": sentences.light_word(self.light)}

    @property
    def warning(self) -> str:
        if not self.is_opposite:
            return ""
        if self.light == "G":
            return _("Green outside, Red inside: ask what the unit knows that the figures do not.")
        return _("Red outside, Green inside: ask what the unit fears that the figures do not show.")


@dataclass(frozen=True)
class Row:
    """A metric as the league table prints it."""

    metric: Metric
    has_series: bool
    judgment: Judgment | None
    worst: Worst | None
    spark: Sparkline | None
    published: date | None
    today: date
    milestone: Milestone | None = None
    opinion: Opinion | None = None
    segment: str = ""
    is_past: bool = False

    @property
    def light(self) -> str:
        return self.judgment.light if self.judgment else NOT_JUDGED

    @cached_property
    def reason(self) -> str:
        """Why there is no light; empty where there is one."""
        if self.judgment:
            return sentences.reason_text(self.judgment, self.metric)
        if self.is_past:
            return _("Nothing was recorded by then.")
        if self.has_series:
            return _("Its figures wait for the next turn of work.")
        if self.worst:
            words = ngettext(
                "No figure for the whole system, only for %(count)s segment.",
                "No figure for the whole system, only for its %(count)s segments.",
                self.worst.segments,
            )
            return words % {"count": self.worst.segments}
        if self.metric.prominence == Metric.Prominence.DEVELOPMENT:
            return _("Wanted, but not yet available.")
        return _("No figures have been loaded.")

    @property
    def state(self) -> str:
        return sentences.state_word(self.judgment.state) if self.judgment else ""

    @property
    def pending(self) -> str:
        return sentences.pending_text(self.judgment) if self.judgment else ""

    # ------------------------------------------------------------- where it stands
    @property
    def has_figure(self) -> bool:
        return self.judgment is not None and self.judgment.actual is not None

    @property
    def latest(self) -> str:
        return sentences.value_text(self.metric, self.judgment.actual if self.judgment else None)

    @property
    def has_gap(self) -> bool:
        return self.judgment is not None and self.judgment.gap is not None

    @property
    def gap(self) -> str:
        return sentences.signed(self.metric, self.judgment.gap if self.judgment else None)

    @property
    def side(self) -> str:
        """ahead, behind or on, for a band inside or outside: the word beside the signed gap."""
        gap = self.judgment.gap if self.judgment else None
        on_it = gap is None or sentences.is_nothing(self.metric, gap)
        if sentences.has_band(self.metric):
            return "inside" if on_it else "outside"
        if gap is None or on_it:
            return "on"
        return "ahead" if gap > 0 else "behind"

    @property
    def against(self) -> str:
        """“Path 60.8%” or “Band 18 to 22 °C”; at the target period the target says it itself."""
        told = self.judgment
        if told is None or told.gap is None or told.state:
            return ""
        if sentences.has_band(self.metric):
            return _("Band %(band)s") % {"band": sentences.aim_text(self.metric, None)}
        return _("Path %(value)s") % {"value": sentences.short_text(self.metric, told.expected)}

    # ------------------------------------------------------------- where it is going
    @property
    def likelihood(self) -> float | None:
        return self.judgment.likelihood if self.judgment else None

    @cached_property
    def chance(self) -> str:
        """The chance as a frequency; what became of the target; or why there is no chance."""
        told = self.judgment
        if told is None:
            return ""
        if told.likelihood is not None:
            short = sentences.chance_short(told.likelihood)
        elif told.state:
            short = sentences.state_word(told.state)
        elif told.light == NOT_JUDGED and not sentences.has_aim(self.metric):
            short = _("For reference")
        elif told.light == NOT_JUDGED:
            short = sentences.reason_word(told.not_judged_reason)
        else:
            short = _("Not known yet")
        return short[:1].upper() + short[1:]

    @property
    def forecast(self) -> str:
        """“67.5 (62.1 to 72.9)”."""
        told = self.judgment
        if told is None or told.forecast is None:
            return ""
        value = sentences.bare(self.metric, told.forecast)
        likely = sentences.range_text(self.metric, told.likely_low, told.likely_high)
        return f"{value} ({likely})" if likely else value

    @property
    def target(self) -> str:
        """“72% by Jun 2028”."""
        path = self.judgment.trajectory if self.judgment else None
        if path is None:
            return ""
        return _("%(value)s by %(due)s") % {
            "value": sentences.aim_text(self.metric, path.target.value),
            "due": sentences.period_text(self.metric, path.target.due),
        }

    # ------------------------------------------------------------- what it rests on
    @property
    def period(self) -> str:
        return sentences.period_text(self.metric, self.judgment.period) if self.judgment else ""

    @property
    def age(self) -> str:
        """“11 days old”, since the figure was published."""
        if self.published is None:
            return ""
        days = (self.today - self.published).days
        words = ngettext("%(days)s day old", "%(days)s days old", days)
        return words % {"days": days} if days else _("published today")

    @property
    def freshness(self) -> str:
        return sentences.freshness_text(self.judgment, self.today) if self.judgment else ""

    @property
    def is_late(self) -> bool:
        return self.judgment is not None and self.judgment.freshness in ("late", "stale")

    @property
    def earlier(self) -> list[Earlier]:
        told = self.judgment.earlier if self.judgment else []
        return [
            Earlier(
                step["light"],
                sentences.period_text(self.metric, date.fromisoformat(step["period"])),
            )
            for step in told
        ]


@dataclass
class Group:
    """An aspiration with the metrics shown under it, or the metrics under none."""

    title: str = ""
    slug: str = ""
    head: str = ""
    light: str = ""
    lowest: str = ""
    worst: Worst | None = None
    counts: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def counted(self) -> str:
        """“3 headline metrics: 1 Amber-Red, 2 Green”; what is not judged is among them."""
        total = sum(self.counts.values())
        if not total:
            return _("No headline metric, so no light of its own")
        words = ngettext(
            "%(total)s headline metric: %(lights)s", "%(total)s headline metrics: %(lights)s", total
        )
        lights = [f"{n} {name_of(light)}" for light, n in self.counts.items() if n]
        return words % {"total": total, "lights": ", ".join(lights)}


def name_of(light: str) -> str:
    """The light's name within a sentence."""
    return _("not judged") if light == NOT_JUDGED else sentences.light_word(light)
