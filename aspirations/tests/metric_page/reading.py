"""The metric that the tests of this folder read, its page, and groups of it."""

from datetime import date

from django.test import Client
from django.urls import reverse

from aspirations.models import (
    Metric,
    Series,
)
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    SegmentFactory,
    SeriesFactory,
    agreed_path,
    observe,
)

FIRST, BASE, DUE = date(2024, 1, 1), date(2024, 6, 1), date(2026, 12, 1)
VALUES = [54.1, 53.2, 54.9, 53.8, 55.2, 54.2, 54.8, 55.0, 55.9, 55.1, 56.2, 55.7, 56.4, 56.1]


def address(query: str = "") -> str:
    return reverse("metric", args=["meridian", "reading"]) + query


def shown(client: Client, query: str = "") -> str:
    response = client.get(address(query))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def add_segments(metric: Metric, count: int, start: int = 0) -> list[Series]:
    """Segments with falling figures and a path each; every fifth has neither."""
    rows = []
    for n in range(start, start + count):
        segment = SegmentFactory.create(
            system=metric.system, code=f"area={n:03d}", name=f"District {n:03d}"
        )
        row = SeriesFactory.create(metric=metric, segment=segment)
        rows.append(row)
        if n % 5 == 4:
            continue
        observe(row, FIRST, [value - 0.1 * n for value in VALUES])
        agreed_path(row, (BASE, 54.2), (DUE, 60.0 + n % 7))
    judge_now([row.pk for row in rows])
    return rows
