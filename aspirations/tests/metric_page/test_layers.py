"""The tabs of a metric and the layers of its drawing have addresses."""

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import (
    Metric,
    Series,
)
from aspirations.tests.factories import (
    MembershipFactory,
    SystemFactory,
)
from aspirations.tests.metric_page.reading import add_segments, shown
from people.models import System, User

pytestmark = pytest.mark.django_db


def test_tabs_keep_the_segment(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 1)
    page = shown(client, "?segment=area=000")
    for name in ("metric", "metric_trajectory", "metric_definition", "metric_data"):
        address = reverse(name, args=["meridian", "reading"])
        assert f'<a href="{address}?segment=area%3D000"' in page


def test_tabs_that_do_not_open_are_not_offered(
    client: Client, series: Series, system: System
) -> None:
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    page = shown(client)
    assert "/definition/" in page
    for hidden in ("/trajectory/", "/judgments/", "/data/"):
        assert f"/metrics/reading{hidden}" not in page


@pytest.mark.parametrize(
    ("query", "on"),
    [
        ("", {"variation", "forecast"}),
        ("?layers=", set()),
        ("?layers=variation", {"variation"}),
        ("?layers=&layers=variation&layers=forecast", {"variation", "forecast"}),
        ("?layers=variation,forecast", {"variation", "forecast"}),
        ("?layers=nonsense", set()),
    ],
)
def test_the_address_says_which_layers_are_shown(
    client: Client, series: Series, reader: User, query: str, on: set[str]
) -> None:
    page = shown(client, query)
    shown_ones = {name for name in ("variation", "forecast") if f'value="{name}" checked' in page}
    assert shown_ones == on


def test_the_switches_carry_along_what_else_the_address_says(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 2)
    page = shown(client, "?segment=area=000&group=area=001&reference=best&light=R")
    for name, value in (("segment", "area=000"), ("group", "area=001"), ("reference", "best")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_the_drawing_needs_no_script(client: Client, series: Series, reader: User) -> None:
    page = shown(client)
    assert '<svg class="wide"' in page
    assert '<svg class="narrow"' in page
    assert "Target 72%" in page
    assert "% actual" in page
