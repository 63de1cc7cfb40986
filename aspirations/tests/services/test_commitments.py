"""From a promise to a path: once, for every series it covers, and moved only with a reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from aspirations.models import (
    Baseline,
    Commitment,
    Effect,
    Intervention,
    Placement,
    Segment,
    Series,
    Target,
    Trajectory,
)
from aspirations.services.commitments import settle, state
from aspirations.tests.factories import (
    AspirationFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    observe,
)

pytestmark = pytest.mark.django_db
START, END = date(2024, 1, 1), date(2025, 1, 1)


def stated(**changes: object) -> dict[str, object]:
    return {
        "baseline_period": START, "baseline_value": None, "target_period": END,
        "target_value": 90.0, "shape": "linear", "points": [], **changes,
    }  # fmt: skip


def everyone() -> tuple[Series, Series]:
    """The series of the whole and of one place, both observed at the baseline."""
    whole = SeriesFactory()
    place = SeriesFactory(
        metric=whole.metric, segment=SegmentFactory(system=whole.metric.system, code="north")
    )
    observe(whole, START, [60.0])
    observe(place, START, [50.0])
    return whole, place


def path(series: Series) -> tuple[float, float]:
    now = Trajectory.objects.in_force().get(series=series)
    return now.baseline.value, now.target.value


def test_a_promise_for_every_segment_starts_each_from_its_own_baseline() -> None:
    whole, place = everyone()
    state(metric=whole.metric, segment=None, stated=stated())
    assert settle(Series.objects.all()) == 2
    assert (path(whole), path(place)) == ((60.0, 90.0), (50.0, 90.0))
    assert not Series.objects.filter(stale_since=None).exists()


def test_settling_again_changes_nothing() -> None:
    whole, _ = everyone()
    state(metric=whole.metric, segment=None, stated=stated())
    settle(Series.objects.all())
    assert settle(Series.objects.all()) == 0
    assert Trajectory.objects.count() == 2


def test_a_segments_own_promise_goes_before_everyones() -> None:
    whole, place = everyone()
    state(metric=whole.metric, segment=None, stated=stated())
    state(metric=whole.metric, segment=place.segment, stated=stated(target_value=70.0))
    settle(Series.objects.all())
    assert (path(whole), path(place)) == ((60.0, 90.0), (50.0, 70.0))


def test_a_path_waits_for_its_baseline_and_its_target_does_not() -> None:
    series = SeriesFactory()
    state(metric=series.metric, segment=None, stated=stated())
    settle(Series.objects.all())
    assert Target.objects.in_force().get(series=series).value == 90.0
    assert not Trajectory.objects.exists()
    observe(series, START, [None, 61.0])
    assert settle(Series.objects.all()) == 0
    series.observations.filter(period=START).update(value=60.0, missing_reason="")
    assert settle(Series.objects.all()) == 1
    assert path(series) == (60.0, 90.0)


def test_no_path_to_a_superseded_target_stays_in_force() -> None:
    series = SeriesFactory()
    observe(series, START, [60.0])
    state(metric=series.metric, segment=None, stated=stated(), reason="Budget 2024.")
    settle(Series.objects.all())
    later = stated(baseline_period=END, target_period=date(2026, 1, 1), target_value=95.0)
    state(metric=series.metric, segment=None, stated=later, reason="A new plan.")
    settle(Series.objects.all())
    assert Target.objects.in_force().get(series=series).value == 95.0
    assert not Trajectory.objects.in_force().exists()
    observe(series, END, [70.0])
    settle(Series.objects.all())
    assert path(series) == (70.0, 95.0)


def test_a_target_moved_twice_asks_each_time_for_a_reason_of_its_own() -> None:
    metric = MetricFactory()
    for value, reason in ((90.0, "Budget 2024."), (85.0, "Funding cut."), (80.0, "Cut again.")):
        state(metric=metric, segment=None, stated=stated(target_value=value), reason=reason)
    with pytest.raises(ValidationError, match="only with a new reason"):
        state(metric=metric, segment=None, stated=stated(), reason="Budget 2024.")
    assert [row.target_value for row in Commitment.objects.order_by("version")] == [90, 85, 80]


def test_a_promise_and_a_place_keep_to_one_system() -> None:
    metric, elsewhere = MetricFactory(), SegmentFactory(code="north")
    with pytest.raises(ValidationError, match="one system"):
        state(metric=metric, segment=elsewhere, stated=stated())
    with pytest.raises(ValidationError, match="its own system"):
        Placement(metric=metric, aspiration=AspirationFactory()).clean()


def test_the_frozen_baseline_does_not_follow_a_later_correction() -> None:
    series = SeriesFactory()
    observe(series, START, [60.0])
    state(metric=series.metric, segment=None, stated=stated())
    settle(Series.objects.all())
    series.observations.update(value=65.0)
    settle(Series.objects.all())
    assert path(series) == (60.0, 90.0)


def test_a_moved_target_is_a_new_version_with_its_reason_and_the_old_one_stays() -> None:
    whole, _ = everyone()
    state(metric=whole.metric, segment=None, stated=stated(), reason="Budget 2024.")
    settle(Series.objects.all())
    state(
        metric=whole.metric, segment=None, stated=stated(target_value=85.0), reason="Funding cut."
    )
    settle(Series.objects.all())
    versions = Target.objects.filter(series=whole).values_list("version", "value", "status")
    assert list(versions) == [(1, 90.0, "superseded"), (2, 85.0, "agreed")]
    assert Target.objects.get(series=whole, version=2).reason == "Funding cut."
    assert Trajectory.objects.in_force().get(series=whole).version == 2
    assert Baseline.objects.filter(series=whole).count() == 2


@pytest.mark.parametrize("reason", ["", "   ", "Too low.", "Budget 2024."])
def test_a_moved_target_without_a_new_reason_is_refused(reason: str) -> None:
    metric = MetricFactory()
    state(metric=metric, segment=None, stated=stated(), reason="Budget 2024.")
    with pytest.raises(ValidationError, match=r"from 90.0 to 80.0.*only with a new reason"):
        state(metric=metric, segment=None, stated=stated(target_value=80.0), reason=reason)
    assert Commitment.objects.get().target_value == 90.0


REFUSED: list[dict[str, object]] = [
    {"target_period": date(2023, 1, 1)},
    {"target_period": START},
    {"shape": "points", "points": [["2026-01-01", 70.0]]},
    {"target_value": float("inf")},
]


@pytest.mark.parametrize("changes", REFUSED)
def test_a_path_that_cannot_be_drawn_is_refused(changes: dict[str, object]) -> None:
    metric = MetricFactory()
    with pytest.raises(ValidationError) as refusal:
        state(metric=metric, segment=None, stated=stated(**changes))
    assert metric.slug in str(refusal.value)
    assert not Commitment.objects.exists()


def test_an_agreed_version_is_frozen() -> None:
    whole, _ = everyone()
    state(metric=whole.metric, segment=None, stated=stated())
    settle(Series.objects.all())
    target = Target.objects.get(series=whole)
    target.value = 1.0
    with pytest.raises(ValidationError, match=r"frozen.*value"):
        target.save()
    assert Target.objects.get(series=whole).value == 90.0


def test_a_version_ends_at_the_moment_the_next_begins() -> None:
    whole, _ = everyone()
    state(metric=whole.metric, segment=None, stated=stated(), reason="Budget 2024.")
    settle(Series.objects.all())
    state(metric=whole.metric, segment=None, stated=stated(target_value=85.0), reason="Funds cut.")
    settle(Series.objects.all())
    for model in (Target, Trajectory):
        first, second = model.objects.filter(series=whole).order_by("version")
        assert first.superseded_at == second.agreed_at is not None
    earlier, later = Commitment.objects.order_by("version")
    assert earlier.superseded_at == later.created_at


MOVES: list[dict[str, object]] = [
    {"shape": "s_curve"},
    {"parameters": {"c": 8.0}, "shape": "s_curve"},
    {"season": {"kind": "offset", "values": [1.0, -1.0] * 6}},
    {"low": 85.0, "high": 95.0},
    {"baseline_method": "mean", "baseline_periods": 3},
    {"effects": [{"intervention": "coaches", "start": START, "mid": 3.0}]},
]


@pytest.mark.parametrize("changes", MOVES)
def test_whatever_is_stated_otherwise_is_another_promise(changes: dict[str, object]) -> None:
    metric = MetricFactory()
    Intervention.objects.create(system=metric.system, slug="coaches", name="Coaches")
    state(metric=metric, segment=None, stated=stated())
    with pytest.raises(ValidationError, match="only with a new reason"):
        state(metric=metric, segment=None, stated=stated(**changes))
    made = state(metric=metric, segment=None, stated=stated(**changes), reason="We know more.")
    assert made is not None
    assert made.version == 2
    assert state(metric=metric, segment=None, stated=stated(**changes)) is None


def test_a_version_takes_over_all_that_was_promised() -> None:
    whole, _ = everyone()
    form = {
        "shape": "s_curve", "parameters": {"c": 8.0}, "low": 85.0, "high": 95.0,
        "season": {"kind": "index", "values": [1.1, 0.9] * 6},
    }  # fmt: skip
    state(metric=whole.metric, segment=None, stated=stated(**form))
    settle(Series.objects.all())
    row = Trajectory.objects.in_force().get(series=whole)
    assert {name: getattr(row, name) for name in form} == form


@pytest.mark.parametrize("carried", [False, True])
def test_settling_many_series_takes_as_many_queries_as_few(
    django_assert_max_num_queries: DjangoAssertNumQueries, carried: bool
) -> None:
    metric = MetricFactory()
    Intervention.objects.create(system=metric.system, slug="coaches", name="Coaches")
    effects = [{"intervention": "coaches", "start": START, "mid": 3.0}] if carried else []
    segments = Segment.objects.bulk_create(
        Segment(system=metric.system, code=f"place {n}", name=f"Place {n}") for n in range(60)
    )
    for series in Series.objects.bulk_create(
        Series(metric=metric, segment=segment) for segment in segments
    ):
        observe(series, START, [50.0])
    state(metric=metric, segment=None, stated=stated(effects=effects))
    with django_assert_max_num_queries(24 if carried else 20):
        assert settle(Series.objects.all()) == 60
    assert Effect.objects.count() == 60 * len(effects)
