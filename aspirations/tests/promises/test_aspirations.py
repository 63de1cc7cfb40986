"""The list of aspirations."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.services.quality_reviews import add_quality_review
from aspirations.tests.factories import AspirationFactory, SystemFactory
from aspirations.tests.promises.makers import TODAY, aspiration, judged, system, told
from people.models import System
from people.tests.entering import enter
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/meridian/aspirations/"
REVIEW = {"reviewed_on": TODAY, "reviewers": "Two heads", "outcome": "alter"}
RATINGS = {
    "moral_purpose": (4, "Everyone can say why."), "ambitious": (3, "Peers have done it."),
    "measurable": (4, "Six checks a year."), "focused": (3, "One age, one subject."),
    "shared": (2, "Few teachers name it."),
}  # fmt: skip


@pytest.fixture
def place() -> System:
    return system()


def test_each_shows_its_lowest_headline_light_and_what_it_lacks(
    client: Client, place: System
) -> None:
    row = aspiration(place, accountable_head="Director of Learning")
    judged(row, "G", name="Fluency")
    judged(row, "AR", 2, name="Reading")
    judged(row, "R", 3, name="Coaches", prominence="secondary", function="process")
    enter(client, place, "unit_staff")
    page = told(client.get(ADDRESS))
    assert "One aspiration is active; “Every child reads well” is in trouble." in page
    assert "<span>Amber-Red</span>" in page
    assert "Reading is not really changing: 2.1 points behind its path" in page
    assert "Director of Learning" in page
    assert "2 headline metrics and 1 other" in page
    assert "It lacks a balancing metric." in page
    assert "Not reviewed yet." in page
    assert "Write a new aspiration" in page


def test_the_outcome_of_the_latest_review_is_told_to_those_who_read_plans(
    client: Client, place: System
) -> None:
    row = aspiration(place)
    add_quality_review(aspiration=row, values=REVIEW, ratings=RATINGS)
    enter(client, place, "viewer")
    page = told(client.get(ADDRESS))
    assert "To be altered; weakest: Shared, 2 of 4." in page
    assert "Write a new aspiration" not in page
    parent = SystemFactory.create()
    System.objects.filter(pk=place.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    page = told(client.get(ADDRESS))
    assert "Every child reads well" in page
    assert "To be altered" not in page


def test_above_five_it_warns_and_retired_ones_are_folded(client: Client, place: System) -> None:
    AspirationFactory.create_batch(5, system=place)
    AspirationFactory.create(system=place, status="retired", title="Bygone aim")
    enter(client, place, "viewer")
    page = told(client.get(ADDRESS))
    assert "attention is spread thin" not in page
    assert "One was retired" in page
    assert "Bygone aim" in page
    AspirationFactory.create(system=place)
    assert "6 aspirations are active. Above 5, attention is spread thin" in told(
        client.get(ADDRESS)
    )


def test_without_any_it_says_why_one_matters(client: Client, place: System) -> None:
    enter(client, place, "viewer")
    page = told(client.get(ADDRESS))
    assert "No aspirations have been written yet." in page
    assert "Write the first" not in page
    enter(client, place, "unit_staff")
    assert "Write the first aspiration" in told(client.get(ADDRESS))


def test_a_system_calls_them_by_its_own_word(client: Client) -> None:
    place = system(labels={"aspiration": "goal", "aspirations": "goals"})
    aspiration(place)
    enter(client, place, "unit_staff")
    page = told(client.get(ADDRESS))
    assert "One goal is active." in page
    assert "Write a new goal" in page


def test_queries_do_not_grow(client: Client, place: System) -> None:
    enter(client, place, "unit_staff")
    counts = []
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            row = aspiration(place, slug=f"aim-{number}", title=f"Aim {number}")
            judged(row, "AR")
            judged(row, "G", 2, prominence="secondary")
            add_quality_review(aspiration=row, values=REVIEW, ratings=RATINGS)
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1], counts


def test_strangers_and_providers_find_nothing(client: Client, place: System) -> None:
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.get(ADDRESS).status_code == 404
    enter(client, place, "data_provider")
    assert client.get(ADDRESS).status_code == 404
    enter(client, place, "viewer")
    assert client.post(ADDRESS).status_code == 405
