"""What carries a path as a file and as a folded table: the very figures that are stacked."""

import csv
import io

import pytest
from django.test import Client

from aspirations.models import Intervention, Series
from aspirations.services import trajectories
from aspirations.services.baselines import Start
from aspirations.tests.factories import MembershipFactory, MetricFactory, SeriesFactory
from aspirations.tests.test_metric_plan import END, START, agree, reader, series, shown, system
from people.models import System, User

__all__ = ["reader", "series", "system"]
pytestmark = pytest.mark.django_db
ADDRESS = "/meridian/metrics/reading/plan.csv"


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def number(row: dict[str, str], *names: str) -> float:
    return sum(float(row[name]) for name in names)


def test_the_parts_of_each_period_add_up_to_the_path(
    client: Client, series: Series, reader: User
) -> None:
    agree(series)
    rows = table(client)
    assert (rows[0]["period"], rows[-1]["period"]) == ("2024-06", "2028-06")
    assert len(rows) == 49
    works = list(rows[0])[6:11]
    assert works == ["Coaches", "Block", "Coaches-60", "Tutoring", "Pre-school"]
    parts = ("without_anything", *works, "season", "not_explained")
    assert all(number(row, *parts) == pytest.approx(number(row, "path")) for row in rows)
    last = rows[-1]
    assert number(last, "without_anything") == pytest.approx(54.6)
    assert number(last, "Coaches") == pytest.approx(4.1)
    assert number(last, "not_explained") == pytest.approx(2.5)
    assert number(last, "path") == pytest.approx(72.0)
    assert number(last, "low") < 72.0


def test_another_version_is_asked_for_by_its_number(
    client: Client, series: Series, reader: User
) -> None:
    agree(series)
    straight = trajectories.draft(
        series=series, start=Start(START, 54.2), target=(END, 72.0), form={"shape": "linear"},
        effects=[],
    )  # fmt: skip
    trajectories.agree(trajectory=straight, reason="A straight line to the same end.")
    assert "Coaches" in table(client, "?version=1")[0]
    rows = table(client, "?version=2")
    assert {row["version"] for row in rows} == {"2"}
    assert [name for name in rows[0] if name in ("Coaches", "Block")] == []
    assert client.get(f"{ADDRESS}?version=99").status_code == 404
    assert client.get(f"{ADDRESS}?version=x").status_code == 404


def test_without_a_path_there_is_the_heading_alone(
    client: Client, series: Series, reader: User
) -> None:
    assert table(client) == []


def test_no_name_runs_as_a_formula(client: Client, series: Series, reader: User) -> None:
    agree(series)
    Intervention.objects.filter(slug="coaches").update(name="=1+1")
    assert "'=1+1" in table(client)[0]


def test_it_needs_the_right_to_read_plans(client: Client, system: System) -> None:
    SeriesFactory.create(metric=MetricFactory.create(system=system, slug="reading"))
    client.force_login(MembershipFactory.create().user)
    assert client.get(ADDRESS).status_code == 404


def test_the_page_has_the_same_figures_folded_and_to_be_explored(
    client: Client, series: Series, reader: User
) -> None:
    agree(series)
    page = shown(client)
    folded = page.split('<details class="plan-figures">')[1].split("</details>")[0]
    last = folded.split('<th scope="row">Jun 2028</th>')[1]
    cells = [cell.split("</td>")[0] for cell in last.split('<td class="num">')[1:]]
    assert cells[:3] == ["54.6", "+4.1", "+2.9"]
    assert cells[6:8] == ["+2.5", "<b>72.0</b>"]
    assert f'href="{ADDRESS}?version=1"' in page
    assert "Coaches, Jun 2028: +4.1" in page
