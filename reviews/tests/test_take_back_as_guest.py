"""A guest takes the own scores back."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry
from reviews.services.scores import progress, save_score, sheet_of
from reviews.tests.scoring import asked_round, element, guest_in, held, said

pytestmark = pytest.mark.django_db
HERE = "take_back_as_guest"


def test_none_counts_any_more(client: Client) -> None:
    part = guest_in(client, asked_round())
    save_score(participant=part, element=element(part.round), values=said())
    page = client.get(reverse(HERE)).content.decode()
    assert "Taken back, your one answer does not count." in page
    assert client.post(reverse(HERE))["Location"] == reverse("guest_review")
    part.refresh_from_db()
    assert part.taken_back_at is not None
    assert progress(sheet_of(part)) == 0
    assert held(part) == [("1A", 1, 2)]
    assert not AuditEntry.objects.exists()


def test_other_methods_and_strangers_are_refused(client: Client) -> None:
    assert client.post(reverse(HERE)).status_code == 403
    guest_in(client, asked_round())
    assert client.delete(reverse(HERE)).status_code == 405
