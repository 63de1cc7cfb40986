"""The map of delivery as a file: its rows, unrounded, as they stood on the day asked for."""

import csv
import io

import pytest
from django.test import Client

from aspirations.models import Aspiration
from aspirations.tests.factories import MembershipFactory
from delivery.tests.dashboard.conftest import Shown, World
from delivery.tests.dashboard.test_map import assessed

__all__ = ["assessed"]
pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def table(client: Client, world: World, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/{world.system.slug}/map.csv{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_each_row_of_the_map(client: Client, assessed: World) -> None:
    client.force_login(assessed.reader)
    first, second = table(client, assessed)
    assert (first["number"], first["boldness"]) == ("1", "4")
    assert float(first["execution"]) == pytest.approx(10 / 3)
    assert first["field"] == "Transformation"
    assert first["one_round_before"] == "Controversy without impact"
    assert (second["field"], second["one_round_before"]) == ("Status quo", "")


def test_the_day_of_the_address(client: Client, assessed: World) -> None:
    client.force_login(assessed.reader)
    assert [row["field"] for row in table(client, assessed, "?as_at=2024-10-01")] == [
        "Controversy without impact"
    ]


def test_the_dashboard_leads_there(shown: Shown, assessed: World) -> None:
    address = f"/{assessed.system.slug}/map.csv"
    assert f'href="{address}"' in shown()
    assert f'href="{address}?as_at=2024-10-01"' in shown("?as_at=2024-10-01")


def test_no_title_runs_as_a_formula(client: Client, assessed: World) -> None:
    Aspiration.objects.filter(pk=assessed.reading.pk).update(title="=1+1")
    client.force_login(assessed.reader)
    assert table(client, assessed)[0]["title"] == "'=1+1"


def test_who_may_not_read_assessments_finds_nothing(client: Client, assessed: World) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(f"/{assessed.system.slug}/map.csv").status_code == 404
