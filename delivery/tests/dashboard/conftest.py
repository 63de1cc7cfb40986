"""A small system whose dashboard shows one of each: lights, reasons, segments, places."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from aspirations.models import Aspiration, Definition, Metric, Series
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    AspirationFactory,
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
    observe,
    place,
)
from people.models import System, User

FIRST, BASE, DUE = date(2024, 1, 1), date(2024, 6, 1), date(2025, 9, 1)
TODAY = date(2025, 3, 14)
BEFORE = datetime(2023, 11, 1, tzinfo=UTC)
"""When the metrics were made: before the first figure."""
LEVEL = [54.1, 53.2, 54.9, 53.8, 55.2, 54.2, 54.8, 55.0, 55.9, 55.1, 56.2, 55.7, 56.4, 56.1]
Shown = Callable[..., str]


@dataclass
class World:
    """Meridian: reading (in trouble, with segments) and attendance (well), each promised."""

    system: System
    reading: Aspiration
    attendance: Aspiration
    grade: Metric
    days: Metric
    reader: User


def add_metric(system: System, slug: str, target: float | None, **fields: object) -> Metric:
    """A metric whose figures creep from 54 to 56; a higher target is a lower light."""
    fields = {"expected_lag": 20, **fields}
    metric: Metric = MetricFactory.create(system=system, slug=slug, **fields)
    add_series(metric, "all", target)
    return metric


def add_series(metric: Metric, code: str, target: float | None, name: str = "") -> Series:
    """A judged series of a metric for one segment, without a path where there is no target."""
    segment = SegmentFactory.create(
        system=metric.system, code=code, **({"name": name} if name else {})
    )
    row: Series = SeriesFactory.create(metric=metric, segment=segment)
    observe(row, FIRST, LEVEL)
    if target is not None:
        agreed_path(row, (BASE, 54.2), (DUE, target))
    judge_now([row.pk])
    row.refresh_from_db()
    return row


def whole(metric: Metric) -> Series:
    return Series.objects.whole().select_related("current_judgment").get(metric=metric)


@pytest.fixture
def world(db: None) -> World:
    system = SystemFactory.create(slug="meridian", name="Meridian", reporting_date=TODAY)
    reading = AspirationFactory.create(
        system=system,
        slug="reading",
        title="Every child reads",
        accountable_head="Deputy, Learning",
    )
    attendance = AspirationFactory.create(
        system=system, slug="attendance", title="Every day in school", order=1
    )
    grade = add_metric(
        system, "grade-3", 90.0, name="Reading, Grade 3", owner="Director, Early Learning"
    )
    days = add_metric(system, "days", 57.5, name="Days in school", owner="Director, Support")
    place(grade, reading)
    place(days, attendance)
    add_series(grade, "north", 120.0, "Rural north")
    add_series(grade, "south", 57.5, "Metro south")
    Definition.objects.filter(metric__system=system).update(recorded_at=BEFORE)
    reader = MembershipFactory.create(system=system, role="system_leader").user
    return World(system, reading, attendance, grade, days, reader)


@pytest.fixture
def shown(client: Client, world: World) -> Shown:
    """The text of the page for someone who may read it, blanks joined."""

    def show(query: str = "", **headers: str) -> str:
        client.force_login(world.reader)
        response = client.get(f"/meridian/{query}", headers=headers)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return show
