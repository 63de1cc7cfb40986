"""What happens between reading and writing: nothing half-read or outdated is stored."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from aspirations.models import Judgment, Observation, Series
from aspirations.services import inputs
from aspirations.services.judging import claim_stale, judge_all_stale, judge_claimed
from aspirations.services.replay import verify
from aspirations.tests.factories import SegmentFactory, SeriesFactory, observe

pytestmark = [pytest.mark.django_db(transaction=True)]
START, LATEST = date(2024, 1, 1), date(2024, 3, 1)


@pytest.fixture
def series() -> Series:
    if connection.vendor != "postgresql":
        pytest.skip("not run: SQLite lets one transaction write at a time")
    row = SeriesFactory()
    observe(row, START, [50.0, 51.0, 52.0])
    Series.objects.all().mark_stale()
    return row


def elsewhere(work: Callable[[], object]) -> None:
    """Done on a connection of its own, to the end."""

    def run() -> None:
        work()
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


@contextmanager
def open_elsewhere(work: Callable[[], object]) -> Iterator[None]:
    """Done in a transaction of another connection that ends with the block."""
    begun, end = threading.Event(), threading.Event()

    def run() -> None:
        with transaction.atomic():
            work()
            begun.set()
            end.wait(30)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert begun.wait(30)
    try:
        yield
    finally:
        end.set()
        thread.join(30)


def correct() -> None:
    """Marks first, as an import does, and then dates its change."""
    Series.objects.all().mark_stale()
    Observation.objects.filter(period=LATEST).update(value=40.0, recorded_at=timezone.now())


def test_what_is_corrected_while_it_is_read_is_read_as_it_was_and_not_stored(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = inputs.observations
    read: list[float] = []

    def late(*asked: Any) -> Any:
        if not read:
            elsewhere(correct)
        found = real(*asked)
        read.append(found[-1]["value"].max())
        return found

    monkeypatch.setattr(inputs, "observations", late)
    assert judge_claimed(*claim_stale(10)).written == 0
    assert read == [52.0]
    assert judge_all_stale().written == 1
    assert Judgment.objects.get().actual == 40.0
    assert list(verify(Series.objects.all())) == []


def test_a_change_under_way_is_not_waited_for_and_keeps_the_judgment_out(series: Series) -> None:
    claim, marks = claim_stale(10)
    with open_elsewhere(correct):
        assert judge_claimed(claim, marks).written == 0
        assert judge_all_stale().judged == 0
    assert judge_all_stale().written == 1
    assert Judgment.objects.get().actual == 40.0
    assert list(verify(Series.objects.all())) == []


def test_a_change_that_fails_leaves_the_series_to_be_judged(series: Series) -> None:
    def fails() -> None:
        with transaction.atomic():
            correct()
            transaction.set_rollback(True)

    claim, marks = claim_stale(10)
    elsewhere(fails)
    assert judge_claimed(claim, marks).written == 1
    assert Judgment.objects.get().actual == 52.0


def test_two_workers_at_once_judge_each_series_once(series: Series) -> None:
    for number in range(20):
        place = SegmentFactory(system=series.metric.system, code=f"place {number}")
        observe(SeriesFactory(metric=series.metric, segment=place), START, [1.0, 2.0])
    Series.objects.all().mark_stale()
    with open_elsewhere(lambda: claim_stale(10)):
        assert judge_all_stale().judged == 11
    assert Series.objects.stale().count() == 10
    Series.objects.update(claimed_until=None)
    assert judge_all_stale().judged == 10
    assert Judgment.objects.values("series").distinct().count() == Judgment.objects.count() == 21
