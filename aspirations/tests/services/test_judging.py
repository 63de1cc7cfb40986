"""The queue: what is due is judged once, nothing is lost, nothing unchanged is written."""

import math
import uuid
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from aspirations.analysis import engine, fingerprint
from aspirations.models import DataQuality, Judgment, Policy, Rebase, Series
from aspirations.services import judging, overdue
from aspirations.services.blocks import Gathered
from aspirations.services.judging import (
    claim_stale,
    judge_all_stale,
    judge_claimed,
    judge_now,
    judge_some,
    verdicts_of,
)
from aspirations.services.overdue import mark_overdue
from aspirations.tests.factories import SeriesFactory, SystemFactory, agreed_path, observe
from people.models import System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
START = date(2024, 1, 1)


@pytest.fixture
def series() -> Series:
    """A monthly series ten points into a path of twenty-four months, half a point behind."""
    system = SystemFactory(reporting_date=date(2024, 12, 15))
    series = SeriesFactory(metric__system=system)
    values = [50 + 0.9 * step + (0.4 if step % 2 else -0.4) for step in range(11)]
    observe(series, START, [50.0, *values[1:]])
    agreed_path(series, (START, 50.0), (date(2026, 1, 1), 74.0))
    Series.objects.filter(pk=series.pk).mark_stale()
    return series


def test_what_is_due_is_judged_and_no_longer_due(series: Series) -> None:
    done = judge_all_stale()
    series.refresh_from_db()
    now = series.current_judgment
    assert (done.judged, done.written, done.parked) == (1, 1, 0)
    assert now is not None
    assert (now.seq, now.period, now.as_of) == (1, date(2024, 11, 1), date(2024, 12, 15))
    assert now.light in {"R", "AR", "AG", "G"}
    assert now.actual is not None
    assert now.expected is not None
    assert now.gap == pytest.approx(now.actual - now.expected)
    assert (series.stale_since, series.claim, series.judged_as_of) == (None, None, now.as_of)


def test_the_same_inputs_write_nothing(series: Series) -> None:
    judge_all_stale()
    Series.objects.all().mark_stale()
    assert judge_all_stale().written == 0
    assert Judgment.objects.count() == 1


