"""The way from database to database is measured on figures that are really there."""

import pytest
from django.conf import LazySettings
from django.db import connection

from aspirations.models import Judgment, Observation, Series, Trajectory
from aspirations.services.judging import judge_all_stale
from benchmarks import judged
from benchmarks.loading import load
from benchmarks.rows import Sizes
from benchmarks.workers import Shift

pytestmark = [pytest.mark.django_db]
SMALL = Sizes(series=300, periods=24, sample=1)


@pytest.fixture
def loaded(settings: LazySettings) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: COPY is PostgreSQL's")
    settings.JUDGE_CHUNK = 100
    load(SMALL.series, SMALL.periods)


def test_every_series_has_its_figures_and_nine_in_ten_a_path(loaded: None) -> None:
    assert Series.objects.stale().count() == SMALL.series
    assert Observation.objects.count() == SMALL.series * SMALL.periods
    assert Trajectory.objects.in_force().count() == SMALL.series * 9 // 10
    values = set(Observation.objects.values_list("value", flat=True))
    assert len(values) == SMALL.series * SMALL.periods


def test_the_parts_and_the_runs_do_what_they_say(loaded: None) -> None:
    out, kernel = judged.reading_and_judging(SMALL)
    assert out > 0
    assert kernel > 0
    assert judge_all_stale().written == SMALL.series
    again = list(judged.taken_in())
    assert len(again) == 3
    assert Judgment.objects.count() == SMALL.series
    assert judged.nothing_changed(SMALL).ratio == 0
    assert "3 series" in judged.few_changed(Shift(1.0, 1.0, 1.0, 1)).figures
    assert Judgment.objects.count() == SMALL.series + 3
