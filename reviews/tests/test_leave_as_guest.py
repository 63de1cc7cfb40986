"""A guest leaves: the session ends on this device, and what was saved stays."""

import pytest
from django.test import Client
from django.urls import reverse

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


def test_other_methods_and_strangers_are_refused(client: Client) -> None:
    assert client.post(reverse(HERE)).status_code == 403
    guest_in(client, asked_round())
    assert client.get(reverse(HERE)).status_code == 405