CHANGES = {
    "a figure": lambda row: row.observations.filter(period=date(2024, 11, 1)).update(value=40.0),
    "the policy": lambda row: Policy.objects.create(
        system=row.metric.system, values={"tau": 0.2}, reason="Stricter."
    ),
    "a rebase": lambda row: Rebase.objects.create(
        series=row, period=date(2024, 5, 1), reason="New definition."
    ),
    "the metric": lambda row: type(row.metric).objects.update(direction="decrease"),
    "freshness": lambda row: System.objects.update(reporting_date=date(2025, 1, 5)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_of_inputs_appends_a_judgment_and_keeps_the_old_one(
    series: Series, change: Callable[[Series], object]
) -> None:
    judge_all_stale()
    change(series)
    Series.objects.all().mark_stale()
    assert judge_all_stale().written == 1
    assert list(Judgment.objects.values_list("seq", flat=True)) == [1, 2]
    assert Series.objects.get().current_judgment == Judgment.objects.get(seq=2)


def test_a_mark_set_while_computing_is_not_cleared(series: Series) -> None:
    claim, marks = claim_stale(10)
    Series.objects.all().mark_stale()
    judge_claimed(claim, marks)
    series.refresh_from_db()
    assert series.stale_since is not None
    assert judge_some() is not None
    assert judge_some() is None


def test_two_workers_do_not_take_the_same_series(series: Series) -> None:
    first, _ = claim_stale(10)
    _, marks = claim_stale(10)
    assert marks == {}
    series.refresh_from_db()
    assert series.claim == first


def test_a_dead_workers_claim_lapses_and_its_late_result_is_not_stored(series: Series) -> None:
    dead, marks = claim_stale(10)
    Series.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert judge_all_stale().written == 1
    assert judge_claimed(dead, marks).judged == 0
    assert Judgment.objects.count() == 1


def test_a_claim_from_before_the_clock_was_put_back_lapses_at_once(series: Series) -> None:
    claim_stale(10)
    Series.objects.update(claimed_until=timezone.now() + timedelta(hours=2))
    assert judge_all_stale().judged == 1


def test_marking_locks_series_in_the_order_of_their_keys(
    series: Series, django_assert_num_queries: Any
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: SQLite locks the whole database")
    with django_assert_num_queries(2) as log:
        Series.objects.filter(metric=series.metric).mark_stale()
    asked = log.captured_queries[0]["sql"]
    assert asked.endswith("ORDER BY 1 ASC FOR NO KEY UPDATE")


BAD_POLICIES: list[Any] = [{"tau": 9}, {"taw": 1}, {"tau": [1]}, {"tau": "x"}, ["tau"]]


@pytest.mark.parametrize("values", BAD_POLICIES)
def test_a_policy_spoilt_in_the_database_parks_its_series_with_the_reason(
    series: Series, values: Any
) -> None:
    Policy.objects.create(system=series.metric.system, values=values, reason="By hand.")
    assert judge_all_stale().parked == 1
    parked = Series.objects.parked().get()
    assert parked.parked_reason
    assert parked.current_judgment is None


EXTREMES = [1e308, -1e308, 1e-308, 1e154]


@pytest.mark.parametrize("value", EXTREMES)
@pytest.mark.filterwarnings("ignore:(overflow|invalid value) encountered:RuntimeWarning")
def test_extreme_figures_are_judged_in_finite_figures(series: Series, value: float) -> None:
    series.observations.filter(period__gte=date(2024, 6, 1)).update(value=value)
    assert judge_all_stale().written == 1
    figures = Judgment.objects.values().get()
    floats = {name: figure for name, figure in figures.items() if isinstance(figure, float)}
    assert floats["actual"] == value
    assert all(map(math.isfinite, floats.values())), floats


def test_a_series_that_cannot_be_judged_is_parked_and_the_others_are_judged(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = SeriesFactory(metric__system=series.metric.system)
    Series.objects.all().mark_stale()
    real = judging.gather_keys

    def fails(keys: Collection[int]) -> Iterator[Gathered]:
        if broken.pk in keys:
            raise ArithmeticError("does not add up")
        return real(keys)

    monkeypatch.setattr(judging, "gather_keys", fails)
    done = judge_all_stale()
    broken.refresh_from_db()
    series.refresh_from_db()
    assert series.current_judgment is not None
    assert done.parked == 1
    assert broken.parked_reason == "ArithmeticError: does not add up"
    assert broken.stale_since is not None


def test_a_parked_series_is_tried_again_when_its_inputs_change(series: Series) -> None:
    Series.objects.update(parked_reason="Broken.", failures=3)
    assert judge_some() is None
    Series.objects.all().mark_stale()
    assert judge_all_stale().judged == 1


def test_a_look_at_another_date_stores_nothing(series: Series) -> None:
    verdict = verdicts_of([series.pk], date(2024, 6, 10))[0]
    assert verdict.judgment.period == "2024-05-01"
    assert not Judgment.objects.exists()


def test_judging_now_does_not_wait_for_the_queue(series: Series) -> None:
    judge_all_stale()
    series.observations.filter(period=date(2024, 11, 1)).update(value=40.0)
    assert judge_now([series.pk]).written == 1


def test_series_without_a_promise_say_why(series: Series) -> None:
    bare = SeriesFactory(metric__system=series.metric.system)
    judge_now([bare.pk])
    bare.refresh_from_db()
    assert bare.current_judgment is not None
    assert (bare.current_judgment.light, bare.current_judgment.not_judged_reason) == (
        "N",
        "no_target",
    )


def test_time_alone_makes_a_series_due_once_it_is_late(series: Series) -> None:
    System.objects.update(reporting_date=None)
    with time_machine.travel(datetime(2024, 12, 15, tzinfo=UTC), tick=False):
        judge_all_stale()
        assert mark_overdue() == 0
    with time_machine.travel(datetime(2025, 1, 3, tzinfo=UTC), tick=False):
        assert mark_overdue() == 1
        judge_all_stale()
        series.refresh_from_db()
        assert series.current_judgment is not None
        assert series.current_judgment.freshness == "late"
        assert mark_overdue() == 0


def test_time_alone_makes_a_series_due_once_a_figure_becomes_public(series: Series) -> None:
    System.objects.update(reporting_date=None)
    series.observations.filter(period=date(2024, 11, 1)).update(published_on=date(2024, 12, 20))
    with time_machine.travel(datetime(2024, 12, 15, tzinfo=UTC), tick=False):
        judge_all_stale()
    with time_machine.travel(datetime(2024, 12, 20, 6, tzinfo=UTC), tick=False):
        assert mark_overdue() == 1
        judge_all_stale()
    series.refresh_from_db()
    assert series.current_judgment is not None
    assert series.current_judgment.period == date(2024, 11, 1)


def test_time_alone_makes_a_series_due_once_a_rating_comes_or_goes(series: Series) -> None:
    System.objects.update(reporting_date=None)
    marks = {"accuracy": 1, "timeliness": 4, "comparability": 4}
    with time_machine.travel(datetime(2024, 12, 15, tzinfo=UTC), tick=False):
        DataQuality.objects.create(metric=series.metric, rated_on=date(2024, 12, 17), **marks)
        judge_all_stale()
        assert mark_overdue() == 0
    for day, reason in ((17, "quality_d"), (18, "quality_d")):
        with time_machine.travel(datetime(2024, 12, day, tzinfo=UTC), tick=False):
            assert mark_overdue() == (day == 17)
            judge_all_stale()
            series.refresh_from_db()
            assert series.current_judgment is not None
            assert series.current_judgment.not_judged_reason == reason
    System.objects.update(reporting_date=date(2025, 12, 18))
    series.observations.all().delete()
    observe(series, date(2024, 12, 1), [60.0] * 12)
    assert mark_overdue() == 1
    judge_all_stale()
    series.refresh_from_db()
    assert series.current_judgment is not None
    assert series.current_judgment.not_judged_reason != "quality_d"


def test_what_an_earlier_version_of_the_arithmetic_judged_is_judged_again(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge_all_stale()
    assert mark_overdue() == 0
    for module in (overdue, fingerprint, engine):
        monkeypatch.setattr(module, "ENGINE_VERSION", "of tomorrow")
    assert mark_overdue() == 1
    assert judge_all_stale().written == 1
    assert mark_overdue() == 0


def test_judging_many_takes_as_many_queries_as_few(
    series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    from_one = Series.objects.bulk_create(
        Series(
            metric=series.metric,
            segment=series.segment.__class__.objects.create(
                system=series.metric.system, code=f"place {n}", name=f"Place {n}"
            ),
        )
        for n in range(40)
    )
    for row in from_one:
        observe(row, START, [50.0, 51.0, 50.5])
    Series.objects.all().mark_stale()
    with django_assert_max_num_queries(24):
        assert judge_some() is not None
    assert Judgment.objects.count() == 41


def test_the_database_refuses_to_edit_a_judgment(series: Series) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: only PostgreSQL guards judgments itself")
    judge_all_stale()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL headway.maintenance = 'off'")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Judgment.objects.update(light="G")


CONTRADICTIONS = [
    {"light": "N", "not_judged_reason": ""},
    {"light": "G", "not_judged_reason": "stale"},
    {"light": "G", "likelihood": 1.2},
]


@pytest.mark.parametrize("fields", CONTRADICTIONS)
def test_the_database_refuses_a_judgment_that_contradicts_itself(
    series: Series, fields: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgment.objects.create(
            series=series, seq=1, as_of=START, engine_version="1", input_hash=uuid.uuid4().hex,
            **fields,
        )  # fmt: skip
