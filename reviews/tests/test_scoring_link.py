"""The link in a guest's mail: read without effect, used once, and then a session of its own."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Participant, Round, ScoringLink
from reviews.services.links import digest
from reviews.tests.factories import GuestFactory, ScoringLinkFactory
from reviews.tests.scoring import asked_round, element

pytestmark = pytest.mark.django_db
SECRET = "a-secret-of-forty-three-characters-or-so-43"


@pytest.fixture
def row() -> Round:
    return asked_round(system__name="Meridian")


@pytest.fixture
def guest(row: Round) -> Participant:
    found: Participant = GuestFactory.create(
        round=row, name="Head of Sunrise", named_by__name="Director, Delivery"
    )
    ScoringLinkFactory.create(participant=found, digest=digest(SECRET))
    return found


def link(secret: str = SECRET) -> str:
    return reverse("scoring_link", args=[secret])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_reading_it_says_what_for_and_changes_nothing(client: Client, guest: Participant) -> None:
    before = list(ScoringLink.objects.values())
    for method in ("get", "head"):
        response = getattr(client, method)(link())
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store, private"
        assert response["Referrer-Policy"] == "strict-origin"
    page = text(client.get(link()))
    for words in (
        "Director, Delivery asks for your view of how well Meridian delivers.",
        "Whether the unit can deliver.", "neither the unit nor any leader, now or later",
        "only where four or more", "4 questions", "for Head of Sunrise alone and works once",
    ):  # fmt: skip
        assert words in page, words
    assert list(ScoringLink.objects.values()) == before
    assert not Session.objects.exists()
    assert AuditEntry.objects.count() == 0


def test_no_day_that_is_over_is_named(client: Client, row: Round, guest: Participant) -> None:
    days = {"starts": date(2020, 1, 1), "due": date(2020, 2, 1)}
    Round.objects.filter(pk=row.pk).update(**days)
    assert "come back until the review closes." in text(client.get(link()))
    assert "2020" not in text(client.get(link()))
    client.post(link())
    page = text(client.get(reverse("guest_review")))
    assert "Answers are taken until the review closes: you can stop, come back" in page
    assert "2020" not in page
    Round.objects.filter(pk=row.pk).update(due=date(2099, 2, 1))
    assert "Until 1 February 2099 you can stop" in text(client.get(reverse("guest_review")))


def test_posting_it_lets_the_guest_in_once(client: Client, guest: Participant) -> None:
    response = client.post(link())
    assert response["Location"] == reverse("guest_review")
    assert "4 questions wait for you." in text(client.get(reverse("guest_review")))
    assert ScoringLink.objects.get().used_at is not None
    assert AuditEntry.objects.count() == 0
    second = Client()
    response = second.post(link())
    assert response.status_code == 410
    assert "was used before" in text(response)
    assert "Send me a new link" in text(response)
    assert second.get(reverse("guest_review")).status_code == 403


def test_in_the_browser_that_used_it_the_link_leads_on(client: Client, guest: Participant) -> None:
    client.post(link())
    for method in ("get", "post"):
        assert getattr(client, method)(link())["Location"] == reverse("guest_review")


@pytest.mark.parametrize(
    ("of_link", "of_part", "of_round", "words", "renews"),
    [
        ({"expires_at": timedelta()}, {}, {}, "is too old", True),
        ({"ended_at": timedelta()}, {}, {}, "A newer link was sent", True),
        ({}, {"left_at": timedelta()}, {}, "no longer asked", False),
        ({}, {}, {"state": "closed", "closed_at": timedelta()}, "is closed", False),
        ({}, {}, {"state": "draft"}, "is not open yet", False),
    ],
)
def test_a_link_that_is_over_says_why_and_what_helps(
    client: Client, row: Round, guest: Participant,
    of_link: dict[str, Any], of_part: dict[str, Any], of_round: dict[str, Any],
    words: str, renews: bool,
) -> None:  # fmt: skip
    now = timezone.now()

    def dated(fields: dict[str, Any]) -> dict[str, Any]:
        return {name: now if isinstance(value, timedelta) else value
                for name, value in fields.items()}  # fmt: skip

    ScoringLink.objects.update(sent_at=now - timedelta(days=20), **dated(of_link))
    Participant.objects.update(**dated(of_part))
    Round.objects.update(**dated(of_round))
    for method in ("get", "post"):
        response = getattr(client, method)(link())
        assert response.status_code == 410
        assert words in text(response)
        assert ("Send me a new link" in text(response)) is renews
    assert client.get(reverse("guest_review")).status_code == 403
    assert ScoringLink.objects.get().used_at is None


@pytest.mark.parametrize("secret", ["unheard-of", "%00", "x" * 500, "'; --", "ü"])
def test_an_unknown_link_is_not_there(client: Client, guest: Participant, secret: str) -> None:
    for method in ("get", "post"):
        response = getattr(client, method)(link(secret))
        assert response.status_code == 404
        assert "No review knows this link" in text(response)
        assert "Meridian" not in text(response)


def test_who_is_signed_in_is_told_and_then_signed_out(
    client: Client, row: Round, guest: Participant
) -> None:
    enter(client, row.system, "delivery_leader", user__name="Director of Budgets")
    assert "You are signed in here as Director of Budgets." in text(client.get(link()))
    before = client.session.session_key
    client.post(link())
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert client.get(reverse("guest_review")).status_code == 200
    home = client.get(reverse("dashboard", args=[row.system.slug]))
    assert home.status_code == 302
    assert home["Location"].startswith(reverse("account_login"))


def test_one_guest_after_another_in_one_browser_sees_only_their_own(
    client: Client, row: Round, guest: Participant
) -> None:
    client.post(link())
    other = GuestFactory.create(round=row, name="Second Guest")
    ScoringLinkFactory.create(participant=other, digest=digest("second"))
    client.post(link("second"))
    client.post(reverse("guest_element", args=["1A"]), {"value": 4, "seen": 0, "rows": 3, **KINDS})
    assert (guest.scores.count(), other.scores.count()) == (0, 1)
    assert other.scores.get().element == element(row)


KINDS = {f"source_kind_{number}": "document" for number in range(3)}


def test_other_methods_are_refused(client: Client, guest: Participant) -> None:
    assert client.delete(link()).status_code == 405
