"""A metric with groups and no figure at all has its pages all the same."""

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PAGES = ("metric", "metric_trajectory", "metric_judgments", "metric_definition", "metric_data")
FILES = ("metric_csv", "metric_segments_csv", "metric_gap_csv")


@pytest.mark.parametrize("name", [*PAGES, *FILES])
def test_it_answers(client: Client, name: str) -> None:
    metric = MetricFactory.create(slug="reading")
    SeriesFactory.create(metric=metric)
    group = SegmentFactory.create(system=metric.system, code="area=north")
    SeriesFactory.create(metric=metric, segment=group)
    client.force_login(MembershipFactory.create(system=metric.system, role="unit_staff").user)
    answer = client.get(reverse(name, args=[metric.system.slug, "reading"]))
    assert answer.status_code == 200
