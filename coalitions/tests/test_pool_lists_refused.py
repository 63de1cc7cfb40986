"""Putting the lists together: what is refused, to whom, and what is kept of what was typed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from coalitions.models import Coalition, OwnList
from coalitions.services.pooling import Choice, gathered, pool
from coalitions.tests.ladder import REFUSED, answers, be_delegate
from coalitions.tests.pooling import close, key, main, on_list, page, said, sent, to, with_two_sent
from people.models import Actor, AuditEntry, Opening, User
from people.services import Conflict
from people.tests.entering import enter
from people.tests.factories import ActorFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    return with_two_sent()


# --- what is refused ----------------------------------------------------------------------------
def faults(row: Coalition) -> list[tuple[dict[str, str], str]]:
    mayor, union = key(row, "Mayor"), key(row, "Union leader")
    gone = ActorFactory.create(system=row.system, retired_at=timezone.now())
    foreign = ActorFactory.create()
    ActorFactory.create(system=row.system, name="Union Leader (taken)")
    return [
        ({f"who_{mayor}": ""}, "Say of “Mayor” who it is, or leave it out."),
        ({f"who_{mayor}": "sideways"}, "not offered any more"),
        ({f"who_{mayor}": f"actor:{gone.pk}"}, "not offered any more"),
        ({f"who_{mayor}": f"actor:{foreign.pk}"}, "not offered any more"),
        ({f"who_{mayor}": f"same:{mayor}"}, "not offered any more"),
        ({f"who_{mayor}": f"same:{union}", f"who_{union}": f"same:{mayor}"}, "lead to each other"),
        ({f"who_{mayor}": "new", f"sphere_{mayor}": ""}, "to which sphere"),
        ({f"who_{mayor}": "new", f"name_{mayor}": " "}, "what a new actor is called"),
        ({f"who_{mayor}": "new", f"kind_{mayor}": "crowd"}, "Select a valid choice"),
        ({f"who_{mayor}": "new", f"name_{mayor}": "x" * 121}, "at most 120"),
        ({f"who_{mayor}": "new", f"name_{mayor}": "union leader (TAKEN)"}, "already"),
        (
            {f"who_{mayor}": "new", f"who_{union}": "new", f"name_{mayor}": "UNION leader"},
            "is new twice here",
        ),
    ]


def test_bad_input_is_named_kept_and_saves_nothing(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    for wrong, told in faults(row):
        actors = Actor.objects.count()
        response = client.post(to(row), {**said(row, budget="new"), **wrong})
        assert (response.status_code, told) == (400, told)
        text = main(response)
        assert told in text
        assert 'value="new" selected' in text
        assert "Nothing is saved yet." in text
        assert "on the system’s map." not in text
        assert (on_list(row), Actor.objects.count()) == ([], actors)
    assert not OwnList.objects.filter(pooled_at__isnull=False).exists()


def test_over_the_names_of_another_round_nothing_is_saved(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    data = said(row, budget="new")
    OwnList.objects.update(pooled_at=timezone.now())
    sent(row, "Xan", ["Librarian", "Mayor"])
    sent(row, "Wim", ["Librarian"])
    close(row)
    mayor = ActorFactory.create(system=row.system, name="Mayor")
    response = client.post(to(row), data)
    assert response.status_code == 409
    text = main(response)
    assert "meanwhile another leader put the lists together" in text
    assert "Nothing is saved yet." in text
    assert ">Librarian</h2>" in text
    assert f'<option value="actor:{mayor.pk}" selected>' in text
    assert on_list(row) == []
    assert client.post(to(row), said(row, librarian="new")).status_code == 302


def test_pressed_twice_it_is_done_once(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    data = said(row, budget="new")
    assert client.post(to(row), data).status_code == 302
    response = client.post(to(row), data)
    assert response.status_code == 409
    assert "another leader put the lists together" in main(response)
    assert on_list(row) == [(1, "Budget director")]


def test_the_service_refuses_what_has_moved_on(row: Coalition) -> None:
    leader = MembershipFactory.create(system=row.system, role="system_leader").user
    found = gathered(row)
    out = {one.key: Choice() for one in found.names}
    for seen, choices in ((found.lists[:1], out), (found.lists, {})):
        with pytest.raises(Conflict):
            pool(coalition=row, seen=seen, choices=choices, actor=leader)
    gone = ActorFactory.create(system=row.system, retired_at=timezone.now())
    with pytest.raises(ValidationError, match="not on the system’s map"):
        pool(
            coalition=row, seen=found.lists, actor=leader,
            choices={**out, found.names[0].key: Choice(actor=gone)},
        )  # fmt: skip
    assert not OwnList.objects.filter(pooled_at__isnull=False).exists()


# --- who, trail, log, proof, key, price ---------------------------------------------------------
@pytest.mark.parametrize("method", ["get", "post"])
def test_others_are_refused(client: Client, row: Coalition, method: str) -> None:
    assert answers(client, row, method, to(row), said(row)) == REFUSED
    assert not OwnList.objects.filter(pooled_at__isnull=False).exists()


def test_the_service_refuses_a_delegate(client: Client, row: Coalition) -> None:
    user = be_delegate(client, row).user
    found = gathered(row)
    with pytest.raises(PermissionDenied):
        pool(coalition=row, seen=found.lists, choices={}, actor=user)


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.delete(to(row)).status_code == 405


def test_the_trail_holds_that_it_was_done_and_no_content(client: Client, row: Coalition) -> None:
    leader = enter(client, row.system, "delivery_leader")
    client.post(to(row), said(row, mayor="new"))
    line = AuditEntry.objects.get(action="pool lists")
    assert (line.actor, line.object_key, line.after) == (leader, str(row.pk), {"lists": 2})
    closed = AuditEntry.objects.filter(object_type__startswith="coalitions.")
    told = " ".join(f"{one.before}{one.after}{one.reason}{one.object_key}" for one in closed)
    assert "ayor" not in told
    assert "Why" not in told


def test_nothing_of_it_leaves_the_page(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), said(row, mayor="new"))
    assert "ayor" not in f"{response.headers}{response.cookies}{dict(client.session)}"
    assert "Mayor" not in client.get(to(row)).content.decode().split("</title>")[0]


def test_looking_is_logged_whether_asked_for_or_sent_back(client: Client, row: Coalition) -> None:
    user: User = enter(client, row.system, "delivery_leader")
    page(client, row)
    client.post(to(row), {**said(row), f"who_{key(row, 'Mayor')}": ""})
    assert [line.user for line in Opening.objects.all()] == [user, user]


def test_after_a_quarter_of_an_hour_it_saves_yet_shows_no_names(
    client: Client, row: Coalition
) -> None:
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    data = said(row, budget="new")
    data[f"sphere_{key(row, 'Budget director')}"] = "Typed with care"
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(to(row))["Location"].startswith(reverse("account_reauthenticate"))
        response = client.post(to(row), {**data, f"who_{key(row, 'Mayor')}": ""})
        assert response.status_code == 400
        text = main(response)
        assert "you showed who you are too long ago" in text
        assert "Typed with care" in text
        assert "Why Mayor" not in text
        assert ">Union leader</h2>" not in text
        assert not Opening.objects.exists()
        assert client.post(to(row), data).status_code == 302


def test_without_the_key_nothing_is_saved_and_all_is_kept(
    client: Client, row: Coalition, settings: Settings
) -> None:
    enter(client, row.system, "delivery_leader")
    data = said(row, budget="new")
    data[f"sphere_{key(row, 'Budget director')}"] = "Typed with care"
    keys, settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS, []
    assert client.get(to(row)).status_code == 503
    response = client.post(to(row), data)
    assert response.status_code == 503
    text = main(response)
    assert "The key is missing" in text
    assert "Typed with care" in text
    assert 'value="new" selected' in text
    settings.CONFIDENTIAL_KEYS = keys
    assert on_list(row) == []
    assert client.post(to(row), data).status_code == 302
