"""A guest leaves: the session ends on this device, and what was saved stays."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviews.services.scores import save_score
from reviews.tests.scoring import asked_round, element, guest_in, held, said

pytestmark = pytest.mark.django_db
HERE = "leave_as_guest"


def test_leaving_ends_the_session_alone(client: Client) -> None:
    part = guest_in(client, asked_round())
    save_score(participant=part, element=element(part.round), values=said())
    response = client.post(reverse(HERE))
    assert response.status_code == 200
    assert "what you saved is kept" in response.content.decode()
    assert client.get(reverse("guest_review")).status_code == 403
    assert held(part) == [("1A", 1, 2)]


@pytest.mark.parametrize(("fields", "words"), [
    ({"due": date(2099, 2, 1)}, "The review is open until 1 February 2099."),
    ({"due": date(2020, 2, 1)}, "Answers are taken until the review closes."),
])  # fmt: skip
def test_it_says_how_long_one_may_come_back(
    client: Client, fields: dict[str, date], words: str
) -> None:
    guest_in(client, asked_round(starts=date(2020, 1, 1), **fields))
    page = client.post(reverse(HERE)).content.decode()
    assert words in page
    assert "To come back, open the link in your mail" in page
    assert "2020" not in page


def test_nobody_comes_back_to_a_closed_review(client: Client) -> None:
    guest_in(client, asked_round(state="closed", closed_at=timezone.now()))
    page = client.post(reverse(HERE)).content.decode()
    assert "what you saved is kept" in page
    assert "To come back" not in page
    assert "is open until" not in page


def test_other_methods_and_strangers_are_refused(client: Client) -> None:
    assert client.post(reverse(HERE)).status_code == 403
    guest_in(client, asked_round())
    assert client.get(reverse(HERE)).status_code == 405
