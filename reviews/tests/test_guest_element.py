"""A guest scores one element: by the same rules, on the same form."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import AuditEntry
from people.tests.pages import fields_of
from reviews.models import Round
from reviews.tests.factories import AgreedScoreFactory, RoundFactory
from reviews.tests.scoring import REASON, asked_round, body, element, guest_in, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return asked_round()


def here(code: str = "1A") -> str:
    return reverse("guest_element", args=[code])


def test_a_guest_scores_and_goes_on(client: Client, row: Round) -> None:
    part = guest_in(client, row)
    page = client.get(here()).content.decode()
    assert "Weak of 1A." in page
    assert "Save and next: 1B" in page
    assert "Save within an hour of opening this page" in page
    response = client.post(here(), body(4, reason="", next=1))
    assert response["Location"] == here("1B")
    assert held(part) == [("1A", 1, 4)]
    assert client.post(here("1B"), body(stop=1))["Location"] == reverse("guest_review")
    assert not AuditEntry.objects.exists()


def test_a_guest_who_signs_argues_like_a_member(client: Client, row: Round) -> None:
    part = guest_in(client, row, kind="independent", signs=True)
    data = body(3, source_text_0="", source_text_1="")
    response = client.post(here(), data)
    assert response.status_code == 400
    assert "needs at least 2 sources, and none is named" in response.content.decode()
    assert REASON in response.content.decode()
    assert held(part) == []


def test_no_keys_are_listened_to_where_none_can_be_switched_off(client: Client, row: Round) -> None:
    guest_in(client, row)
    page = client.get(here()).content.decode()
    assert "scoring.js" not in page
    assert "Keys 1 to 4" not in page


def test_what_was_agreed_before_is_not_for_guests(client: Client, row: Round) -> None:
    now = timezone.now()
    before = RoundFactory.create(
        system=row.system, rubric=row.rubric, state="closed", closed_at=now, leader_at=now,
        team_at=now,
    )  # fmt: skip
    AgreedScoreFactory.create(round=before, element=element(row), reason="No paths exist at all.")
    Round.objects.filter(pk=row.pk).update(follows=before)
    guest_in(client, row)
    assert "No paths exist at all." not in client.get(here()).content.decode()


def test_a_late_score_is_refused_and_what_was_typed_stays(client: Client, row: Round) -> None:
    part = guest_in(client, row)
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=timezone.now())
    response = client.post(here(), body())
    assert response.status_code == 400
    assert "“Round 2” closed on" in response.content.decode()
    assert fields_of(response)["reason"] == REASON
    assert held(part) == []


def test_two_windows_lose_nothing(client: Client, row: Round) -> None:
    part = guest_in(client, row)
    client.post(here(), body(1))
    response = client.post(here(), body(2))
    assert response.status_code == 409
    assert "You saved this in another window" in response.content.decode()
    assert held(part) == [("1A", 1, 1)]


def test_an_unknown_element_is_not_there(client: Client, row: Round) -> None:
    guest_in(client, row)
    assert client.get(here("9Z")).status_code == 404
    assert client.post(here("9Z"), body()).status_code == 404


def test_a_guest_of_whom_no_scores_are_asked_has_no_page(client: Client, row: Round) -> None:
    guest_in(client, row, kind="independent")
    assert client.get(here()).status_code == 403


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    guest_in(client, row)
    assert client.put(here()).status_code == 405
