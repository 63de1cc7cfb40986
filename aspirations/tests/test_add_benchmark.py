"""A benchmark is written down, with how far it can be compared."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import Benchmark, Metric
from aspirations.tests.definers import at, climb, enter, metric_of, system_of
from aspirations.tests.factories import BenchmarkFactory
from people.models import AuditEntry, System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
FILLED = {
    "kind": "peer", "name": "State of Alderway", "period": "Feb 2026", "value": "61.4",
    "yearly_change": "3.5", "note": "The same check, read a month later.",
    "source": "Yearbook of Alderway",
}  # fmt: skip


@pytest.fixture
def system() -> System:
    return system_of(reporting_date=date(2026, 3, 14))


@pytest.fixture
def metric(system: System) -> Metric:
    return metric_of(system, lower_bound=0.0, upper_bound=100.0)


def test_it_is_written_down(client: Client, system: System, metric: Metric) -> None:
    user = enter(client, system)
    response = client.post(at("add_benchmark", "reading"), FILLED | {"address": "/meridian/"})
    assert response["Location"] == at("metric_definition", "reading")
    row = Benchmark.objects.get()
    assert (row.name, row.kind, row.period) == ("State of Alderway", "peer", date(2026, 2, 1))
    assert (row.value, row.yearly_change, row.author, row.version) == (61.4, 3.5, user, 1)
    line = AuditEntry.objects.get(object_type="aspirations.Benchmark")
    assert (line.action, line.door, line.object_key) == (
        "create", "page", "reading State of Alderway",
    )  # fmt: skip


def test_a_further_entry_of_a_name_is_its_next_version(
    client: Client, system: System, metric: Metric
) -> None:
    enter(client, system)
    for name in ("State of Alderway", " State  of Alderway", "Lindmark"):
        assert (
            client.post(at("add_benchmark", "reading"), FILLED | {"name": name}).status_code == 302
        )
    rows = Benchmark.objects.order_by("pk").values_list("name", "version")
    assert list(rows) == [("State of Alderway", 1), ("State of Alderway", 2), ("Lindmark", 1)]


BAD = [
    ({"kind": ""}, "Choose the kind of benchmark."),
    ({"kind": "own"}, "Select a valid choice"),
    ({"name": " "}, "Name whose figure it is."),
    ({"name": "x" * 121}, "120"),
    ({"period": ""}, "Say of which period the figure is."),
    ({"period": "soon"}, "Not a period: &#x27;soon&#x27;"),
    ({"period": "Apr 2026"}, "2026-04 has not come yet"),
    ({"period": "1899-01"}, "The year is out of range"),
    ({"value": ""}, "Give the figure."),
    ({"value": "much"}, "Write a number, such as 58.9."),
    ({"value": "nan"}, "Write a number, such as 58.9."),
    ({"value": "614"}, "614 is above the highest possible value, 100."),
    ({"value": "-1"}, "-1 is below the lowest possible value, 0."),
    ({"note": ""}, "Say how far it can be compared."),
    ({"source": ""}, "Say where the figure comes from."),
    ({"address": "javascript:alert(1)"}, "is no address"),
    ({"yearly_change": "-2"}, "Write what it gained, as a number above 0"),
    ({"kind": "best_in_class"}, "Only a peer’s best year is compared with."),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_input_is_named(
    client: Client, system: System, metric: Metric, wrong: dict[str, str], said: str
) -> None:
    enter(client, system)
    response = client.post(at("add_benchmark", "reading"), FILLED | wrong)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Benchmark.objects.exists()


def test_where_no_side_is_better_no_best_year_is_asked_for(client: Client, system: System) -> None:
    metric_of(system, direction="none")
    enter(client, system)
    assert "best year" not in client.get(at("add_benchmark", "reading")).content.decode()
    assert client.post(at("add_benchmark", "reading"), FILLED).status_code == 302
    assert Benchmark.objects.get().yearly_change is None


def test_what_stands_there_can_be_taken_back_from_the_page(
    client: Client, system: System, metric: Metric
) -> None:
    row = BenchmarkFactory.create(metric=metric)
    enter(client, system)
    page = client.get(at("add_benchmark", "reading")).content.decode()
    assert at("withdraw_benchmark", "reading", row.pk) in page


def test_who_may_not_add_one_is_refused(client: Client, system: System, metric: Metric) -> None:
    climb(client, system, at("add_benchmark", "reading"), FILLED)
    assert not Benchmark.objects.exists()
