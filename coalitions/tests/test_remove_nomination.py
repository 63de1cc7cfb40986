"""Taking a name off one's own list: one's own, and only until it is sent."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from coalitions.models import Coalition, Nomination, OwnList
from coalitions.services import lists as services
from coalitions.tests.factories import CoalitionFactory, NominationFactory
from coalitions.tests.ladder import HEADS, address, answers, be_delegate
from people.models import AuditEntry, Opening, User
from people.tests.entering import enter
from people.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
WORD = "vambrace"


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


def on_list_of(row: Coalition, author: User, **fields: str) -> Nomination:
    found: Nomination = NominationFactory.create(
        own_list__coalition=row, own_list__author=author, **fields
    )
    return found


def to(found: Nomination) -> str:
    return address("remove_nomination", found.own_list.coalition, found.pk)


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_name_comes_off(client: Client, row: Coalition, role: str) -> None:
    user = enter(client, row.system, role)
    found, kept = on_list_of(row, user), NominationFactory.create()
    assert client.post(to(found))["Location"] == address("own_list", row)
    assert list(Nomination.objects.all()) == [kept]


def test_so_it_does_for_a_delegate(client: Client, row: Coalition) -> None:
    found = on_list_of(row, be_delegate(client, row).user)
    assert client.post(to(found)).status_code == 302
    assert not Nomination.objects.exists()


@pytest.mark.parametrize("pooled", [False, True])
def test_anothers_is_not_found_pooled_or_not(client: Client, row: Coalition, pooled: bool) -> None:
    enter(client, row.system, "delivery_leader")
    other = MembershipFactory.create(system=row.system, role="system_leader").user
    found = on_list_of(row, other)
    if pooled:
        OwnList.objects.update(sent_at=timezone.now(), pooled_at=timezone.now())
    assert client.post(to(found)).status_code == 404
    with pytest.raises(PermissionDenied):
        services.remove_nomination(coalition=row, nomination=found.pk, actor=UserFactory.create())
    assert Nomination.objects.exists()


def test_one_of_another_coalition_is_not_found(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    other = CoalitionFactory.create(aspiration__system=row.system)
    found = on_list_of(other, user)
    assert client.post(address("remove_nomination", row, found.pk)).status_code == 404
    assert Nomination.objects.exists()


@pytest.mark.parametrize("pooled", [False, True])
def test_a_list_that_is_sent_stays_as_it_is(client: Client, row: Coalition, pooled: bool) -> None:
    user = enter(client, row.system, "delivery_leader")
    found = on_list_of(row, user)
    OwnList.objects.update(sent_at=timezone.now(), pooled_at=timezone.now() if pooled else None)
    response = client.post(to(found), follow=True)
    told = "put together with the others already" if pooled else "it takes no changes"
    assert told in response.content.decode()
    assert Nomination.objects.exists()


def test_pressed_twice_the_second_finds_nothing(client: Client, row: Coalition) -> None:
    found = on_list_of(row, enter(client, row.system, "delivery_leader"))
    assert client.post(to(found)).status_code == 302
    assert client.post(to(found)).status_code == 404


def test_it_tells_nobody_and_needs_no_key(
    client: Client, row: Coalition, settings: Settings
) -> None:
    found = on_list_of(row, enter(client, row.system, "delivery_leader"), office=WORD)
    before, settings.CONFIDENTIAL_KEYS = AuditEntry.objects.count(), []
    response = client.post(to(found))
    assert (response.status_code, WORD in str(response.cookies)) == (302, False)
    assert not Nomination.objects.exists()
    assert AuditEntry.objects.count() == before
    assert not Opening.objects.exists()


def test_others_find_nothing(client: Client, row: Coalition) -> None:
    found = on_list_of(row, UserFactory.create())
    told = answers(client, row, "post", to(found))
    assert told.pop("not signed in") == 302
    assert set(told.values()) == {404}
    assert Nomination.objects.exists()


@pytest.mark.parametrize("method", ["get", "delete", "put"])
def test_other_methods_are_refused(client: Client, row: Coalition, method: str) -> None:
    found = on_list_of(row, enter(client, row.system, "delivery_leader"))
    assert getattr(client, method)(to(found)).status_code == 405
