"""Closing the lists: before that nobody reads a name, and from then on none is sent."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from coalitions.models import Coalition, Nomination, OwnList
from coalitions.services import lists
from coalitions.services.pooling import close_lists, gathered
from coalitions.tests.factories import CoalitionFactory, NominationFactory
from coalitions.tests.ladder import HEADS, REFUSED, address, answers, be_delegate
from coalitions.tests.pooling import main, page, sent, to
from people.models import AuditEntry
from people.tests.entering import enter

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
CLOSE = {"close": "1"}


@pytest.fixture
def row() -> Coalition:
    """With two lists that are sent, and one that is not."""
    row: Coalition = CoalitionFactory.create()
    sent(row, "Zoe", ["Mayor", "Union leader"])
    sent(row, "Yan", ["the MAYOR", "Budget director"])
    sent(row, "Xan", ["Unsent office"], sent_at=None)
    return row


def is_closed(row: Coalition) -> bool:
    row.refresh_from_db()
    return row.lists_closed_at is not None


@pytest.mark.parametrize("role", sorted(HEADS))
def test_names_are_read_only_once_the_lists_are_closed(
    client: Client, row: Coalition, role: str
) -> None:
    enter(client, row.system, role)
    text = page(client, row)
    told = "2 of 3 lists are sent. One has not sent theirs, and it will not count."
    assert told in text
    assert not [name for name in ("Mayor", "MAYOR", "Union leader", "Why") if name in text]
    assert 'name="lists"' not in text
    assert gathered(row).names == ()
    response = client.post(to(row), CLOSE, follow=True)
    assert response.redirect_chain == [(to(row), 302)]
    assert "The lists are closed." in response.content.decode()
    assert "The lists have 3 names between them." in main(response)
    assert is_closed(row)


def test_of_those_not_sent_the_page_tells_how_many(client: Client, row: Coalition) -> None:
    enter(client, row.system, "system_leader")
    be_delegate(client, row)
    enter(client, row.system, "delivery_leader")
    assert "2 of 5 lists are sent. 3 have not sent theirs, and will not count." in page(client, row)
    OwnList.objects.update(sent_at=timezone.now())
    assert "3 of 6 lists are sent. 3 have not" in page(client, row)


def test_a_list_is_sent_after_them_for_the_next_round_only(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    own = OwnList.objects.create(coalition=row, author=user)
    NominationFactory.create_batch(7, own_list=own)
    client.post(to(row), CLOSE)
    text = client.get(address("own_list", row)).content.decode()
    assert text.count("Send yours for the next round.") == 1
    assert address("send_own_list", row) not in text
    response = client.post(address("send_own_list", row), follow=True)
    told = "The lists are being put together. Send yours for the next round."
    assert told in response.content.decode()
    own.refresh_from_db()
    assert own.sent_at is None
    assert Nomination.objects.filter(own_list=own).count() == 7
    with pytest.raises(ValidationError, match="next round"):
        lists.send_own_list(coalition=row, actor=user)
    # One that came in by another way all the same stays out of what is read.
    OwnList.objects.filter(pk=own.pk).update(sent_at=timezone.now())
    assert own.pk not in gathered(row).lists


@pytest.mark.parametrize("count", [0, 1])
def test_it_takes_two(client: Client, count: int) -> None:
    row: Coalition = CoalitionFactory.create()
    for _turn in range(count):
        sent(row, "Zoe", ["Alone office"])
    enter(client, row.system, "delivery_leader")
    assert 'name="close"' not in page(client, row)
    response = client.post(to(row), CLOSE, follow=True)
    assert "It takes two lists or more." in response.content.decode()
    assert not is_closed(row)


def test_closed_twice_it_stays_as_it_was_and_the_trail_tells_not_whose(
    client: Client, row: Coalition
) -> None:
    leader = enter(client, row.system, "delivery_leader")
    client.post(to(row), CLOSE)
    row.refresh_from_db()
    first = row.lists_closed_at
    client.post(to(row), CLOSE)
    row.refresh_from_db()
    assert row.lists_closed_at == first
    line = AuditEntry.objects.get(action="close lists")
    assert (line.actor, line.object_key, line.after) == (leader, str(row.pk), {"lists": 2})


def test_before_they_are_closed_nothing_is_put_together(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {"lists": ""})
    assert response.status_code == 400
    assert "Close the lists first; it takes two or more." in main(response)
    assert not OwnList.objects.filter(pooled_at__isnull=False).exists()


def test_others_are_refused(client: Client, row: Coalition) -> None:
    assert answers(client, row, "post", to(row), CLOSE) == REFUSED
    assert not is_closed(row)
    with pytest.raises(PermissionDenied):
        close_lists(coalition=row, actor=be_delegate(client, row).user)


def test_where_two_are_asked_the_page_says_what_that_means(client: Client) -> None:
    row: Coalition = CoalitionFactory.create()
    told = "Two are asked, so each can tell the other’s names afterwards."
    enter(client, row.system, "system_leader")
    assert told not in client.get(address("own_list", row)).content.decode()
    enter(client, row.system, "delivery_leader")
    assert told in client.get(address("own_list", row)).content.decode()
