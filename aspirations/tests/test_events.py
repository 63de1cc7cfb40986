"""Events of a series written down, milestones reached, mistakes taken back."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import Event, Metric, Series
from aspirations.services.events import add_event
from aspirations.tests.definers import at, climb, enter, metric_of, system_of
from aspirations.tests.factories import SegmentFactory, SeriesFactory, SystemFactory
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db
FILLED = {"kind": "intervention", "date": "2025-09-01", "label": "Coaches in all schools"}
WHY = {"reason": "It was another school year."}


@pytest.fixture
def system() -> System:
    return system_of(reporting_date=date(2026, 3, 14))


@pytest.fixture
def metric(system: System) -> Metric:
    return metric_of(system)


@pytest.fixture
def milestone(metric: Metric) -> Event:
    values = {"kind": "milestone", "date": date(2026, 1, 31), "label": "Coaches hired"}
    return add_event(series=Series.objects.get(metric=metric), values=values)


# ------------------------------------------------------------------------------- add_event
def test_an_event_is_written_down(client: Client, system: System, metric: Metric) -> None:
    user = enter(client, system)
    response = client.post(at("add_event", "reading"), FILLED | {"address": "/meridian/"})
    assert response["Location"] == at("metric", "reading")
    row = Event.objects.get()
    assert (row.kind, row.date, row.author) == ("intervention", date(2025, 9, 1), user)
    line = AuditEntry.objects.get(object_type="aspirations.Event")
    assert (line.action, line.door) == ("create", "page")


def test_a_segment_has_events_of_its_own(client: Client, system: System, metric: Metric) -> None:
    north = SegmentFactory.create(system=system, code="area/north")
    series = SeriesFactory.create(metric=metric, segment=north)
    enter(client, system)
    response = client.post(at("add_event", "reading", query="?segment=area/north"), FILLED)
    assert response["Location"].endswith("?segment=area%2Fnorth")
    assert Event.objects.get().series == series
    assert client.get(at("add_event", "reading", query="?segment=none")).status_code == 404


BAD = [
    ({"kind": ""}, "Choose the kind of event."),
    ({"kind": "party"}, "Select a valid choice"),
    ({"date": "01/02/2026"}, "Write it as year, month and day: 2026-03-24."),
    ({"date": "1066-10-14"}, "1066 is not a year from 1900 to 2200"),
    ({"label": " "}, "Say in a few words what happened."),
    ({"label": "x" * 161}, "160"),
    ({"address": "javascript:alert(1)"}, "is no address"),
    ({"address": "//evil.example"}, "is no address"),
    ({"address": "/\\evil.example"}, "is no address"),
    ({"address": "https://"}, "is no address"),
    ({"address": "https://a b"}, "is no address"),
    ({"address": "https://[half"}, "is no address"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_input_is_named(
    client: Client, system: System, metric: Metric, wrong: dict[str, str], said: str
) -> None:
    enter(client, system)
    response = client.post(at("add_event", "reading"), FILLED | wrong)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Event.objects.exists()


def test_what_stands_there_can_be_reached_and_taken_back_from_the_page(
    client: Client, system: System, milestone: Event
) -> None:
    enter(client, system)
    page = client.get(at("add_event", "reading")).content.decode()
    assert "Coaches hired" in page
    for name in ("finish_milestone", "withdraw_event"):
        assert at(name, "reading", milestone.pk) in page


def test_who_may_not_add_one_is_refused(client: Client, system: System, metric: Metric) -> None:
    climb(client, system, at("add_event", "reading"), FILLED)
    assert not Event.objects.exists()


# ------------------------------------------------------------------------------- finish_milestone
def test_a_milestone_is_reached_and_its_day_stays(
    client: Client, system: System, milestone: Event
) -> None:
    enter(client, system)
    address = at("finish_milestone", "reading", milestone.pk)
    page = client.get(address).content.decode()
    assert "It was due on 31 January 2026." in page
    assert 'value="2026-03-14"' in page
    assert client.post(address, {"done_on": "2026-02-10"}).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.done_on, milestone.date) == (date(2026, 2, 10), date(2026, 1, 31))
    assert client.post(address, {"done_on": "2026-02-11"}).status_code == 400


@pytest.mark.parametrize(
    ("day", "said"),
    [("", "Give the day."), ("soon", "That is no day."), ("2026-03-15", "has not come yet")],
)
def test_a_day_that_cannot_be_is_named(
    client: Client, system: System, milestone: Event, day: str, said: str
) -> None:
    enter(client, system)
    response = client.post(at("finish_milestone", "reading", milestone.pk), {"done_on": day})
    assert response.status_code == 400
    assert said in response.content.decode()


def test_only_a_milestone_is_reached(client: Client, system: System, metric: Metric) -> None:
    values = {"kind": "outside", "date": date(2026, 1, 1), "label": "Flood"}
    row = add_event(series=Series.objects.get(), values=values)
    enter(client, system)
    response = client.post(at("finish_milestone", "reading", row.pk), {"done_on": "2026-01-02"})
    assert response.status_code == 400
    assert "is no milestone" in response.content.decode()


def test_who_may_not_say_so_is_refused(client: Client, system: System, milestone: Event) -> None:
    climb(
        client, system, at("finish_milestone", "reading", milestone.pk), {"done_on": "2026-02-10"}
    )


# ------------------------------------------------------------------------------- withdraw_event
def test_a_mistake_is_taken_back_once(client: Client, system: System, milestone: Event) -> None:
    user = enter(client, system)
    address = at("withdraw_event", "reading", milestone.pk)
    assert client.post(address, {"reason": "no"}).status_code == 400
    assert client.post(address, WHY).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.withdrawn_by, milestone.withdrawal_reason) == (user, WHY["reason"])
    assert client.post(address, WHY).status_code == 404


def test_an_event_of_another_metric_is_not_found(
    client: Client, system: System, milestone: Event
) -> None:
    metric_of(system, slug="writing", name="Writing")
    metric_of(SystemFactory.create(), slug="reading")
    enter(client, system)
    assert client.get(at("withdraw_event", "writing", milestone.pk)).status_code == 404


def test_who_may_not_take_back_is_refused(client: Client, system: System, milestone: Event) -> None:
    climb(client, system, at("withdraw_event", "reading", milestone.pk), WHY)
