"""Columns and rows: what COPY reads and writes is what the models read."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.utils import timezone

from aspirations.analysis import periods
from aspirations.models import (
    Judgment,
    Observation,
    ObservationRevision,
    Rebase,
    Segment,
    Series,
    Trajectory,
)
from aspirations.models.agreements import Agreement
from aspirations.services import inputs
from aspirations.services.blocks import gather, gather_keys
from aspirations.services.copying import append, columns, line
from aspirations.services.judging import judge_all_stale
from aspirations.services.paths import stored_path
from aspirations.tests.factories import MetricFactory, SystemFactory, agreed_path, observe

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
START, DAY = date(2022, 1, 1), date(2024, 3, 20)


@pytest.fixture
def many() -> list[Series]:
    """Forty series of two metrics: holes, figures not public yet, corrections, paths, rebases."""
    noise = np.random.default_rng(7)
    system = SystemFactory(reporting_date=DAY)
    monthly = MetricFactory(system=system, lower_bound=0.0, expected_months=[3, 9])
    yearly = MetricFactory(system=system, frequency="year", year_starts=9, direction="decrease")
    rows = []
    for n in range(40):
        segment = Segment.objects.create(system=system, code=f"place {n}", name=f"Place {n}")
        series = Series.objects.create(metric=yearly if n % 4 == 0 else monthly, segment=segment)
        values = [None if noise.random() < 0.2 else float(noise.normal(50, 9)) for _ in range(26)]
        first = date(2000, 9, 1) if n % 4 == 0 else START
        observe(series, first, values if n % 9 else [])
        if n % 5 == 1:
            agreed_path(series, (START, 50.0), (date(2025, 1, 1), 60.0), **FORMS[n % len(FORMS)])
        if n % 7 == 1:
            Rebase.objects.create(series=series, period=date(2023, 2, 1), reason="New.")
            Rebase.objects.create(series=series, period=date(2022, 8, 1), reason="New.")
        rows.append(series)
    for row in Observation.objects.filter(series__in=rows[::3]).order_by("period")[:60]:
        replace(row, float(noise.normal(50, 9)))
    return rows


FORMS: list[dict[str, Any]] = [
    {},
    {"shape": "points", "points": [["2023-01-01", 52.0], ["2024-01-01", 57.5]]},
    {"shape": "s_curve", "parameters": {"c": 8.0}, "low": 58.0, "high": 61.0},
    {"season": {"kind": "offset", "values": [1.0] * 6 + [-1.0] * 6}},
]


def replace(row: Observation, value: float) -> None:
    now = timezone.now()
    ObservationRevision.objects.create(
        observation=row, number=0, value=row.value, missing_reason=row.missing_reason,
        published_on=row.published_on, recorded_at=row.recorded_at, replaced_at=now,
    )  # fmt: skip
    row.value, row.missing_reason, row.recorded_at, row.revision = value, "", now, 1
    row.save()


def known_rows(keys: Iterable[int], known_at: datetime | None) -> list[tuple[int, date, float]]:
    """The same question asked through the models, one row at a time."""
    found = []
    for row in Observation.objects.filter(series__in=keys).prefetch_related("revisions"):
        versions: list[Any] = [row, *row.revisions.all()]
        if known_at is not None:
            versions = [
                version
                for version in versions
                if version.recorded_at <= known_at
                and getattr(version, "replaced_at", datetime.max.replace(tzinfo=UTC)) > known_at
            ]
        version = versions[0] if versions else None
        if version and version.value is not None and version.published_on <= DAY:
            found.append((row.series_id, row.period, version.value))
    return sorted(found)


@pytest.mark.parametrize("clock", ["now", "before the corrections", "between", "never"])
def test_what_is_read_in_columns_is_what_the_models_say(many: list[Series], clock: str) -> None:
    moments = sorted(ObservationRevision.objects.values_list("replaced_at", flat=True))
    known_at = {
        "now": None,
        "before the corrections": moments[0] - timedelta(microseconds=1),
        "between": moments[len(moments) // 2],
        "never": datetime(2000, 1, 1, tzinfo=UTC),
    }[clock]
    keys = [row.pk for row in many]
    expected = known_rows(keys, known_at)
    assert bool(expected) == (clock != "never")
    cells: dict[int, dict[date, float]] = defaultdict(dict)
    for found in gather(many, known_at=known_at):
        block = found.block
        for place, column in np.argwhere(~np.isnan(block.actual)).tolist():
            day = periods.start(block.frequency, block.first + column, block.year_starts)
            cells[found.keys[place]][day] = float(block.actual[place, column])
    assert sorted((key, day, v) for key, row in cells.items() for day, v in row.items()) == expected


def test_paths_and_stretches_in_columns_are_those_of_the_models(many: list[Series]) -> None:
    rows = Trajectory.objects.select_related("baseline", "target", "series__metric")
    paths = {row.series_id: stored_path(row.series.metric, row) for row in rows}
    assert len(paths) == 8
    assert {path.shape for path in paths.values()} == {"linear", "points", "s_curve"}
    for found in gather_keys([row.pk for row in many]):
        for place, key in enumerate(found.keys):
            assert found.block.paths[place] == paths.get(key)
            starts = [
                periods.ordinal(found.block.frequency, row.period, found.block.year_starts)
                for row in Rebase.objects.filter(series=key).order_by("period")
            ]
            assert list(found.block.rebases[place]) == sorted(set(starts))
            assert found.block.expected_months[place] == frozenset(
                found.metrics[place].expected_months
            )


def test_series_given_and_series_named_make_the_same_blocks(many: list[Series]) -> None:
    given, named = list(gather(many)), list(gather_keys(row.pk for row in many))
    assert [found.keys for found in given] == [found.keys for found in named]
    for one, other in zip(given, named, strict=True):
        assert [row.pk for row in one.series] == one.keys
        np.testing.assert_array_equal(one.block.actual, other.block.actual)
        assert list(one.block.paths) == list(other.block.paths)


def test_the_number_of_questions_does_not_grow(
    many: list[Series], django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20) as few:
        list(gather_keys([row.pk for row in many[:8]]))
    with django_assert_num_queries(len(few.captured_queries)):
        list(gather_keys([row.pk for row in many]))


def test_two_versions_in_force_at_one_moment_leave_the_later(many: list[Series]) -> None:
    """No clock goes backwards here; but the later version must win where one did."""
    old = Trajectory.objects.all()[0]
    now = timezone.now()
    Trajectory.objects.filter(pk=old.pk).update(status=Agreement.SUPERSEDED, superseded_at=None)
    new = Trajectory.objects.create(
        series=old.series, version=2, baseline=old.baseline, target=old.target,
        status=Agreement.AGREED, agreed_at=now,
    )  # fmt: skip
    found = next(gather_keys([old.series_id], known_at=now))
    assert found.trajectories == [new.pk]


def test_an_absent_value_in_columns_is_refused(many: list[Series]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: only COPY has rows of one length")
    select = "SELECT id, value FROM aspirations_observation WHERE value IS NULL"
    with pytest.raises(ValueError, match="does one hold NULL"):
        columns(select, [], {"id": "key", "value": "figure"})


def test_judgments_that_went_in_by_copy_come_out_as_they_were(many: list[Series]) -> None:
    Series.objects.all().mark_stale()
    assert judge_all_stale().written == len(many)
    assert Judgment.objects.values("series").distinct().count() == len(many)
    for row in Judgment.objects.exclude(actual=None).select_related("series"):
        (said,) = [item for item in row.evidence if item["rule"] == "data"]
        assert said["figures"]["period"] == str(row.period)
        assert row.policy["tau"] == 0.1
        assert row.series.current_judgment_id == row.pk


def test_text_with_tabs_and_backslashes_survives() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: only PostgreSQL copies")
    odd = 'a\tb\\c\nd\re\\N "f"'
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE odd (name text, said jsonb, at timestamptz, n int)")
        row = [odd, {"text": odd, "figure": 1e-308}, datetime(2024, 5, 1, 10, tzinfo=UTC), None]
        append("odd", ["name", "said", "at", "n"], [line(row), line(["", [], row[2], -7])])
        cursor.execute("SELECT name, said->>'text', (said->>'figure')::float8, at, n FROM odd")
        assert cursor.fetchall() == [(odd, odd, 1e-308, row[2], None), ("", None, None, row[2], -7)]


def test_a_day_is_read_exactly_wherever_it_lies(many: list[Series]) -> None:
    days = [date(1900, 1, 1), date(1999, 12, 31), date(2000, 1, 1), date(2200, 12, 1)]
    Rebase.objects.all().delete()
    for day in days:
        Rebase.objects.create(series=many[0], period=day, reason="Far away.")
    found = inputs.rebases([many[0].pk], None)
    assert sorted(found["period"].tolist()) == days
