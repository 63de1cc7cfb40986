"""The list of coalitions: to leaders, and to delegates those they were let into."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from aspirations.tests.factories import AspirationFactory
from coalitions.models import Coalition
from coalitions.tests.factories import CoalitionFactory, DelegateFactory, StandingFactory
from coalitions.tests.ladder import HEADS, OTHERS, address, answers, be_delegate
from people.models import Opening, System
from people.tests.entering import enter, prove
from people.tests.factories import ActorFactory, SystemFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 9


@pytest.fixture
def system() -> System:
    return SystemFactory.create(name="Meridian")


@pytest.fixture
def row(system: System) -> Coalition:
    return CoalitionFactory.create(
        aspiration=AspirationFactory.create(system=system, title="Every child reads well")
    )


def to(system: System) -> str:
    return reverse("coalitions", args=[system.slug])


def listed(client: Client, system: System) -> str:
    response = client.get(to(system))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", sorted(HEADS))
def test_leaders_see_all_and_where_one_may_begin(client: Client, row: Coalition, role: str) -> None:
    bare = AspirationFactory.create(system=row.system, title="Nobody left behind")
    AspirationFactory.create(system=row.system, title="Long given up", status="retired")
    AspirationFactory.create(title="Of another system")
    enter(client, row.system, role)
    page = listed(client, row.system)
    assert "One guiding coalition is open to you." in page
    assert address("coalition", row) in page
    assert reverse("start_coalition", args=[row.system.slug, bare.slug]) in page
    assert address("start_coalition", row) not in page
    assert "Long given up" not in page
    assert "Of another system" not in page


def test_leaders_are_told_that_there_is_none(client: Client, system: System) -> None:
    enter(client, system, "delivery_leader")
    assert "No aspiration has a guiding coalition yet." in listed(client, system)


def test_form_and_review_stand_beside_it_and_nothing_of_who_is_in_it(
    client: Client, row: Coalition
) -> None:
    Coalition.objects.filter(pk=row.pk).update(form="team", review_due=date(2025, 3, 1))
    later = CoalitionFactory.create(aspiration__system=row.system, review_due=date(2199, 6, 30))
    office = ActorFactory.create(system=row.system, name="Union leader")
    StandingFactory.create(candidate__coalition=later, candidate__actor=office, status="member")
    enter(client, row.system, "delivery_leader")
    page = listed(client, row.system)
    for words in ("Coordinated team", "Review was due on 1 Mar 2025", "Next review on 30 Jun 2199"):
        assert words in page
    assert "Union leader" not in page
    assert not Opening.objects.exists(), "what is not logged tells nothing"


def test_a_delegate_sees_their_own_alone(client: Client, row: Coalition) -> None:
    other = CoalitionFactory.create(aspiration__system=row.system, aspiration__title="Other aim")
    AspirationFactory.create(system=row.system, title="Nobody left behind")
    be_delegate(client, row)
    page = listed(client, row.system)
    assert address("coalition", row) in page
    assert address("coalition", other) not in page
    assert "Other aim" not in page
    assert "Nobody left behind" not in page


def test_everybody_else_finds_nothing(client: Client, row: Coalition) -> None:
    found = answers(client, row, "get", to(row.system))
    assert found.pop("delegate") == 200
    assert found.pop("delegate elsewhere") == 200, "elsewhere in the same system"
    assert found.pop("not signed in") == 302
    assert set(found) >= OTHERS
    assert set(found.values()) == {404}


def test_a_second_factor_is_asked_of_who_would_come_in_with_it(
    client: Client, row: Coalition
) -> None:
    delegate = be_delegate(client, row)
    System.objects.filter(pk=row.system.pk).update(second_factor="leaders")
    assert client.get(to(row.system))["Location"].startswith(reverse("second_factor"))
    prove(client, delegate.user, "mfa")
    assert client.get(to(row.system)).status_code == 200


def test_it_is_only_read(client: Client, system: System) -> None:
    enter(client, system, "delivery_leader")
    assert client.post(to(system)).status_code == 405


def test_queries_do_not_grow_with_the_list(
    client: Client, system: System, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(15):
        DelegateFactory.create(coalition__aspiration__system=system)
        AspirationFactory.create(system=system)
    enter(client, system, "delivery_leader")
    with django_assert_max_num_queries(MOST_QUERIES):
        listed(client, system)
