"""Starting a new stretch from the page: who may, what is refused, and no typing is lost."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import Metric, Rebase, Series
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    observe,
)
from people.models import AuditEntry, System, User

pytestmark = pytest.mark.django_db
FILLED = {"period": "2024-03", "reason": "New definition."}


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="meridian")
    return row


@pytest.fixture
def metric(system: System) -> Metric:
    row: Metric = MetricFactory.create(system=system, slug="reading", name="Reading")
    observe(SeriesFactory.create(metric=row), date(2024, 1, 1), [50.0, 51.0, 60.0, 61.0])
    return row


def enter(client: Client, system: System, role: str = "unit_staff") -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    client.force_login(user)
    return user


def address(query: str = "") -> str:
    return reverse("rebase", args=["meridian", "reading"]) + query


def test_a_member_of_the_unit_starts_a_new_stretch(
    client: Client, system: System, metric: Metric
) -> None:
    user = enter(client, system)
    response = client.post(address(), FILLED, follow=True)
    assert response.redirect_chain == [(reverse("metric", args=["meridian", "reading"]), 302)]
    assert "A new stretch starts in Mar 2024." in response.content.decode()
    row = Rebase.objects.get()
    assert (row.period, row.reason, row.author) == (date(2024, 3, 1), "New definition.", user)
    assert Series.objects.get().stale_since is not None
    assert AuditEntry.objects.get(object_type="aspirations.Rebase").door == "page"


def test_the_page_offers_it_to_those_who_may(
    client: Client, system: System, metric: Metric
) -> None:
    page = reverse("metric", args=["meridian", "reading"])
    enter(client, system)
    assert address() in client.get(page).content.decode()
    assert "Start anew here" in client.get(address()).content.decode()
    enter(client, system, "viewer")
    assert address() not in client.get(page).content.decode()


def test_a_segment_has_stretches_of_its_own(client: Client, system: System, metric: Metric) -> None:
    north = SeriesFactory.create(
        metric=metric, segment=SegmentFactory.create(system=system, code="area/north")
    )
    observe(north, date(2024, 1, 1), [50.0, 51.0, 60.0])
    enter(client, system)
    response = client.post(address("?segment=area/north"), FILLED)
    assert response["Location"].endswith("?segment=area%2Fnorth")
    assert Rebase.objects.get().series == north
    assert client.post(address("?segment=nowhere"), FILLED).status_code == 404


BAD = [
    ({}, "Give the first period of the new stretch."),
    ({}, "Say what changed: a new stretch needs a reason."),
    ({**FILLED, "reason": "  "}, "Say what changed: a new stretch needs a reason."),
    ({**FILLED, "period": "spring"}, "spring"),
    ({**FILLED, "period": "03/04/2024"}, "two ways"),
    ({**FILLED, "period": "2024-01"}, "2024-01 is the first figure"),
    ({**FILLED, "period": "2030-01"}, "There is no figure for 2030-01"),
    ({**FILLED, "period": "<b>2024"}, "&lt;b&gt;2024"),
    ({**FILLED, "reason": "x" * 2001}, "2000"),
    ({**FILLED, "reason": "a\x00b"}, "Null characters"),
]


@pytest.mark.parametrize(("filled", "said"), BAD)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, system: System, metric: Metric, filled: dict[str, str], said: str
) -> None:
    enter(client, system)
    response = client.post(address(), filled)
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert not Rebase.objects.exists()
    if filled.get("period") == "2030-01":
        assert 'value="2030-01"' in page
        assert "New definition." in page


@pytest.mark.parametrize("role", ["viewer", "accountable_head", "plan_owner", "steward"])
def test_readers_are_refused(client: Client, system: System, metric: Metric, role: str) -> None:
    enter(client, system, role)
    assert client.post(address(), FILLED).status_code == 403
    assert client.get(address()).status_code == 403
    assert not Rebase.objects.exists()


def test_a_reader_from_above_is_refused_and_a_stranger_finds_nothing(
    client: Client, system: System, metric: Metric
) -> None:
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    enter(client, parent, "delivery_leader")
    assert client.post(address(), FILLED).status_code == 403
    for role, home in (("delivery_leader", SystemFactory.create()), ("data_provider", system)):
        enter(client, home, role)
        assert client.post(address(), FILLED).status_code == 404
    client.logout()
    assert client.post(address(), FILLED).status_code == 302
    assert not Rebase.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(
    client: Client, system: System, metric: Metric, method: str
) -> None:
    enter(client, system)
    assert getattr(client, method)(address()).status_code == 405


def test_a_form_from_elsewhere_is_refused(system: System, metric: Metric) -> None:
    client = Client(enforce_csrf_checks=True)
    enter(client, system)
    assert client.post(address(), FILLED).status_code == 403
    assert not Rebase.objects.exists()
