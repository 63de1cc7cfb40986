"""Defining a metric: the least that is needed, what is refused, and who may."""

import pytest
from django.test import Client

from aspirations.models import Metric, Placement, Segment, Series
from aspirations.tests.definers import at, climb, enter, metric_of, system_of
from aspirations.tests.factories import AspirationFactory, SystemFactory
from people.models import AuditEntry, System
from people.tests.pages import opened

pytestmark = pytest.mark.django_db
LEAST = {"name": "Reading, Grade 3", "unit": "%", "direction": "increase", "frequency": "month"}


@pytest.fixture
def system() -> System:
    return system_of(year_starts=9)


def test_five_answers_make_a_metric_ready_for_figures(client: Client, system: System) -> None:
    aspiration = AspirationFactory.create(system=system, slug="every-child-reads")
    user = enter(client, system)
    filled = opened(client, at("new_metric")) | LEAST
    assert filled["aspiration"] == str(aspiration.pk)  # the only one there is
    response = client.post(at("new_metric"), filled)
    assert response["Location"] == at("enter_figures", "reading-grade-3")
    row = Metric.objects.get()
    assert (row.year_starts, row.prominence, row.kind) == (9, "headline", "level")
    assert Placement.objects.get().aspiration == aspiration
    # A brand-new system needs no command: the segment of everyone is made with its first metric.
    assert Segment.objects.get(system=system).code == "all"
    assert Series.objects.get().stale_since is not None
    lines = AuditEntry.objects.filter(object_type="aspirations.Metric")
    assert [(line.action, line.actor, line.door) for line in lines] == [("create", user, "page")]


def test_every_field_is_kept(client: Client, system: System) -> None:
    enter(client, system)
    more = {
        "slug": "reading", "question": "How many read well?", "definition": "At the standard.",
        "numerator": "Pupils who passed", "denominator": "Pupils checked", "kind": "rate",
        "rate_per": "1000", "coverage": "State schools", "direction": "band", "band_low": "18",
        "band_high": "22", "lower_bound": "0", "upper_bound": "40.5", "function": "balancing",
        "timing": "leading", "prominence": "secondary", "year_starts": "4", "expected_lag": "30",
        "expected_months": "9; 1, 5", "owner": "Head of Reading", "source": "Check",
        "link": "https://example.org/check", "custodian": "Data Office",
        "comparability": "Not before 2021", "limitations": "Paper only",
        "revision_policy": "Each October", "decimals": "2",
    }  # fmt: skip
    client.post(at("new_metric"), opened(client, at("new_metric")) | LEAST | more)
    row = Metric.objects.get()
    numbers = {"rate_per", "band_low", "band_high", "lower_bound", "upper_bound"}
    for name, text in more.items():
        stored = getattr(row, name)
        if name == "expected_months":
            assert stored == [9, 1, 5]
        elif name in numbers:
            assert stored == float(text)
        else:
            assert str(stored) == text, name


BAD = [
    ({"name": ""}, "Give the metric a name."),
    ({"direction": ""}, "Say which way is better."),
    ({"frequency": ""}, "Say how often a figure comes."),
    ({"slug": "new"}, "“new” is an address of Headway’s own"),
    ({"name": "New", "slug": ""}, "“new” is an address of Headway’s own"),
    ({"name": "§§", "slug": ""}, "Address"),
    ({"slug": "a b"}, "Use letters, digits, - and _ only."),
    ({"slug": "taken"}, "already exists"),
    ({"direction": "band"}, "Give both ends of the band."),
    ({"band_low": "1", "band_high": "2"}, "Clear both ends."),
    ({"lower_bound": "5", "upper_bound": "5"}, "is not below the upper one"),
    ({"lower_bound": "low"}, "Write a number, such as 58.9."),
    ({"rate_per": "0"}, "Give a number above 0."),
    ({"decimals": "7"}, "less than or equal to 6"),
    ({"expected_months": "13"}, "give months as numbers from 1 to 12"),
    ({"expected_months": "²"}, "give months as numbers from 1 to 12"),
    ({"link": "javascript:alert(1)"}, "That is no web address."),
    ({"name": "a\x00b"}, "Null characters"),
    ({"aspiration": "0"}, "Select a valid choice"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, system: System, wrong: dict[str, str], said: str
) -> None:
    metric_of(system, slug="taken")
    enter(client, system)
    filled = opened(client, at("new_metric")) | LEAST | {"owner": "Head of Typing"} | wrong
    response = client.post(at("new_metric"), filled)
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert "Head of Typing" in page
    assert Metric.objects.count() == 1


def test_an_aspiration_of_another_system_is_no_choice(client: Client, system: System) -> None:
    other = AspirationFactory.create(system=SystemFactory.create())
    enter(client, system)
    filled = opened(client, at("new_metric")) | LEAST | {"aspiration": str(other.pk)}
    assert client.post(at("new_metric"), filled).status_code == 400


def test_the_aspiration_one_comes_from_is_suggested(client: Client, system: System) -> None:
    rows = [AspirationFactory.create(system=system, slug=f"aim-{n}") for n in range(2)]
    enter(client, system)
    assert opened(client, at("new_metric"))["aspiration"] == ""
    found = opened(client, at("new_metric", query="?aspiration=aim-1"))
    assert found["aspiration"] == str(rows[1].pk)


def test_who_may_not_is_refused(client: Client, system: System) -> None:
    climb(client, system, at("new_metric"), LEAST)
    assert not Metric.objects.exists()
