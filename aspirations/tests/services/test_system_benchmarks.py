"""Benchmarks in a system file."""

from datetime import date
from typing import Any

import pytest

from aspirations.models import Benchmark
from aspirations.services.benchmarks import withdraw_benchmark
from aspirations.services.systems import load
from aspirations.services.tables import FileFault

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
STATED = {
    "kind": "peer", "name": "Alderway", "period": "2024-04", "value": 61, "yearly_change": 3.5,
    "note": "The same check.", "source": "Its yearbook",
}  # fmt: skip


def file(**changes: Any) -> dict[str, Any]:
    told = {name: value for name, value in {**STATED, **changes}.items() if value is not None}
    metric = {"slug": "homes", "direction": "increase", "frequency": "month", "benchmarks": [told]}
    return {"system": {"slug": "riverside", "name": "Riverside"}, "metrics": [metric]}


def test_it_is_stored_once() -> None:
    assert "benchmark homes Alderway" in load(file()).created
    assert load(file()).created == []
    row = Benchmark.objects.get()
    assert (row.period, row.value, row.yearly_change) == (date(2024, 4, 1), 61.0, 3.5)


def test_said_otherwise_it_is_the_next_version_and_the_old_file_does_not_return() -> None:
    load(file())
    load(file(value=62))
    load(file())
    assert [row.value for row in Benchmark.objects.that_count()] == [62.0]
    assert Benchmark.objects.count() == 2


def test_one_taken_back_is_not_written_down_again() -> None:
    load(file())
    withdraw_benchmark(benchmark=Benchmark.objects.get(), reason="It was of another grade.")
    assert load(file()).kept == ["benchmark homes Alderway withdrawn"]
    assert not Benchmark.objects.in_force().exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "own", "yearly_change": None}, "not a valid choice"),
        ({"note": None}, "has no “note”"),
        ({"period": "soon"}, "Not a period"),
        ({"value": "61"}, "value is .*Give a finite number"),
        ({"yearly_change": -1}, "as a number above 0"),
        ({"address": "javascript:alert(1)"}, "is no address"),
        ({"colour": "red"}, "has “colour”"),
    ],
)
def test_one_that_cannot_be_kept_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(FileFault, match=words):
        load(file(**given))
    assert not Benchmark.objects.exists()
