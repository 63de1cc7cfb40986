"""One's own list: nobody else learns of it before the lists are put together, nor whose it was."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from coalitions.models import Coalition, Nomination, OwnList
from coalitions.tests.factories import (
    CandidateFactory,
    CoalitionFactory,
    NominationFactory,
    OwnListFactory,
)
from coalitions.tests.ladder import address
from coalitions.tests.test_own_list import WORD, leader, named_by, page, to
from people.models import AuditEntry, User
from people.tests.entering import enter
from people.tests.factories import ActorFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


def test_no_page_shows_anothers_names_or_how_many_they_are(client: Client, row: Coalition) -> None:
    other = leader(row)
    enter(client, row.system, "delivery_leader")
    before = [unsaid(client, address(name, row)) for name in ("own_list", "pool_lists")]
    own = OwnListFactory.create(coalition=row, author=other)
    NominationFactory.create_batch(4, own_list=own, office=WORD, why=WORD)
    after = [unsaid(client, address(name, row)) for name in ("own_list", "pool_lists")]
    assert after == before
    assert not any(WORD in text for text in after)


def unsaid(client: Client, where: str) -> str:
    """A page without what differs each time it is asked for."""
    text = client.get(where).content.decode()
    return re.sub(r'(nonce|value|content|data-[a-z-]+)="[^"]*"', "", text)


def test_how_many_are_sent_is_told_never_whose(client: Client, row: Coalition) -> None:
    other = leader(row)
    enter(client, row.system, "delivery_leader")
    assert "No list is sent yet; 2 people are asked for one." in page(client, row)
    sent = named_by(row, other, 7, sent_at=timezone.now())
    sent.nominations.update(office=WORD)
    text = page(client, row)
    assert "1 of 2 lists is sent." in text
    assert WORD not in text
    assert str(other) not in text


def test_rows_open_to_their_author_alone_until_they_are_pooled(row: Coalition) -> None:
    author, reader = leader(row), leader(row)
    own = named_by(row, author, 3)
    for moment in ({}, {"sent_at": timezone.now()}):
        OwnList.objects.filter(pk=own.pk).update(**moment)
        assert Nomination.objects.visible_to(author).count() == 3
        assert not Nomination.objects.visible_to(reader).exists()
        assert not Nomination.objects.visible_to(reader, "coalition.write").exists()
    OwnList.objects.filter(pk=own.pk).update(pooled_at=timezone.now())
    assert Nomination.objects.visible_to(reader).count() == 3
    assert not Nomination.objects.visible_to(UserFactory.create()).exists()


def test_the_trail_tells_nothing_of_it(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    before = AuditEntry.objects.count()
    client.post(to(row), {"office": WORD})
    assert AuditEntry.objects.count() == before


def test_what_was_pooled_is_shown_without_authors(client: Client, row: Coalition) -> None:
    now = timezone.now()
    for name in ("Ada", "Ben"):
        other = leader(row)
        User.objects.filter(pk=other.pk).update(name=name)
        own = OwnListFactory.create(coalition=row, author=other, sent_at=now, pooled_at=now)
        NominationFactory.create(own_list=own, office=f"The {WORD}", why="A secret reason")
    enter(client, row.system, "delivery_leader")
    text = page(client, row)
    assert re.search(r"2 lists, put together on [^,]*, had one name between them\.", text)
    assert f'The {WORD} <span class="faint small">on 2 lists</span>' in text
    assert "Ada" not in text
    assert "A secret reason" not in text


def test_it_tells_how_broad_the_long_list_is(client: Client, row: Coalition) -> None:
    CandidateFactory.create(
        coalition=row, actor=ActorFactory.create(system=row.system, sphere="Treasury")
    )
    ActorFactory.create(system=row.system, sphere="Legislature")
    enter(client, row.system, "delivery_leader")
    text = page(client, row)
    assert "The long list covers one sphere." in text
    assert text.index("Treasury") < text.index("Nobody on it is from:") < text.index("Legislature")
