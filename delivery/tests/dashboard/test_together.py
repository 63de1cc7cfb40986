"""Several lists in one round trip come back as they would one by one."""

import pytest
from pytest_django import DjangoAssertNumQueries

from aspirations.models import Aspiration, Metric, Observation
from delivery.board.together import day, together
from delivery.tests.dashboard.conftest import World


def test_each_list_has_its_rows_in_order(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        found = together(
            metrics=Metric.objects.order_by("-name").values_list("pk", "name"),
            titles=Aspiration.objects.order_by("order").values_list("title"),
            nothing=Metric.objects.filter(slug="no").values_list("pk"),
            never=Metric.objects.filter(pk__in=[]).values_list("pk"),
        )
    assert found["metrics"] == [[row.pk, row.name] for row in (world.grade, world.days)]
    assert found["titles"] == [["Every child reads"], ["Every day in school"]]
    assert found["nothing"] == found["never"] == []


def test_values_keep_every_digit(world: World) -> None:
    value = 0.1 + 0.2
    Observation.objects.update(value=value)
    rows = together(all=Observation.objects.values_list("value", "published_on")[:3])["all"]
    assert [cells[0] for cells in rows] == [value] * 3
    assert day(rows[0][1]) is not None


@pytest.mark.parametrize("name", ['"quotes"', "50% off %s", "\\n", "ﬀ\u2028"])
def test_texts_come_as_they_are(world: World, name: str) -> None:
    Metric.objects.filter(pk=world.grade.pk).update(name=name)
    rows = together(all=Metric.objects.filter(name=name).values_list("name"))["all"]
    assert rows == [[name]]


def test_nothing_asked_is_nothing_answered(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert together(never=Metric.objects.filter(pk__in=[]).values_list("pk")) == {"never": []}
