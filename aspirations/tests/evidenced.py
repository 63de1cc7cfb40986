"""One judged metric with its segments, for the tests of the pages of a metric."""

from datetime import date

from django.test import Client

from aspirations.models import Series
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
    observe,
)
from people.models import System, User

FIRST, BASE, DUE = date(2024, 1, 1), date(2024, 6, 1), date(2026, 12, 1)
VALUES = [54.1, 53.2, 54.9, 53.8, 55.2, 54.2, 54.8, 55.0, 55.9, 55.1, 56.2, 55.7, 56.4, 56.1]
GROUPS = {"low-income": ("Low income", {"income": "low"}, 10.0),
          "not-low": ("Not low income", {"income": "not low"}, -4.0)}  # fmt: skip


def judged_metric(groups: bool = True) -> Series:
    """“Reading” of Meridian for the whole system; each group's figures lie so far below it."""
    system = SystemFactory.create(
        slug="meridian", name="Meridian", reporting_date=date(2025, 3, 14)
    )
    metric = MetricFactory.create(
        system=system, slug="reading", name="Reading", expected_lag=20, source="State check"
    )
    whole: Series = SeriesFactory.create(metric=metric)
    rows = [whole]
    observe(whole, FIRST, VALUES)
    agreed_path(whole, (BASE, 54.2), (DUE, 72.0), reason="Agreed with finance")
    for code, (name, parts, below) in GROUPS.items() if groups else ():
        segment = SegmentFactory.create(system=system, code=code, name=name, parts=parts)
        row = SeriesFactory.create(metric=metric, segment=segment)
        observe(row, FIRST, [value - below for value in VALUES])
        rows.append(row)
    judge_now([row.pk for row in rows])
    whole.refresh_from_db()
    return whole


def signed_in(client: Client, system: System, role: str = "unit_staff") -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    client.force_login(user)
    return user


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def under_a_parent(system: System) -> System:
    """The system's new parent: its readers read the dashboard here, and nothing closer."""
    parent: System = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    return parent
