"""A judged metric of Meridian, and who reads its page."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import (
    Metric,
    Series,
)
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
    observe,
)
from aspirations.tests.metric_page.reading import BASE, DUE, FIRST, VALUES
from people.models import System, User


@pytest.fixture
def system() -> System:
    return SystemFactory.create(slug="meridian", name="Meridian", reporting_date=date(2025, 3, 14))


@pytest.fixture
def metric(system: System) -> Metric:
    return MetricFactory.create(
        system=system,
        slug="reading",
        name="Reading",
        owner="Director, Early Learning",
        expected_lag=20,
        source="State check",
    )


@pytest.fixture
def series(metric: Metric) -> Series:
    row: Series = SeriesFactory.create(metric=metric)
    observe(row, FIRST, VALUES)
    agreed_path(row, (BASE, 54.2), (DUE, 72.0), reason="Agreed with finance")
    judge_now([row.pk])
    row.refresh_from_db()
    return row


@pytest.fixture
def reader(system: System, client: Client) -> User:
    user: User = MembershipFactory.create(system=system, role="unit_staff").user
    client.force_login(user)
    return user
