"""The definition tab: what is counted, how it is judged, what changed, how far to trust it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aspirations import sentences
from aspirations.models import DataQuality, Definition, Metric, Series
from aspirations.models.quality import BESIDE, DECIDES, month_before
from aspirations.pages.head import MetricHead
from aspirations.pages.record import name_of

FIELDS: tuple[tuple[str, Promise], ...] = (
    ("question", gettext_lazy("Question")),
    ("definition", gettext_lazy("Definition")),
    ("numerator", gettext_lazy("Counted")),
    ("denominator", gettext_lazy("Out of")),
    ("coverage", gettext_lazy("Who and where is included")),
    ("source", gettext_lazy("Source")),
    ("custodian", gettext_lazy("Who keeps the figures")),
    ("owner", gettext_lazy("Owner")),
    ("limitations", gettext_lazy("Known limits")),
    ("comparability", gettext_lazy("What must not be compared")),
    ("revision_policy", gettext_lazy("When figures are revised")),
)
NEEDED = ("definition", "source", "limitations")
"""Fields whose absence is said aloud: without them nobody can tell what a figure means."""
JUDGED_BY: dict[str, Promise] = {
    "direction": gettext_lazy("Direction"),
    "band_low": gettext_lazy("Lower edge of the band"),
    "band_high": gettext_lazy("Upper edge of the band"),
    "kind": gettext_lazy("Kind"),
    "lower_bound": gettext_lazy("Lowest possible value"),
    "upper_bound": gettext_lazy("Highest possible value"),
    "expected_lag": gettext_lazy("Days until a figure is due"),
    "expected_months": gettext_lazy("Months that bring a figure"),
    "policy_overrides": gettext_lazy("Rules of its own"),
    "year_starts": gettext_lazy("Month in which its year begins"),
}
DIMENSIONS: dict[str, Promise] = {
    "accuracy": gettext_lazy("Accuracy and reliability"),
    "timeliness": gettext_lazy("Timeliness and punctuality"),
    "comparability": gettext_lazy("Coherence and comparability"),
    "relevance": gettext_lazy("Relevance"),
    "clarity": gettext_lazy("Accessibility and clarity"),
}
SCALE: dict[int, Promise] = {
    1: gettext_lazy("poor"),
    2: gettext_lazy("fair"),
    3: gettext_lazy("good"),
    4: gettext_lazy("very good"),
}


@dataclass(frozen=True)
class Changed:
    """One version of what judgments read of the metric, and what it changed."""

    number: int
    day: str
    author: str
    changes: list[str]


@dataclass(frozen=True)
class Rated:
    """One rating of the figures."""

    grade: str
    day: str
    author: str
    note: str
    marks: list[tuple[str, str]]
    is_valid: bool


@dataclass
class DefinitionPage(MetricHead):
    """What is said of the metric itself, whichever segment is shown."""

    def fields(self) -> list[tuple[str, str]]:
        """Title and text of what is stated, and of what is missing and should not be."""
        found = [(title, name, str(getattr(self.metric, name))) for name, title in FIELDS]
        return [
            (str(title), text or _("Not stated")) for title, name, text in found
            if text or name in NEEDED
        ]  # fmt: skip

    def judged_by(self) -> list[tuple[str, str]]:
        """What judgments read of the metric today."""
        values = {name: getattr(self.metric, name) for name in JUDGED_BY}
        return [
            (str(title), said(name, values[name])) for name, title in JUDGED_BY.items()
            if values[name] not in (None, [], {})
        ]  # fmt: skip

    @cached_property
    def versions(self) -> list[Changed]:
        """Newest first; the first version changes nothing."""
        rows = list(
            Definition.objects.filter(metric=self.metric)
            .select_related("author")
            .order_by("version")
        )
        before: Mapping[str, Any] = {}
        found = []
        for row in rows:
            changes = differences(before, row.values) if before else []
            day = sentences.day_text(row.recorded_at.date())
            author = name_of(row.author)
            found.append(Changed(row.version, day, author, changes))
            before = row.values
        return found[::-1]

    @cached_property
    def ratings(self) -> list[Rated]:
        """Newest first; the newest that has not expired counts."""
        rows = DataQuality.objects.filter(metric=self.metric).select_related("author")
        oldest = month_before(self.metric.system.today(), 12)
        return [rated(row, oldest) for row in rows.order_by("-rated_on", "-pk")]


def definition_page(user: Any, metric: Metric, series: Series | None) -> DefinitionPage:
    return DefinitionPage(metric, series, user, "metric_definition")


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """“Direction: Higher is better, was Lower is better”, for each value that changed."""
    words = _("%(what)s: %(now)s, was %(then)s")
    return [
        words % {"what": title, "now": said(name, now.get(name)),
                 "then": said(name, before.get(name))}
        for name, title in JUDGED_BY.items()
        if before.get(name) != now.get(name)
    ]  # fmt: skip


def said(name: str, value: Any) -> str:
    """A stored value in words."""
    if value is None or value == [] or value == {}:
        return _("every period") if name == "expected_months" else _("none")
    choices: dict[str, Any] = {
        "direction": dict(Metric.Direction.choices), "kind": dict(Metric.Kind.choices),
    }  # fmt: skip
    if name in choices:
        return str(choices[name].get(value, value))
    if name == "expected_months":
        return ", ".join(str(MONTHS[month]) for month in value)
    if name == "year_starts":
        return str(MONTHS[value])
    if name == "policy_overrides":
        return ", ".join(f"{key} = {one}" for key, one in sorted(value.items()))
    return f"{value:g}"


def rated(row: DataQuality, oldest: date) -> Rated:
    marks = [(name, getattr(row, name)) for name in (*DECIDES, *BESIDE)]
    return Rated(
        grade=row.grade, day=sentences.day_text(row.rated_on),
        author=name_of(row.author), note=row.note,
        marks=[
            (str(DIMENSIONS[name]), f"{mark}, {SCALE[mark]}") for name, mark in marks if mark
        ],
        is_valid=row.rated_on > oldest,
    )  # fmt: skip
