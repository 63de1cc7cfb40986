"""Taking up an invitation by the link in its mail."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from people.models import Appointment, AuditEntry, Invitation, Membership, User
from people.tests.crew import PASSWORD, Crew, administrator, crew, invited
from people.tests.factories import UserFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db
JOIN = {"name": "Director, Reading", "password": PASSWORD}


@pytest.fixture
def north() -> Crew:
    return crew()


def test_reading_it_says_who_offers_what_and_changes_nothing(north: Crew) -> None:
    _row, link = invited(north.system, north.leader)
    before = list(Invitation.objects.values())
    page = Client().get(link)
    words = "North delivery_leader invites you to work in North, as Viewer"
    assert words in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"
    assert list(Invitation.objects.values()) == before
    assert not Session.objects.exists()


def test_someone_new_names_themselves_and_is_in(north: Crew) -> None:
    row, link = invited(north.system, north.leader)
    client = Client()
    first = client.post(link)
    assert first.status_code == 200
    assert "Your name or office" in first.content.decode()
    assert not User.objects.filter(email=row.email).exists()
    answer = client.post(link, JOIN, follow=True)
    assert [address for address, _status in answer.redirect_chain] == ["/", "/north/"]
    assert "You are Viewer of North now" in answer.content.decode()
    user = User.objects.get(email="new@example.org")
    assert user.name == "Director, Reading"
    assert north.roles(user) == {"viewer"}
    assert EmailAddress.objects.get(user=user).verified
    assert client.session["account_authentication_methods"][0]["method"] == "password"
    row.refresh_from_db()
    assert row.accepted_by == user
    lines = set(AuditEntry.objects.values_list("action", "actor", "door"))
    assert ("accept invitation", user.pk, "page") in lines
    assert ("grant role", north.leader.pk, "invitation") in lines


def test_the_password_chosen_opens_the_door_later(north: Crew) -> None:
    _row, link = invited(north.system, north.leader)
    Client().post(link, JOIN)
    answer = Client().post("/accounts/login/", {"login": "new@example.org", "password": PASSWORD})
    assert answer.status_code == 302


def test_who_only_brings_figures_lands_where_that_is_said(north: Crew) -> None:
    _row, link = invited(north.system, north.leader, role="data_provider")
    answer = Client().post(link, JOIN, follow=True)
    assert answer.redirect_chain == [("/", 302), ("/north/metrics/", 302)]
    assert answer.status_code == 200


REFUSED = [
    ({"password": "12345"}, "too short"),
    ({"password": "new@example.org"}, "too similar"),
    ({"password": ""}, "Choose a password"),
    ({"name": ""}, "Give your name or office"),
    ({"name": "Anna\u200b"}, "a sign that cannot be seen"),
]


@pytest.mark.parametrize(("change", "words"), REFUSED)
def test_what_cannot_be_is_said_and_nobody_is_made(
    north: Crew, change: dict[str, str], words: str
) -> None:
    row, link = invited(north.system, north.leader)
    answer = Client().post(link, JOIN | change)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not User.objects.filter(email=row.email).exists()
    assert Invitation.objects.open().exists()


def test_someone_with_an_account_signs_in_first_and_comes_back(north: Crew) -> None:
    known = UserFactory(email="known@example.org", password=PASSWORD)
    _row, link = invited(north.system, north.leader, "Known@example.org")
    client = Client()
    door = client.post(link)
    assert door.status_code == 302
    assert door["Location"] == f"/accounts/login/?next={link}"
    back = client.post(door["Location"], {"login": known.email, "password": PASSWORD})
    assert back["Location"] == link
    assert not Membership.objects.filter(user=known).exists()
    assert "Accept" in client.get(link).content.decode()
    answer = client.post(link, follow=True)
    assert "You are Viewer of North now" in answer.content.decode()
    assert north.roles(known) == {"viewer"}


def test_a_password_sent_along_opens_nobody_elses_account(north: Crew) -> None:
    known = UserFactory(email="known@example.org", password=PASSWORD)
    _row, link = invited(north.system, north.leader, "known@example.org")
    client = Client()
    assert client.post(link, JOIN).status_code == 302
    assert "_auth_user_id" not in client.session
    known.refresh_from_db()
    assert known.check_password(PASSWORD)
    assert known.name == ""


def test_before_the_first_step_known_and_unknown_look_alike(north: Crew) -> None:
    UserFactory(email="old@example.org")
    pages = []
    for email in ("old@example.org", "new@example.org"):
        row, link = invited(north.system, north.leader, email)
        page = Client().get(link).content.decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        pages.append(page.replace(token, "").replace(row.email, "").replace(link, ""))
    assert pages[0] == pages[1]


def test_someone_else_is_told_so_and_can_sign_out(north: Crew) -> None:
    _row, link = invited(north.system, north.leader)
    client = client_of(north.viewer)
    page = client.get(link)
    assert page.status_code == 200
    words = " ".join(page.content.decode().split())
    assert "is for new@example.org, and you are signed in as viewer@north.example" in words
    assert "Sign out" in words
    assert client.post(link, JOIN).status_code == 403
    assert north.roles(north.viewer) == {"viewer"}
    assert not User.objects.filter(email="new@example.org").exists()
    assert Invitation.objects.open().exists()


def dead_links(place: Crew) -> dict[str, str]:
    """Links that no longer work, by what ended them, and one that never was."""
    now, links = timezone.now(), {"unknown": "/invitations/" + "x" * 43 + "/"}
    able = crew("south").leader
    ends: dict[str, dict[str, Any]] = {
        "expired": {"invited_at": now - timedelta(9), "expires_at": now - timedelta(1)},
        "withdrawn": {"withdrawn_at": now},
        "used": {"accepted_at": now, "accepted_by": place.viewer},
        "sender gone": {"invited_by": able},
    }
    for number, (why, fields) in enumerate(ends.items()):
        row, links[why] = invited(place.system, place.leader, f"new{number}@example.org")
        Invitation.objects.filter(pk=row.pk).update(**fields)
    return links


def test_links_that_no_longer_work_answer_alike(north: Crew) -> None:
    pages = {}
    for why, link in dead_links(north).items():
        for client in (Client(), client_of(north.viewer)):
            answers = [client.get(link), client.post(link), client.post(link, JOIN)]
            assert {answer.status_code for answer in answers} == {404}, why
        pages[why] = Client().get(link).content
    assert b"This link no longer works" in pages["unknown"]
    assert len(set(pages.values())) == 1
    assert not User.objects.filter(email__startswith="new").exists()


def test_a_link_works_once(north: Crew) -> None:
    _row, link = invited(north.system, north.leader)
    assert Client().post(link, JOIN).status_code == 302
    assert Client().post(link, JOIN).status_code == 404
    assert Membership.objects.filter(user__email="new@example.org").count() == 1


def test_a_leader_invited_by_a_leader_leads_at_once(north: Crew) -> None:
    _row, link = invited(north.system, north.leader, role="system_leader")
    Client().post(link, JOIN)
    assert north.roles(User.objects.get(email="new@example.org")) == {"system_leader"}


def test_a_leader_invited_by_an_administrator_waits_for_a_leader(north: Crew) -> None:
    _row, link = invited(north.system, administrator(), role="delivery_leader")
    answer = Client().post(link, JOIN, follow=True)
    assert "A leader in post decides" in answer.content.decode()
    user = User.objects.get(email="new@example.org")
    assert north.roles(user) == set()
    assert Appointment.objects.waiting().get().user == user


def test_no_log_keeps_the_secret(north: Crew, caplog: pytest.LogCaptureFixture) -> None:
    _row, link = invited(north.system, north.leader)
    strict = Client(enforce_csrf_checks=True)
    with caplog.at_level(logging.DEBUG):
        assert Client().post(link, JOIN | {"password": "1"}).status_code == 400
        assert client_of(north.viewer).post(link).status_code == 403
        assert strict.post(link).status_code == 403
    assert caplog.text.count("/invitations/…/") == 3
    assert link.split("/")[2] not in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite writes one at a time")
def test_of_two_at_once_one_wins() -> None:
    north = crew()
    _row, link = invited(north.system, north.leader)
    start = Barrier(2)

    def knock(_number: int) -> int:
        try:
            client = Client()
            client.get(link)
            start.wait()
            return client.post(link, JOIN).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(knock, range(2)))
    assert answers[0] == 302
    assert answers[1] in {302, 400, 404}
    user = User.objects.get(email="new@example.org")
    assert north.roles(user) == {"viewer"}
    assert AuditEntry.objects.filter(action="accept invitation").count() == 1


def test_too_many_tries_have_to_wait(north: Crew, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {  # type: ignore[attr-defined]
        **settings.ACCOUNT_RATE_LIMITS, "accept_invitation": "1/m/ip",  # type: ignore[attr-defined]
    }  # fmt: skip
    _row, link = invited(north.system, north.leader)
    assert [Client().post(link).status_code for _ in range(2)] == [200, 429]
    assert Client().get(link).status_code == 200


def test_other_methods_are_refused(north: Crew) -> None:
    _row, link = invited(north.system, north.leader)
    for method in ("put", "patch", "delete"):
        assert getattr(Client(), method)(link).status_code == 405
