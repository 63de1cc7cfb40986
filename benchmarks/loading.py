"""A database full of series to judge; their figures are sent by binary COPY."""

import io
from datetime import date

import numpy as np
import numpy.typing as npt
from django.db import connection, transaction

from aspirations.models import Metric, Segment, Series
from people.models import System

PER_METRIC = 1000
"""Series of one metric."""
AT_ONCE = 5000
"""Series whose figures are sent together."""
FIRST = np.datetime64("2019-01", "M")
EPOCH = np.datetime64("2000-01-01", "D")
SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
OBSERVATION = np.dtype(
    [
        ("fields", ">i2"), ("size of series_id", ">i4"), ("series_id", ">i8"),
        ("size of period", ">i4"), ("period", ">i4"), ("size of value", ">i4"), ("value", ">f8"),
        ("size of missing_reason", ">i4"),
        ("size of published_on", ">i4"), ("published_on", ">i4"),
        ("size of recorded_at", ">i4"), ("recorded_at", ">i8"),
        ("size of revision", ">i4"), ("revision", ">i4"),
    ]
)  # fmt: skip
CELLS = OBSERVATION.names or ()
NAMES = [name.removeprefix("size of ") for name in CELLS if name.startswith("size of ")]

# Nine in ten series have a path of five years from the end of the first, to a target some
# noise away; shapes are mixed as a system would mix them.
PLANNED = """
INSERT INTO aspirations_baseline (series_id, version, period, value, method, periods, provisional,
    reason, created_at)
SELECT id, 1, '2019-12-01', 50 + mod(id, 7), 'single', 1, false, '', now()
FROM aspirations_series WHERE mod(id, 10) > 0;
INSERT INTO aspirations_target (series_id, version, due, value, status, reason, created_at,
    agreed_at)
SELECT id, 1, '2024-12-01', 50 + mod(id, 7) + mod(id, 13) - 3.5, 'agreed', '', now(), now()
FROM aspirations_series WHERE mod(id, 10) > 0;
INSERT INTO aspirations_trajectory (series_id, version, baseline_id, target_id, shape, points,
    parameters, season, status, reason, created_at, agreed_at)
SELECT s.id, 1, b.id, t.id,
    (ARRAY['linear', 'linear', 'linear', 's_curve', 'compound'])[1 + mod(s.id, 5)],
    '[]', '{}', '{}', 'agreed', '', now(), now()
FROM aspirations_series s JOIN aspirations_baseline b ON b.series_id = s.id
JOIN aspirations_target t ON t.series_id = s.id;
"""


def load(series: int, months: int) -> None:
    """So many monthly series with so many figures each, all due to be judged."""
    system = System.objects.create(name="Benchmark", slug="benchmark")
    count = -(-series // PER_METRIC)
    metrics = [
        Metric(
            system=system, slug=f"metric-{n}", name=f"Metric {n}", frequency="month",
            direction="increase" if n % 2 else "decrease", lower_bound=0.0,
        )
        for n in range(count)
    ]  # fmt: skip
    segments = [
        Segment(system=system, code=f"place-{n}", name=f"Place {n}") for n in range(PER_METRIC)
    ]
    Metric.objects.bulk_create(metrics)
    Segment.objects.bulk_create(segments)
    rows = [Series(metric=metric, segment=segment) for metric in metrics for segment in segments]
    Series.objects.bulk_create(rows[:series], batch_size=5000)
    with transaction.atomic(), connection.cursor() as cursor:
        # What is sent is known to refer to what is there.
        cursor.execute("SET LOCAL session_replication_role = replica")
        send_figures([row.pk for row in rows[:series]], months)
        cursor.execute(PLANNED)
    System.objects.update(reporting_date=last_day(months))
    Series.objects.all().mark_stale()


def last_day(months: int) -> date:
    day: date = ((FIRST + months).astype("datetime64[D]") + 9).item()
    return day


def send_figures(keys: list[int], months: int) -> None:
    asked = f"COPY aspirations_observation ({', '.join(NAMES)}) FROM STDIN (FORMAT binary)"
    noise = np.random.default_rng(2024)
    with connection.cursor() as cursor:
        for start in range(0, len(keys), AT_ONCE):
            rows = figures(np.array(keys[start : start + AT_ONCE]), months, noise)
            cursor.copy_expert(asked, io.BytesIO(SIGNATURE + rows.tobytes() + b"\xff\xff"))


def figures(keys: npt.NDArray[np.int64], months: int, noise: np.random.Generator) -> npt.NDArray:
    """Rows of COPY: a level, a slow drift, a season and noise for every series."""
    rows = np.zeros((len(keys), months), dtype=OBSERVATION)
    rows["fields"] = len(NAMES)
    for name in NAMES:
        rows[f"size of {name}"] = OBSERVATION[name].itemsize if name in CELLS else 0
    period = (FIRST + np.arange(months)).astype("datetime64[D]")
    ended = (FIRST + np.arange(months) + 1).astype("datetime64[D]") - 1
    rows["series_id"] = keys[:, None]
    rows["period"] = (period - EPOCH).astype("int64")
    rows["published_on"] = (ended - EPOCH).astype("int64")
    rows["recorded_at"] = 0
    time = np.arange(months)
    drift = noise.normal(0.05, 0.08, (len(keys), 1)) * time
    season = noise.normal(0, 1, (len(keys), 1)) * np.sin(2 * np.pi * time / 12)
    level = 50 + (keys % 7)[:, None]
    rows["value"] = level + drift + season + noise.normal(0, 1, (len(keys), months))
    return rows.ravel()
