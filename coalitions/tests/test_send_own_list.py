"""Sending one's own list: with seven to ten names, once, and closed from then on."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from coalitions.models import Coalition, OwnList
from coalitions.services import lists as services
from coalitions.tests.factories import CoalitionFactory, NominationFactory, OwnListFactory
from coalitions.tests.ladder import HEADS, address, answers, be_delegate
from people.models import AuditEntry, User
from people.tests.entering import enter
from people.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


def to(row: Coalition) -> str:
    return address("send_own_list", row)


def named_by(row: Coalition, author: User, count: int) -> OwnList:
    own: OwnList = OwnListFactory.create(coalition=row, author=author)
    NominationFactory.create_batch(count, own_list=own)
    return own


def is_sent(own: OwnList) -> bool:
    own.refresh_from_db()
    return own.sent_at is not None


@pytest.mark.parametrize("role", sorted(HEADS))
@pytest.mark.parametrize("count", [7, 10])
def test_it_is_sent_with_seven_to_ten(
    client: Client, row: Coalition, role: str, count: int
) -> None:
    own = named_by(row, enter(client, row.system, role), count)
    response = client.post(to(row), follow=True)
    assert response.redirect_chain == [(address("own_list", row), 302)]
    assert "Your list is sent." in response.content.decode()
    assert is_sent(own)


def test_a_delegate_sends_theirs_and_no_other(client: Client, row: Coalition) -> None:
    leader = MembershipFactory.create(system=row.system, role="system_leader").user
    other = named_by(row, leader, 7)
    own = named_by(row, be_delegate(client, row).user, 8)
    client.post(to(row))
    assert (is_sent(own), is_sent(other)) == (True, False)


@pytest.mark.parametrize("count", [0, 1, 6, 11])
def test_fewer_or_more_are_refused_with_the_remedy(
    client: Client, row: Coalition, count: int
) -> None:
    user = enter(client, row.system, "delivery_leader")
    own = named_by(row, user, count)
    response = client.post(to(row), follow=True)
    told = "A list is sent with 7 to 10 names. Add some, or take some off."
    assert told in response.content.decode()
    assert not is_sent(own)
    with pytest.raises(ValidationError, match="7 to 10"):
        services.send_own_list(coalition=row, actor=user)


def test_nothing_is_begun_by_sending_nothing(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    client.post(to(row))
    assert not OwnList.objects.exists()


def test_it_is_sent_once(client: Client, row: Coalition) -> None:
    own = named_by(row, enter(client, row.system, "delivery_leader"), 7)
    client.post(to(row))
    own.refresh_from_db()
    first = own.sent_at
    assert "it takes no changes" in client.post(to(row), follow=True).content.decode()
    own.refresh_from_db()
    assert own.sent_at == first


def test_it_tells_nobody_and_needs_no_key(
    client: Client, row: Coalition, settings: Settings
) -> None:
    own = named_by(row, enter(client, row.system, "delivery_leader"), 7)
    before, settings.CONFIDENTIAL_KEYS = AuditEntry.objects.count(), []
    assert client.post(to(row)).status_code == 302
    assert is_sent(own)
    assert AuditEntry.objects.count() == before


def test_what_was_pooled_is_not_sent_again(client: Client, row: Coalition) -> None:
    user, now = enter(client, row.system, "delivery_leader"), timezone.now()
    own = named_by(row, user, 7)
    OwnList.objects.update(sent_at=now, pooled_at=now)
    client.post(to(row))
    own.refresh_from_db()
    assert (own.sent_at, OwnList.objects.count()) == (now, 1)


def test_others_find_nothing(client: Client, row: Coalition) -> None:
    own = named_by(row, UserFactory.create(), 7)
    told = answers(client, row, "post", to(row))
    assert (told.pop("not signed in"), told.pop("delegate")) == (302, 302)
    assert set(told.values()) == {404}
    assert not is_sent(own)
    with pytest.raises(PermissionDenied):
        services.send_own_list(coalition=row, actor=own.author)


@pytest.mark.parametrize("method", ["get", "delete"])
def test_other_methods_are_refused(client: Client, row: Coalition, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(to(row)).status_code == 405
