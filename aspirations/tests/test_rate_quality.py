"""Rating the figures of a metric: who reads, who rates, and what a grade D does."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import DataQuality, Metric, Series
from aspirations.tests.definers import READERS, at, enter, metric_of, system_of
from aspirations.tests.factories import SystemFactory
from people.models import System

pytestmark = pytest.mark.django_db
FILLED = {"accuracy": "3", "timeliness": "4", "comparability": "2", "note": "Two schools missing."}


@pytest.fixture
def system() -> System:
    return system_of(reporting_date=date(2026, 3, 14))


@pytest.fixture
def metric(system: System) -> Metric:
    return metric_of(system)


def test_a_rating_is_kept_as_of_the_systems_day(
    client: Client, system: System, metric: Metric
) -> None:
    user = enter(client, system)
    address = at("rate_quality", "reading")
    assert "Nobody has rated the figures of Reading yet" in client.get(address).content.decode()
    page = client.post(address, FILLED, follow=True).content.decode()
    assert "The figures of Reading are graded C, as of 14 Mar 2026" in page
    assert "Two schools missing." in page
    row = DataQuality.objects.get()
    assert (row.rated_on, row.relevance, row.author) == (date(2026, 3, 14), None, user)
    assert Series.objects.get().stale_since is not None


def test_a_grade_d_says_what_it_does_and_an_old_one_has_expired(
    client: Client, system: System, metric: Metric
) -> None:
    scores = {"accuracy": 1, "timeliness": 4, "comparability": 4}
    DataQuality.objects.create(metric=metric, rated_on=date(2025, 1, 1), **scores)
    enter(client, system, "viewer")
    address = at("rate_quality", "reading")
    assert "has expired: rate its figures again" in client.get(address).content.decode()
    DataQuality.objects.create(metric=metric, rated_on=date(2026, 1, 1), **scores)
    assert "While the grade is D the metric is not judged." in client.get(address).content.decode()


BAD = [
    ({"accuracy": ""}, "Rate “Accuracy and reliability”: choose from 1 to 4."),
    ({"accuracy": "5"}, "Rate “Accuracy and reliability”: choose from 1 to 4."),
    ({"relevance": "0"}, "Rate “Relevance”: choose from 1 to 4."),
    ({"note": "x" * 2001}, "2000"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_input_is_named(
    client: Client, system: System, metric: Metric, wrong: dict[str, str], said: str
) -> None:
    enter(client, system)
    response = client.post(at("rate_quality", "reading"), FILLED | wrong)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not DataQuality.objects.exists()


def test_readers_read_and_rate_nothing(client: Client, system: System, metric: Metric) -> None:
    address = at("rate_quality", "reading")
    for role in READERS:
        enter(client, system, role)
        page = client.get(address)
        assert page.status_code == 200
        assert "Keep the rating" not in page.content.decode()
        assert client.post(address, FILLED).status_code == 403
    for home, role in ((SystemFactory.create(), "unit_staff"), (system, "data_provider")):
        enter(client, home, role)
        assert client.get(address).status_code == 404
        assert client.post(address, FILLED).status_code == 404
    enter(client, system)
    assert client.put(address).status_code == 405
    assert not DataQuality.objects.exists()
