"""Which benchmarks count, which year of peers is the best, and who may write them down."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from aspirations.models import Benchmark, Metric, Series
from aspirations.services.benchmarks import (
    add_benchmark,
    best_year_of_peers,
    withdraw_benchmark,
)
from aspirations.tests.factories import (
    BenchmarkFactory,
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TOLD = {
    "kind": "peer", "name": "Alderway", "period": date(2025, 1, 1), "value": 60.0,
    "note": "The same check.", "source": "Its yearbook",
}  # fmt: skip
WHY = "It was of another grade."


@pytest.fixture
def metric() -> Metric:
    row: Metric = MetricFactory.create(system=SystemFactory.create(reporting_date=date(2026, 3, 1)))
    return row


def counting(metric: Metric) -> list[tuple[str, float]]:
    rows = Benchmark.objects.that_count().filter(metric=metric)
    return [(row.name, row.value) for row in rows]


def test_the_newest_period_of_each_kind_and_name_counts(metric: Metric) -> None:
    add_benchmark(metric=metric, values=TOLD | {"period": date(2025, 6, 1), "value": 63.0})
    add_benchmark(metric=metric, values=TOLD)
    add_benchmark(metric=metric, values=TOLD | {"name": "Lindmark", "value": 55.0})
    best = TOLD | {"kind": "best_in_class", "value": 71.0}
    add_benchmark(metric=metric, values=best)
    assert counting(metric) == [("Alderway", 71.0), ("Alderway", 63.0), ("Lindmark", 55.0)]


def test_of_one_period_the_last_word_counts_until_it_is_taken_back(metric: Metric) -> None:
    add_benchmark(metric=metric, values=TOLD)
    mended = add_benchmark(metric=metric, values=TOLD | {"value": 61.0})
    assert (mended.version, counting(metric)) == (2, [("Alderway", 61.0)])
    withdraw_benchmark(benchmark=mended, reason=WHY)
    assert counting(metric) == [("Alderway", 60.0)]
    assert add_benchmark(metric=metric, values=TOLD).version == 3
    with pytest.raises(ValidationError, match="taken back already"):
        withdraw_benchmark(benchmark=mended, reason=WHY)


def test_the_best_year_is_the_largest_of_the_peers_that_count(metric: Metric) -> None:
    series: Series = SeriesFactory.create(metric=metric)
    assert best_year_of_peers(series) is None
    BenchmarkFactory.create(metric=metric, name="No year")
    assert best_year_of_peers(series) is None
    BenchmarkFactory.create(metric=metric, name="Alderway", yearly_change=3.5)
    BenchmarkFactory.create(metric=metric, name="Lindmark", yearly_change=9.0)
    BenchmarkFactory.create(metric=metric, name="Lindmark", version=2, yearly_change=2.0)
    BenchmarkFactory.create(name="Of another metric", yearly_change=20.0)
    assert best_year_of_peers(series) == 3.5


def test_a_segment_is_held_against_no_whole_system(metric: Metric) -> None:
    BenchmarkFactory.create(metric=metric, yearly_change=3.5)
    north = SegmentFactory.create(system=metric.system, code="north")
    assert best_year_of_peers(SeriesFactory.create(metric=metric, segment=north)) is None


def test_a_day_within_a_period_is_no_period(metric: Metric) -> None:
    with pytest.raises(ValidationError, match="is not the first day of a period"):
        add_benchmark(metric=metric, values=TOLD | {"period": date(2025, 1, 15)})


def test_without_a_better_side_no_year_is_the_best(metric: Metric) -> None:
    metric.direction = "none"
    with pytest.raises(ValidationError, match="Neither up nor down is better"):
        add_benchmark(metric=metric, values=TOLD | {"yearly_change": 2.0})


def test_a_reader_may_neither_add_nor_take_back(metric: Metric) -> None:
    reader = MembershipFactory.create(system=metric.system, role="viewer").user
    with pytest.raises(PermissionDenied):
        add_benchmark(metric=metric, values=TOLD, actor=reader)
    row = add_benchmark(metric=metric, values=TOLD)
    with pytest.raises(PermissionDenied):
        withdraw_benchmark(benchmark=row, reason=WHY, actor=reader)
