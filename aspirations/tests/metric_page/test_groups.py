"""Groups of a metric as small charts, and the gap of one over time."""

import pytest
from django.test import Client

from aspirations.models import (
    Metric,
    Segment,
    Series,
)
from aspirations.tests.factories import (
    SegmentFactory,
    SeriesFactory,
)
from aspirations.tests.metric_page.reading import add_segments, shown
from people.models import User

pytestmark = pytest.mark.django_db


def test_each_group_has_a_small_chart_with_its_gap(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 3)
    page = shown(client)
    assert page.count('<svg class="panel"') == 3
    assert "0.2 points behind the whole, was 0.2 points in Jun 2024" in page


def test_of_many_groups_twelve_are_drawn_and_the_rest_is_in_the_table(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 15)
    page = shown(client)
    assert page.count('<svg class="panel"') == 12
    assert "The 3 further are in the table." in page


def test_groups_are_chosen_by_dimension(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    for row, parts in zip(
        add_segments(metric, 14), [{"income": "low"}, {"income": "high"}, *[{"area": "x"}] * 12],
        strict=True,
    ):  # fmt: skip
        Segment.objects.filter(pk=row.segment_id).update(parts=parts)
    assert shown(client).count('<svg class="panel"') == 2, "the dimension with the fewest groups"
    page = shown(client, "?dimension=area")
    assert page.count('<svg class="panel"') == 12
    assert "By income" in page
    assert shown(client, "?dimension=nonsense").count('<svg class="panel"') == 2


def test_the_gap_is_said_drawn_and_tabled(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 3)
    page = shown(client, "?group=area=002&reference=all")
    assert "The gap of District 002 to Everyone is as wide as in Jun 2024: 0.2 points." in page
    assert "Relative: the reference is 1.00 times the group, as it was." in page
    assert '<td class="num"><b>+0.2</b></td> <td class="num">1.00</td>' in page
    assert "gap.csv?group=area%3D002&amp;reference=all" in page


def test_the_best_group_is_named(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    add_segments(metric, 3)
    page = shown(client, "?group=area=002&reference=best")
    assert "<td>District 000</td>" in page


@pytest.mark.parametrize("query", ["?group=nowhere", "?reference=nowhere", "?group=%00"])
def test_an_unknown_group_asks_nothing(
    client: Client, metric: Metric, series: Series, reader: User, query: str
) -> None:
    add_segments(metric, 2)
    assert "Absolute gap" in shown(client, query)


def test_groups_without_a_common_period_say_what_is_missing(
    client: Client, metric: Metric, series: Series, reader: User
) -> None:
    segment = SegmentFactory.create(system=metric.system, code="empty", name="Empty")
    SeriesFactory.create(metric=metric, segment=segment)
    page = shown(client)
    assert "The gap between groups cannot be shown yet" in page
