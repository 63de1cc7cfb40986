"""One's own list: names are added by oneself, and nobody else learns of them before the pooling."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from coalitions.models import Coalition, Nomination, OwnList
from coalitions.services import lists as services
from coalitions.tests.factories import (
    CandidateFactory,
    CoalitionFactory,
    NominationFactory,
    OwnListFactory,
)
from coalitions.tests.ladder import DELEGATES, HEADS, address, answers, be_delegate
from people.models import Opening, User
from people.tests.entering import enter
from people.tests.factories import ActorFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
WORD = "vambrace"
MOST_QUERIES = 30


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


def to(row: Coalition) -> str:
    return address("own_list", row)


def page(client: Client, row: Coalition) -> str:
    response = client.get(to(row))
    assert response.status_code == 200
    text = response.content.decode()
    return " ".join(text[text.index("<main") : text.index("</main>")].split())


def leader(row: Coalition) -> User:
    user: User = MembershipFactory.create(system=row.system, role="system_leader").user
    return user


def named_by(row: Coalition, author: User, count: int, **fields: Any) -> OwnList:
    """A list of so many names."""
    own: OwnList = OwnListFactory.create(coalition=row, author=author, **fields)
    NominationFactory.create_batch(count, own_list=own)
    return own


# --- naming -------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_names_an_office(client: Client, row: Coalition, role: str) -> None:
    user = enter(client, row.system, role)
    said = {"office": f"  The   {WORD} office ", "why": "Every district asks it first.\n"}
    assert client.post(to(row), said)["Location"] == to(row)
    found = Nomination.objects.get()
    assert (found.office, found.why) == (f"The {WORD} office", "Every district asks it first.")
    assert (found.own_list.author, found.own_list.sent_at) == (user, None)
    text = page(client, row)
    assert f"The {WORD} office" in text
    assert "1 of 7 to 10" in text
    assert "Your list has one name; it is sent with seven to ten." in text


@pytest.mark.parametrize("role", sorted(DELEGATES))
def test_so_does_a_delegate(client: Client, row: Coalition, role: str) -> None:
    be_delegate(client, row, role)
    assert client.post(to(row), {"office": WORD}).status_code == 302
    assert WORD in page(client, row)


def test_an_empty_list_says_what_is_asked(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    text = page(client, row)
    assert "Your list is empty. Name seven to ten offices, by yourself." in text
    assert "who decides, who pays, who runs it" in text
    assert address("send_own_list", row) not in text


def test_the_systems_actors_help_the_spelling(client: Client, row: Coalition) -> None:
    ActorFactory.create(system=row.system, name="Budget director")
    ActorFactory.create(system=row.system, name="Gone office", retired_at=timezone.now())
    ActorFactory.create(name="Foreign office")
    be_delegate(client, row)
    text = page(client, row)
    assert '<option value="Budget director">' in text
    assert "Gone office" not in text
    assert "Foreign office" not in text


def test_the_counter_tells_when_it_can_be_sent(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    own = named_by(row, user, 6)
    assert address("send_own_list", row) not in page(client, row)
    NominationFactory.create(own_list=own)
    text = page(client, row)
    assert "Your list has 7 names and can be sent." in text
    assert address("send_own_list", row) in text


# --- what is refused ----------------------------------------------------------------------------
BAD = [
    ({"office": ""}, "Name the office."),
    ({"office": "   "}, "Name the office."),
    ({"office": "x" * 121}, "at most 120 characters"),
    ({"office": "Bud\u202eget"}, "cannot be seen"),
    ({"office": "Mayor", "why": "y" * 501}, "at most 500 characters"),
]


@pytest.mark.parametrize(("said", "told"), BAD)
def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, said: dict[str, str], told: str
) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {"why": "Kept as typed", **said})
    assert response.status_code == 400
    text = response.content.decode()
    assert told in text
    assert said.get("why", "Kept as typed") in text
    assert not Nomination.objects.exists()


def test_a_name_stands_on_a_list_once_however_it_is_written(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    client.post(to(row), {"office": "Teachers’ union leader"})
    response = client.post(to(row), {"office": "the teachers' UNION leader"})
    assert response.status_code == 400
    assert "is on your list already" in response.content.decode()
    assert Nomination.objects.count() == 1


def test_an_eleventh_name_is_refused(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    named_by(row, user, 10)
    assert "Your list is full." in page(client, row)
    response = client.post(to(row), {"office": "One too many"})
    assert response.status_code == 400
    assert "Your list has 10 names, and takes no more." in response.content.decode()
    assert Nomination.objects.count() == 10


def test_a_list_that_is_sent_takes_no_more(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    named_by(row, user, 7, sent_at=timezone.now())
    text = page(client, row)
    assert "Your list is sent, and closed until the lists are put together." in text
    assert 'name="office"' not in text
    response = client.post(to(row), {"office": "Too late"})
    assert response.status_code == 400
    assert "Your list is sent, so it takes no changes." in response.content.decode()
    assert Nomination.objects.count() == 7


def test_after_the_pooling_another_is_begun(client: Client, row: Coalition) -> None:
    user, now = enter(client, row.system, "delivery_leader"), timezone.now()
    named_by(row, user, 7, sent_at=now, pooled_at=now)
    assert client.post(to(row), {"office": WORD}).status_code == 302
    assert OwnList.objects.filter(author=user).count() == 2
    assert "1 of 7 to 10" in page(client, row)


def test_others_find_nothing(client: Client, row: Coalition) -> None:
    for method in ("get", "post"):
        found = answers(client, row, method, to(row), {"office": "Mayor"})
        assert found.pop("delegate") in {200, 302}
        assert found.pop("not signed in") == 302
        assert set(found.values()) == {404}
    with pytest.raises(PermissionDenied):
        services.add_nomination(coalition=row, office="Mayor", actor=UserFactory.create())


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.delete(to(row)).status_code == 405


# --- proof, log, key, price ---------------------------------------------------------------------
def test_reading_is_logged_and_takes_fresh_proof_adding_does_not(
    client: Client, row: Coalition
) -> None:
    user = enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    page(client, row)
    line = Opening.objects.get()
    assert (line.user, line.object_key) == (user, str(row.pk))
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(to(row))["Location"].startswith(reverse("account_reauthenticate"))
        assert client.post(to(row), {"office": WORD}).status_code == 302
        refused = client.post(to(row), {"office": ""})
    assert refused.status_code == 400
    assert WORD not in refused.content.decode()
    assert Opening.objects.count() == 1


def test_without_the_key_nothing_is_written_and_all_is_kept(
    client: Client, row: Coalition, settings: Settings
) -> None:
    enter(client, row.system, "delivery_leader")
    client.post(to(row), {"office": "Mayor"})
    keys, settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS, []
    assert client.get(to(row)).status_code == 503
    response = client.post(to(row), {"office": WORD, "why": "Typed with care"})
    assert response.status_code == 503
    assert WORD in response.content.decode()
    assert "Typed with care" in response.content.decode()
    settings.CONFIDENTIAL_KEYS = keys
    assert [found.office for found in Nomination.objects.all()] == ["Mayor"]


def test_it_asks_as_often_for_many_as_for_few(
    client: Client, row: Coalition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = enter(client, row.system, "delivery_leader")
    own = named_by(row, user, 1)
    pooled(row, 1)
    with CaptureQueriesContext(connection) as few:
        client.get(to(row))
    assert len(few) <= MOST_QUERIES
    NominationFactory.create_batch(9, own_list=own)
    pooled(row, 8)
    ActorFactory.create_batch(20, system=row.system)
    with django_assert_num_queries(len(few)):
        client.get(to(row))


def pooled(row: Coalition, count: int) -> None:
    for _turn in range(2):
        named_by(row, leader(row), count, sent_at=timezone.now(), pooled_at=timezone.now())
    CandidateFactory.create_batch(count, coalition=row)


def test_the_service_refuses_what_the_page_would(row: Coalition) -> None:
    with pytest.raises(ValidationError) as problem:
        services.add_nomination(coalition=row, office="", actor=leader(row))
    assert "office" in problem.value.message_dict
