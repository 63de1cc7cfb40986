"""A system's other date asks for new judgments; its other name does not."""

from datetime import date
from typing import Any

import pytest

from aspirations.models import Series
from aspirations.tests.factories import MembershipFactory, MetricFactory, SeriesFactory
from people.services.settings import change_settings

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.mark.parametrize(
    ("values", "judged_again"),
    [
        ({"reporting_date": date(2026, 3, 14)}, True),
        ({"time_zone": "Pacific/Auckland"}, True),
        ({"name": "Another", "year_starts": 9, "labels": {"metric": "yardstick"}}, False),
        ({"time_zone": "UTC"}, False),
    ],
)
def test_only_the_clock_of_a_system_asks_for_judgments(
    values: dict[str, Any], judged_again: bool
) -> None:
    leader = MembershipFactory.create(role="delivery_leader")
    series = SeriesFactory.create(metric=MetricFactory.create(system=leader.system))
    SeriesFactory.create()
    change_settings(system=leader.system, values=values, version=1, actor=leader.user, door="page")
    assert list(Series.objects.stale()) == ([series] if judged_again else [])
