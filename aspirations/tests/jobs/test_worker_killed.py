"""A worker killed in the middle of judging: after a restart everything due is judged, once."""

from datetime import date

import pytest
from django.db.models import Count

from aspirations import tasks
from aspirations.models import Judgment, Segment, Series
from aspirations.tests.factories import MetricFactory, observe
from aspirations.tests.jobs.worker import Worker, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.embedded]
COUNT = 200
SHORT = {"JUDGE_CHUNK": "4", "JUDGE_CLAIM_SECONDS": "2"}


def make_due() -> None:
    metric = MetricFactory()
    for number in range(COUNT):
        segment = Segment.objects.create(
            system=metric.system, code=f"place {number}", name=f"Place {number}"
        )
        observe(Series.objects.create(metric=metric, segment=segment), date(2024, 1, 1), [1.0, 2.0])
    Series.objects.all().mark_stale()


def due() -> int:
    return Series.objects.stale().count()


def test_everything_due_is_judged_once() -> None:
    make_due()
    with Worker(**SHORT) as worker:
        tasks.judge_stale.delay()
        wait_until(lambda: due() < COUNT, "the worker has begun")
        worker.kill()
    left = due()
    assert 0 < left < COUNT
    with Worker(**SHORT):

        def rung_again() -> bool:
            # What the timer does each minute; a lapsed claim is free for the next ring.
            tasks.judge_stale.delay()
            return due() == 0

        wait_until(rung_again, "the rest is judged", 90)
    per_series = Judgment.objects.values("series").annotate(times=Count("pk"))
    assert per_series.count() == COUNT
    assert {row["times"] for row in per_series} == {1}
    assert not Series.objects.exclude(claim=None).exists()
