"""A form sent from a page that was open too long: refused in plain words, and no typing lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.tests.entering import enter
from reviews.models import InterviewNote, Score
from reviews.tests.factories import RoundFactory
from reviews.tests.ladder import address
from reviews.tests.scoring import REASON, asked_round, body, guest_in

pytestmark = pytest.mark.django_db
OURS = {"origin": "http://testserver"}


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def text(response: Any) -> str:
    assert response.status_code == 403
    assert response["Cache-Control"] == "no-store, private"
    return str(response.content.decode())


def test_a_guest_gets_back_what_they_wrote(strict: Client) -> None:
    guest_in(strict, asked_round())
    sent = {**body(raise_by_one="One plan each."), "csrfmiddlewaretoken": "k" * 64}
    page = text(strict.post(reverse("guest_element", args=["1A"]), sent, headers=OURS))
    assert "This page was open too long." in page
    assert "Copy what you wrote" in page
    for words in (REASON, "Target paper, September", "One plan each."):
        assert words in page
    assert "k" * 64 not in page
    assert not Score.objects.exists()


def test_so_does_who_wrote_a_note(strict: Client) -> None:
    row = RoundFactory.create()
    enter(strict, row.system, "delivery_leader")
    sent = {"body": "They <b>fear</b> the hearing.\r\nAll of them.", "element": "12"}
    page = text(strict.post(address("interview_notes", row), sent, headers=OURS))
    assert "They &lt;b&gt;fear&lt;/b&gt; the hearing.<br>All of them." in page
    assert not InterviewNote.objects.exists()


SECRETS = (
    "login",
    "password",
    "password1",
    "oldpassword",
    "code",
    "api_token",
    "credential",
    "key",
)


@pytest.mark.parametrize("name", [*SECRETS, "csrfmiddlewaretoken", "initial-body", "next"])
def test_nothing_secret_is_shown_again(strict: Client, name: str) -> None:
    sent = {name: "quillon brandling", "remark": "A remark."}
    page = text(strict.post(reverse("account_login"), sent, headers=OURS))
    assert "A remark." in page
    assert "quillon" not in page


@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}])
def test_another_site_puts_no_words_of_its_own_here(strict: Client, headers: Any) -> None:
    page = text(strict.post(reverse("account_login"), {"remark": "Call us."}, headers=headers))
    assert "This page was open too long." in page
    assert "Call us." not in page
