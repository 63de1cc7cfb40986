"""A guest says that the sheet is complete."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import AuditEntry
from reviews.models import Round
from reviews.services.scores import save_score
from reviews.tests.scoring import asked_round, element, guest_in, said

pytestmark = pytest.mark.django_db
HERE = "finish_as_guest"


def test_a_sheet_is_finished(client: Client) -> None:
    part = guest_in(client, asked_round())
    assert client.post(reverse(HERE)).status_code == 400, "nothing is scored yet"
    save_score(participant=part, element=element(part.round), values=said())
    assert client.post(reverse(HERE))["Location"] == reverse("guest_review")
    part.refresh_from_db()
    assert part.finished_at is not None
    assert not AuditEntry.objects.exists()


def test_after_the_closing_it_is_too_late(client: Client) -> None:
    part = guest_in(client, asked_round())
    save_score(participant=part, element=element(part.round), values=said())
    Round.objects.update(state="closed", closed_at=timezone.now())
    response = client.post(reverse(HERE))
    assert response.status_code == 400
    assert "“Round 2” closed on" in response.content.decode()


def test_other_methods_and_strangers_are_refused(client: Client) -> None:
    assert client.post(reverse(HERE)).status_code == 403
    guest_in(client, asked_round())
    assert client.get(reverse(HERE)).status_code == 405
