"""What people fill in about a path: where it starts, where it goes, and by which form."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aspirations.analysis import periods, shapes
from aspirations.models import Metric, Trajectory
from aspirations.models.agreements import Method, Shape
from aspirations.services.baselines import Start
from aspirations.services.paths import SEASONS
from aspirations.services.versions import Goal, stamp
from people.versions import VersionedForm

METHODS = [
    (Method.SINGLE.value, _("One period")),
    (Method.MEAN.value, _("Mean of several periods")),
    (Method.TREND.value, _("End of the trend of several periods")),
]
SEASON_KINDS = [
    ("", _("Not by the time of year")),
    ("index", _("Each season times a factor")),
    ("offset", _("Each season plus an amount")),
]
PARAMETERS = ("c", "m", "p", "drift")
WITH_POINTS = frozenset({Shape.POINTS.value, Shape.STEP.value})
LONGEST = 2000


def period_words(metric: Metric, day: date | None) -> str:
    """A period as people may type it again: `Jun 2028`, `Q3 2018/19`."""
    if day is None:
        return ""
    frequency = periods.Frequency(metric.frequency)
    say = periods.long_label if frequency is periods.Frequency.MONTH else periods.label
    return say(frequency, day, metric.year_starts)


class PeriodField(forms.CharField):
    """A period of a metric by its label, in any of the ways that files name one."""

    def __init__(self, metric: Metric, **options: Any) -> None:
        super().__init__(max_length=60, **options)
        self.metric = metric

    def prepare_value(self, value: Any) -> Any:
        return period_words(self.metric, value) if isinstance(value, date) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        frequency = periods.Frequency(self.metric.frequency)
        try:
            return periods.parse(text, frequency, self.metric.year_starts)
        except periods.PeriodError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def run_validators(self, value: Any) -> None:
        """Length and kind were settled as the label was read."""


def shown_number(value: float | None) -> float | None:
    """A number as a field shows it: six digits that count, and no noise behind them."""
    return None if value is None else float(f"{value:.6g}")


def exactly(typed: float | None, stored: float | None) -> float | None:
    """What was typed, or the stored number where that is what was shown."""
    return stored if typed == shown_number(stored) else typed


def in_unit(words: Any, metric: Metric) -> str:
    """“Target, %”"""
    return f"{words}, {metric.unit}" if metric.unit else str(words)


class NewDraftForm(forms.Form):
    """Where a first path starts and what it is to reach."""

    def __init__(self, metric: Metric, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields |= {
            "baseline_period": PeriodField(
                metric, label=_("Baseline period"),
                help_text=_("Only figures after it are judged: from an earlier period on, a light "
                            "can show at once."),
                error_messages={"required": _("Say in which period the path starts.")}),
            "baseline_value": forms.FloatField(
                label=in_unit(_("Baseline"), metric), required=False,
                help_text=_("Leave it empty to take the figure of that period.")),
            "target_period": PeriodField(metric, label=_("Target period"), error_messages={
                "required": _("Say by when the target is to be reached.")}),
            "target_value": forms.FloatField(
                label=in_unit(_("Target"), metric),
                error_messages={"required": _("Say what is to be reached.")}),
        }  # fmt: skip

    def start(self) -> Start:
        data = self.cleaned_data
        return Start(data["baseline_period"], data["baseline_value"])

    def goal(self) -> Goal:
        return self.cleaned_data["target_period"], self.cleaned_data["target_value"]


class PathForm(VersionedForm):
    """The builder's fields but for its rows; they follow the draft as it is stored."""

    row: Trajectory

    def more_fields(self) -> dict[str, forms.Field]:
        metric: Metric = self.row.series.metric
        fields = {**self.ends_of(metric), **self.shape_of(metric)}
        if metric.frequency in SEASONS:  # elsewhere the year has no parts to follow
            fields |= season_fields(metric)
        fields["reason"] = forms.CharField(
            label=_("Why this path"), required=False, max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("What it rests on. Needed at the latest when it is agreed."),
        )  # fmt: skip
        return fields

    def ends_of(self, metric: Metric) -> dict[str, forms.Field]:
        return {
            "baseline_method": forms.ChoiceField(label=_("Baseline from"), choices=METHODS),
            "baseline_value": forms.FloatField(
                label=in_unit(_("Baseline"), metric), required=False,
                help_text=_("Empty: from the figures.")),
            "baseline_period": PeriodField(
                metric, label=_("Baseline period"), help_text=_("Judged from here on."),
                error_messages={"required": _("Say in which period the path starts.")}),
            "baseline_periods": forms.IntegerField(
                label=_("Periods up to it"), min_value=1, max_value=999, required=False,
                help_text=_("For a mean or a trend.")),
            "target_value": forms.FloatField(
                label=in_unit(_("Target"), metric),
                error_messages={"required": _("Say what is to be reached.")}),
            "target_period": PeriodField(metric, label=_("Target period"), error_messages={
                "required": _("Say by when the target is to be reached.")}),
        }  # fmt: skip

    def shape_of(self, metric: Metric) -> dict[str, forms.Field]:
        number = forms.FloatField
        return {
            "shape": forms.ChoiceField(label=_("Shape of the path"), choices=Shape.choices,
                                       widget=forms.RadioSelect),
            "low": number(label=in_unit(_("Low path ends at"), metric), required=False),
            "high": number(label=in_unit(_("High path ends at"), metric), required=False),
            "c": number(label=_("How steep the middle is"), required=False,
                        help_text=_("Of “slow, fast, slow”; usually 10.")),
            "m": number(label=_("Where the middle lies"), required=False,
                        help_text=_("Of “slow, fast, slow”: a share of the time, usually 0.5.")),
            "p": number(label=_("How early or late"), required=False,
                        help_text=_("Of early gain, below 1 (usually 0.5); of late gain, above 1 "
                                    "(usually 2).")),
            "drift": number(label=_("Drift each period"), required=False,
                            help_text=_("What would change anyway, if nothing new were done.")),
        }  # fmt: skip

    def held_by(self, row: Trajectory) -> dict[str, Any]:
        baseline, target, season = row.baseline, row.target, row.season or {}
        single = baseline.method == Method.SINGLE
        return {
            "baseline_method": baseline.method,
            "baseline_value": shown_number(baseline.value) if single else None,
            "baseline_period": baseline.period,
            "baseline_periods": None if single else baseline.periods,
            "target_value": shown_number(target.value), "target_period": target.due,
            "shape": row.shape, "low": shown_number(row.low), "high": shown_number(row.high),
            **{name: shown_number(row.parameters.get(name)) for name in PARAMETERS},
            "season_kind": season.get("kind", ""),
            "season_values": " ".join(f"{value:g}" for value in season.get("values", ())),
            "reason": row.reason,
        }  # fmt: skip

    def version_of(self, row: Trajectory) -> int:
        return stamp(row)

    def trail_name(self, name: str) -> str:
        grouped = {"season_kind": "season", "season_values": "season"}
        return "parameters" if name in PARAMETERS else grouped.get(name, name)

    def clean_season_values(self) -> list[float]:
        words = self.cleaned_data["season_values"].replace(";", " ").split()
        try:
            return [float(word) for word in words]
        except ValueError:
            raise forms.ValidationError(
                _("“%(text)s”: give numbers with blanks between them.") % {"text": " ".join(words)}
            ) from None

    def clean(self) -> None:
        data = self.cleaned_data
        single = data.get("baseline_method") == Method.SINGLE
        if not single and data.get("baseline_value") is not None:
            self.add_error("baseline_value", _(
                "A mean or a trend comes from the figures: empty this field, or choose one period."
            ))  # fmt: skip
        if not single and data.get("baseline_periods") is None:
            self.add_error("baseline_periods", _("Say over how many periods it is taken."))
        for one, other in (("low", "high"), ("high", "low")):
            if data.get(one) is None and data.get(other) is not None and one not in self.errors:
                self.add_error(one, _("Give both ends of the range, or neither."))

    # ------------------------------------------------------------- as the page shows it
    @property
    def shape_seen(self) -> str:
        """The shape that the reader saw; its cards are drawn one by one, so it is sent apart."""
        name = self.add_initial_prefix("shape")
        return str(self.data.get(name, "") if self.is_bound else self.initial["shape"])

    @property
    def has_seasons(self) -> bool:
        return "season_kind" in self.fields

    @property
    def is_by_points(self) -> bool:
        return self["shape"].value() in WITH_POINTS

    @property
    def has_finer(self) -> bool:
        """Whether anything beyond the shape itself is filled in or wrong."""
        names = [name for name in ("c", "m", "p", "season_kind") if name in self.fields]
        return any(self[name].value() not in (None, "") or self[name].errors for name in names)

    # ------------------------------------------------------------- as services take it
    def start(self) -> Start:
        data = self.cleaned_data
        method = data["baseline_method"]
        count = 1 if method == Method.SINGLE else data["baseline_periods"]
        value = exactly(data["baseline_value"], self.row.baseline.value)
        return Start(data["baseline_period"], value, method, count)

    def goal(self) -> Goal:
        data, stored = self.cleaned_data, self.row.target.value
        value = data["target_value"]
        return data["target_period"], stored if value == shown_number(stored) else value

    def shape_terms(self, *, carried: bool) -> dict[str, Any]:
        """Fields of `Form` but for its points; what belongs to another shape is left out.

        `carried`: whether interventions carry the path, which may then drift.
        """
        data = self.cleaned_data
        known = set(shapes.DEFAULTS.get(data["shape"], ())) | ({"drift"} if carried else set())
        stored = self.row.parameters
        given = {
            name: exactly(data[name], stored.get(name))
            for name in PARAMETERS
            if data.get(name) is not None
        }
        kind, values = data.get("season_kind"), data.get("season_values", [])
        return {
            "shape": data["shape"], "low": exactly(data["low"], self.row.low),
            "high": exactly(data["high"], self.row.high),
            "parameters": {name: value for name, value in given.items() if name in known},
            "season": {"kind": kind, "values": values} if kind else {},
        }  # fmt: skip


def season_fields(metric: Metric) -> dict[str, forms.Field]:
    first = {"month": _("January"), "day": _("Monday")}.get(metric.frequency)
    words = gettext("%(count)s numbers with blanks between them, from %(first)s on.")
    return {
        "season_kind": forms.ChoiceField(
            label=_("Time of year"), choices=SEASON_KINDS, required=False
        ),
        "season_values": forms.CharField(
            label=_("One number for each season"), required=False, max_length=LONGEST,
            help_text=words % {
                "count": SEASONS[metric.frequency],
                "first": first or gettext("the first part of the year"),
            },
        ),
    }  # fmt: skip
