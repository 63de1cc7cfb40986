"""Reviewing an aspiration on five criteria, and taking a review back."""

import pytest
from django.test import Client

from aspirations.models import Aspiration, QualityRating, QualityReview
from aspirations.services.quality_reviews import add_quality_review
from aspirations.tests.promises.makers import (
    REFUSED_PLAN,
    address,
    answers,
    aspiration,
    system,
    told,
)
from aspirations.tests.promises.test_aspirations import RATINGS, REVIEW
from people.models import AuditEntry
from people.tests.entering import enter

pytestmark = pytest.mark.django_db
FILLED = {
    "reviewed_on": "2025-03-01", "reviewers": "Two heads", "outcome": "alter",
    "remedy": "Spread the word.",
    **{f"rating_{name}": str(rating) for name, (rating, _reason) in RATINGS.items()},
    **{f"reason_{name}": reason for name, (_rating, reason) in RATINGS.items()},
}  # fmt: skip
REASON = {"reason": "Entered under the wrong aspiration."}


@pytest.fixture
def row() -> Aspiration:
    return aspiration(system())


def test_five_ratings_are_kept_with_their_reasons(client: Client, row: Aspiration) -> None:
    author = enter(client, row.system, "unit_staff")
    page = told(client.get(address("add_quality_review", row)))
    assert "Would it move what the system cares about?" in page
    response = client.post(address("add_quality_review", row), FILLED)
    assert response["Location"] == address("aspiration", row)
    review = QualityReview.objects.get()
    assert (review.author, review.outcome, review.remedy) == (author, "alter", "Spread the word.")
    kept = {rating.criterion: (rating.rating, rating.reason) for rating in review.ratings.all()}
    assert kept == RATINGS
    assert AuditEntry.objects.about(review, "reading").filter(action="rate").exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"rating_shared": ""}, "Rate “Shared” from 1 to 4."),
        ({"rating_shared": "5"}, "5 is not one of the available choices"),
        ({"reason_focused": "Because"}, "Say in ten characters or more why “Focused” is rated so."),
        ({"reviewed_on": "2025-04-01"}, "has not come yet"),
        ({"reviewers": ""}, "Say who reviewed it."),
        ({"outcome": ""}, "Choose the outcome."),
    ],
)
def test_a_gap_is_named_and_nothing_is_lost(
    client: Client, row: Aspiration, wrong: dict[str, str], words: str
) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("add_quality_review", row), {**FILLED, **wrong})
    assert response.status_code == 400
    assert words in told(response)
    assert "Six checks a year." in told(response)
    field = next(iter(wrong))
    assert f'<a href="#id_{field}">' in told(response)
    assert f'id="id_{field}"' in told(response)
    assert not QualityReview.objects.exists()
    assert not QualityRating.objects.exists()


def test_the_latest_leads_and_the_earlier_is_folded(client: Client, row: Aspiration) -> None:
    add_quality_review(aspiration=row, values=REVIEW, ratings=RATINGS)
    later = {**REVIEW, "outcome": "endorse"}
    add_quality_review(aspiration=row, values=later, ratings=RATINGS)
    enter(client, row.system, "viewer")
    page = told(client.get(address("aspiration", row)))
    assert "Endorsed as it stands" in page
    assert "One earlier review" in page


def test_it_is_taken_back_with_a_reason(client: Client, row: Aspiration) -> None:
    review = add_quality_review(aspiration=row, values=REVIEW, ratings=RATINGS)
    to = address("withdraw_quality_review", row, review.pk)
    enter(client, row.system, "unit_staff")
    assert client.get(to).status_code == 200
    assert client.post(to, {"reason": ""}).status_code == 400
    assert client.post(to, REASON).status_code == 302
    review.refresh_from_db()
    assert review.withdrawal_reason == REASON["reason"]
    assert "Nobody has reviewed it yet" in told(client.get(address("aspiration", row)))


def test_others_are_refused(client: Client, row: Aspiration) -> None:
    review = add_quality_review(aspiration=row, values=REVIEW, ratings=RATINGS)
    for to, data in (
        (address("add_quality_review", row), FILLED),
        (address("withdraw_quality_review", row, review.pk), REASON),
    ):
        assert answers(client, row.system, "get", to) == REFUSED_PLAN
        assert answers(client, row.system, "post", to, data) == REFUSED_PLAN
        enter(client, row.system, "unit_staff")
        assert client.put(to).status_code == 405
    assert QualityReview.objects.in_force().count() == 1
