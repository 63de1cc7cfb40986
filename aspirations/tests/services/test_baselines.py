"""Where a path starts: one figure, a mean or a trend; never a mean of rates."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from aspirations.models import Baseline, Observation, Series, Target, Trajectory
from aspirations.services.commitments import settle, state, why_waiting
from aspirations.tests.factories import MetricFactory, SeriesFactory, observe

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
JULY, END = date(2024, 7, 1), date(2026, 7, 1)


def promised(series: Series, method: str, count: int = 3, **changes: Any) -> None:
    state(
        metric=series.metric, segment=None,
        stated={
            "baseline_period": JULY, "baseline_value": None, "baseline_method": method,
            "baseline_periods": count, "target_period": END, "target_value": 90.0, **changes,
        },
    )  # fmt: skip


def started(series: Series) -> float | None:
    settle(Series.objects.filter(pk=series.pk))
    row = Trajectory.objects.in_force().filter(series=series).first()
    return row.baseline.value if row else None


def parts(series: Series, figures: list[tuple[float, float]]) -> None:
    """Numerator and denominator of May, June, July …; the value is their percentage."""
    rows = observe(series, date(2024, 5, 1), [100 * above / below for above, below in figures])
    for row, (above, below) in zip(rows, figures, strict=True):
        Observation.objects.filter(pk=row.pk).update(numerator=above, denominator=below)


def test_the_mean_is_taken_over_the_periods_up_to_the_baseline() -> None:
    series = SeriesFactory()
    observe(series, date(2024, 4, 1), [10.0, 60.0, 62.0, 67.0, 99.0])
    promised(series, "mean")
    assert started(series) == 63.0
    row = Baseline.objects.get()
    assert (row.method, row.periods, row.period) == ("mean", 3, JULY)


def test_the_trend_ends_in_the_baseline_period() -> None:
    series = SeriesFactory()
    observe(series, date(2024, 5, 1), [1.0, 3.0, 2.0])
    promised(series, "trend")
    assert started(series) == pytest.approx(2.5)


def test_it_waits_for_every_figure_and_says_for_which() -> None:
    series = SeriesFactory()
    observe(series, date(2024, 6, 1), [62.0])
    promised(series, "mean")
    assert started(series) is None
    assert "still to come (2024-05, 2024-07)" in why_waiting(series)
    observe(series, date(2024, 5, 1), [60.0])
    observe(series, JULY, [64.0])
    assert started(series) == 62.0
    assert why_waiting(series) == ""


def test_a_figure_known_to_be_missing_is_left_out_not_waited_for() -> None:
    series = SeriesFactory()
    observe(series, date(2024, 5, 1), [60.0, None, 64.0])
    promised(series, "mean")
    assert started(series) == 62.0


def test_too_few_known_figures_make_no_baseline() -> None:
    series = SeriesFactory()
    observe(series, date(2024, 5, 1), [60.0, None, None])
    promised(series, "mean")
    assert started(series) is None
    assert "only 1 of the figures" in why_waiting(series)


def test_months_without_figures_are_not_waited_for() -> None:
    series = SeriesFactory(metric=MetricFactory(expected_months=[5, 7]))
    observe(series, date(2024, 5, 1), [60.0])
    observe(series, JULY, [70.0])
    promised(series, "mean")
    assert started(series) == 65.0


def test_rates_are_pooled_and_never_averaged() -> None:
    series = SeriesFactory(metric=MetricFactory(kind="rate"))
    parts(series, [(1, 2), (90, 100), (9, 10)])
    promised(series, "mean")
    assert started(series) == pytest.approx(100 * 100 / 112)


def test_the_trend_of_rates_counts_by_their_denominators() -> None:
    series = SeriesFactory(metric=MetricFactory(kind="rate", rate_per=100.0))
    parts(series, [(50, 100), (60_000, 100_000), (50, 100)])
    promised(series, "trend")
    assert started(series) == pytest.approx(60.0, abs=0.1)


@pytest.mark.parametrize("method", ["mean", "trend"])
def test_rates_without_their_parts_make_no_baseline(method: str) -> None:
    series = SeriesFactory(metric=MetricFactory(kind="rate"))
    observe(series, date(2024, 5, 1), [60.0, 62.0, 64.0])
    promised(series, method)
    assert started(series) is None
    assert "3 of the 3 rates" in why_waiting(series)
    assert Target.objects.in_force().exists()


def test_a_baseline_from_which_no_path_can_be_drawn_waits_and_says_why() -> None:
    series = SeriesFactory()
    observe(series, JULY, [50.0])
    promised(series, "single", 1, shape="points", points=[["2024-07-01", 90.0]])
    assert started(series) is None
    assert "the baseline is 50.0" in why_waiting(series)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"baseline_method": "median"}, "“median” is not known. Use one of single, mean, trend"),
    ({"baseline_method": "mean", "baseline_periods": 1}, "taken over 1 periods. Give at least 2"),
    ({"baseline_method": "trend", "baseline_periods": 2}, "Give at least 3"),
    ({"baseline_method": "mean", "baseline_periods": 3, "baseline_value": 60.0}, "Leave one of"),
    ({"baseline_method": "single", "baseline_periods": 3}, "Leave them out"),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED)
def test_a_method_that_cannot_be_meant_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        promised(SeriesFactory(), "single", 1, **changes)
    assert said in str(refusal.value)


def test_a_running_total_has_no_mean() -> None:
    series = SeriesFactory(metric=MetricFactory(kind="cumulative"))
    with pytest.raises(ValidationError, match="Use a single period"):
        promised(series, "mean")
