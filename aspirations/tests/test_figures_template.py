"""A file to fill in: the periods that come next, in a form that comes back unharmed."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import Metric, Series
from aspirations.tests.definers import at, enter, metric_of, system_of
from aspirations.tests.factories import SystemFactory, observe
from people.models import System
from people.tests.pages import fields_of, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> System:
    return system_of(reporting_date=date(2025, 3, 14))


@pytest.fixture
def metric(system: System) -> Metric:
    return metric_of(system, lower_bound=0.0, upper_bound=100.0)


def test_it_comes_back_unharmed(client: Client, system: System, metric: Metric) -> None:
    address = at("enter_figures", "reading")
    observe(Series.objects.get(), date(2025, 1, 1), [58.1])
    enter(client, system)
    response = client.get(at("figures_template", "reading"))
    lines = response.content.decode().splitlines()
    assert response["Content-Disposition"] == 'attachment; filename="reading-all-figures.csv"'
    assert (lines[0], lines[1], len(lines)) == ("period,value", "2025-02,", 13)
    assert client.post(address, {"figures": "\n".join(lines)}).status_code == 400
    lines[1] += "58.9"
    preview = client.post(address, {"figures": "\n".join(lines)})
    assert preview.status_code == 200
    assert fields_of(preview)["stamp"]


def test_only_months_that_bring_figures_are_offered(client: Client, system: System) -> None:
    metric = metric_of(system, expected_months=[9, 1, 5])
    observe(Series.objects.get(metric=metric), date(2025, 1, 1), [58.0])
    enter(client, system)
    page = client.get(at("enter_figures", "reading")).content.decode()
    assert "The latest is 58.0%, Jan 2025. Next comes May 2025." in page
    content = client.get(at("figures_template", "reading")).content.decode()
    assert content.splitlines()[1:4] == ["2025-05,", "2025-09,", "2026-01,"]


@pytest.mark.parametrize("frequency", ["day", "week", "month", "quarter", "half_year", "year"])
def test_a_first_file_ends_with_the_last_period_that_is_over(
    client: Client, system: System, frequency: str
) -> None:
    metric_of(system, frequency=frequency, year_starts=9)
    enter(client, system)
    address = at("enter_figures", "reading")
    lines = client.get(at("figures_template", "reading")).content.decode().splitlines()
    assert len(lines) == 13
    filled = "\n".join([lines[0], *(f"{line}5" for line in lines[1:])])
    preview = client.post(address, {"figures": filled})
    assert preview.status_code == 200
    assert "What saving would do" in preview.content.decode()


def test_a_rate_is_filled_in_by_its_parts(client: Client, system: System) -> None:
    metric_of(system, kind="rate")
    enter(client, system)
    content = client.get(at("figures_template", "reading")).content.decode()
    assert content.startswith("period,value,numerator,denominator\r\n")


def test_the_file_is_closed_like_its_page(client: Client, system: System, metric: Metric) -> None:
    template = at("figures_template", "reading")
    enter(client, system, "viewer")
    assert client.get(template).status_code == 403
    enter(client, SystemFactory.create())
    assert client.get(template).status_code == 404
    enter(client, system)
    assert client.post(template).status_code == 405
    assert opened(client, at("enter_figures", "reading"))["stamp"] == ""
