"""How long a session lasts, what prolongs it, and what ends it at once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import User
from people.signing_in import sessions
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet phrase"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def ana(clock: time_machine.Traveller, client: Client) -> User:
    user: User = MembershipFactory.create(
        system__slug="riverside", user__email="ana@unit.example", user__password=PASSWORD
    ).user
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return user


def opens(client: Client) -> bool:
    response = client.get("/riverside/?light=R")
    if response.status_code == 302:
        assert response["Location"] == "/accounts/login/?next=/riverside/%3Flight%3DR"
    return response.status_code == 200


# --------------------------------------------------------------------------- an hour
def test_an_hour_without_a_page_ends_it(
    client: Client, ana: User, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(minutes=59))
    assert opens(client)
    clock.shift(timedelta(minutes=59))
    assert opens(client), "each page prolongs it"
    clock.shift(timedelta(minutes=60))
    assert not opens(client)


def test_the_page_that_asks_to_sign_in_says_why(
    client: Client, ana: User, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(hours=2))
    page = client.get("/riverside/", follow=True).content.decode()
    assert "signed out after an hour" in page
    assert 'name="next" value="/riverside/"' in page


def test_what_was_asked_within_a_minute_is_not_written(
    client: Client, ana: User, clock: time_machine.Traveller
) -> None:
    session = client.session
    clock.shift(timedelta(seconds=59))
    client.get(reverse("rules"))
    assert client.session[sessions.SEEN] == session[sessions.SEEN]
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("rules"))
    assert not [row for row in asked.captured_queries if not row["sql"].startswith("SELECT")]
    clock.shift(timedelta(seconds=1))
    client.get(reverse("rules"))
    assert client.session[sessions.SEEN] == session[sessions.SEEN] + 60


def test_the_interface_ends_it_too(
    client: Client, ana: User, clock: time_machine.Traveller
) -> None:
    assert client.get("/api/v1/systems/").status_code == 200
    clock.shift(timedelta(hours=2))
    assert client.get("/api/v1/systems/").status_code == 401


def test_a_session_from_before_the_limits_begins_now(
    client: Client, ana: User, clock: time_machine.Traveller
) -> None:
    session = client.session
    del session[sessions.SEEN], session[sessions.BEGAN]
    session.save()
    assert opens(client)
    clock.shift(timedelta(hours=2))
    assert not opens(client)


# --------------------------------------------------------------------------- half a day
def test_twelve_hours_end_it_whatever_is_asked(
    client: Client, ana: User, clock: time_machine.Traveller
) -> None:
    for _half_hour in range(23):
        clock.shift(timedelta(minutes=30))
        assert opens(client)
    clock.shift(timedelta(minutes=30))
    page = client.get("/riverside/", follow=True).content.decode()
    assert "12 hours after you signed in" in page


# --------------------------------------------------------------------------- asking and staying
def left(client: Client) -> dict[str, object]:
    found: dict[str, object] = client.get(reverse("session_left")).json()
    return found


def test_asking_how_long_is_left_prolongs_nothing(
    client: Client, ana: User, clock: time_machine.Traveller
) -> None:
    assert left(client) == {"left": 3600, "may_stay": True}
    for _ask in range(5):
        clock.shift(timedelta(minutes=11))
        left(client)
    assert left(client) == {"left": 300, "may_stay": True}
    clock.shift(timedelta(minutes=5))
    assert client.get(reverse("session_left")).status_code == 302
    assert not opens(client)


def test_staying_prolongs_it(client: Client, ana: User, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=58))
    answer = client.post(reverse("account_stay"), headers={"Accept": "application/json"})
    assert answer.json() == {"left": 3600, "may_stay": True}
    clock.shift(timedelta(minutes=58))
    assert opens(client)


def test_nobody_stays_beyond_twelve_hours(
    client: Client, ana: User, clock: time_machine.Traveller
) -> None:
    for _quarter in range(47):
        clock.shift(timedelta(minutes=15))
        assert opens(client)
    clock.shift(timedelta(minutes=11))
    client.post(reverse("account_stay"))
    assert left(client) == {"left": 240, "may_stay": False}


def test_without_scripts_staying_leads_back(client: Client, ana: User) -> None:
    address = reverse("account_stay")
    assert client.post(address, {"next": "/riverside/"})["Location"] == "/riverside/"
    assert client.post(address, {"next": "//elsewhere.example"})["Location"] == reverse("home")


def test_staying_is_a_form_of_ours(client: Client, ana: User) -> None:
    assert client.get(reverse("account_stay")).status_code == 405
    assert client.post(reverse("session_left")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ana)
    assert strict.post(reverse("account_stay")).status_code == 403


def test_every_page_of_someone_signed_in_carries_the_warning(client: Client, ana: User) -> None:
    page = client.get("/riverside/").content.decode()
    assert 'data-left="3600"' in page
    assert "js/session.js" in page
    assert "js/session.js" not in Client().get(reverse("account_login")).content.decode()


# --------------------------------------------------------------------------- at once
def test_a_closed_account_ends_it(client: Client, ana: User) -> None:
    assert opens(client)
    User.objects.update(is_active=False)
    assert not opens(client)


def test_a_new_password_ends_all_others(client: Client, ana: User) -> None:
    other = Client()
    other.force_login(ana)
    new = "another phrase altogether"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), form)
    assert opens(client), "who changed it goes on"
    assert not opens(other)


def test_signing_out_leaves_nothing_behind(client: Client, ana: User) -> None:
    key = client.session.session_key
    client.post(reverse("account_logout"))
    assert client.session.session_key != key
    assert key
    assert not client.session.exists(key)
