"""The page of one aspiration."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Aspiration, Wording
from aspirations.services import setting
from aspirations.services.aspirations import change_aspiration
from aspirations.services.quality_reviews import add_quality_review
from aspirations.tests.factories import AspirationFactory, SystemFactory, UserFactory, observe
from aspirations.tests.promises.makers import address, aspiration, judged, system, told, worst
from aspirations.tests.promises.test_aspirations import RATINGS, REVIEW
from people.models import System
from people.tests.entering import enter
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Aspiration:
    return aspiration(system(), moral_purpose="Who cannot read is shut out.")


def page_of(client: Client, row: Aspiration, role: str = "viewer") -> str:
    enter(client, row.system, role)
    response = client.get(address("aspiration", row))
    assert response.status_code == 200
    return told(response)


def test_it_says_how_it_stands_and_answers_three_questions(client: Client, row: Aspiration) -> None:
    metric = judged(row, "AR", name="Reading", function="outcome", slug="reading")
    worst(metric, "North", "R")
    observe(metric.series.get(segment__code="all"), date(2024, 1, 1), [50.0, 51.0, 52.0])
    page = page_of(client, row)
    assert "“Every child reads well” is Amber-Red and needs attention." in page
    assert "Who cannot read is shut out." in page
    assert "Not answered yet. By what means?" in page
    assert '<a href="/meridian/metrics/reading/?segment=north">North</a>' in page
    assert "2.1 points behind" in page
    assert "About 1 in 7" in page
    assert "Reading: latest 58.9%" in page
    assert "It lacks a leading or process metric and a balancing metric." in page


def test_the_recorded_reason_stands_beside_a_missing_kind(client: Client, row: Aspiration) -> None:
    judged(row, "AR")
    Aspiration.objects.filter(pk=row.pk).update(roles_reason="No harm is plausible here.")
    assert "Meant so: No harm is plausible here." in page_of(client, row)


def test_all_three_kinds_are_told(client: Client, row: Aspiration) -> None:
    judged(row, "G", name="Reading")
    judged(row, "G", 2, name="Coaches", function="process", prominence="secondary")
    judged(row, "G", 3, name="Science hours", function="balancing", prominence="secondary")
    page = page_of(client, row)
    assert "Its metrics show result, early sign and harm" in page
    assert "It lacks" not in page


def test_what_came_before_is_told_to_members(client: Client, row: Aspiration) -> None:
    setting.add_influence(
        aspiration=row, values={"kind": "law", "force": "strong", "note": "A yearly test."}
    )
    setting.add_consultation(
        aspiration=row,
        values={"held_on": date(2025, 1, 6), "who": "Forty heads", "how": "Workshop",
                "changed": "The age.", "told": "All schools"},
    )  # fmt: skip
    for day, named in ((date(2024, 2, 1), 3), (date(2025, 2, 1), 6)):
        setting.add_probe(
            aspiration=row,
            values={"level": "top_team", "probed_on": day, "asked": 8, "named": named},
        )
    add_quality_review(aspiration=row, values=REVIEW, ratings=RATINGS)
    page = page_of(client, row)
    for words in (
        "A yearly test.", "Strong", "Forty heads", "Changed: The age.",
        "Told of the result: All schools", "6 of 8 named it unprompted", "up from 3 of 8",
        "To be altered", "2 of 4: doubtful", "Few teachers name it.",
        "Is the top team of one mind?",
    ):  # fmt: skip
        assert words in page, words
    assert "Take back" not in page
    assert "Take back" in page_of(client, row, "unit_staff")


def test_readers_from_above_see_the_rest(client: Client, row: Aspiration) -> None:
    setting.add_influence(
        aspiration=row, values={"kind": "law", "force": "strong", "note": "A yearly test."}
    )
    parent = SystemFactory.create()
    System.objects.filter(pk=row.system.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    page = told(client.get(address("aspiration", row)))
    assert "Who cannot read is shut out." in page
    assert "A yearly test." not in page
    assert "Who can name it" not in page


def test_its_words_are_compared_with_the_earlier_ones(client: Client, row: Aspiration) -> None:
    author = UserFactory.create(name="Ada Lovelace")
    MembershipFactory.create(user=author, system=row.system, role="unit_staff")
    change_aspiration(
        aspiration=row, values={"title": "Every pupil reads well"}, version=1, actor=author,
        reason="Adults learn to read too.",
    )  # fmt: skip
    page = page_of(client, row)
    assert "this is version 2" in page
    assert "</span>child</del>" in page
    assert "</span>pupil</ins>" in page
    assert "Adults learn to read too." in page
    # Who is a member is for the unit to know.
    assert "Ada Lovelace" not in page
    assert "Ada Lovelace" in page_of(client, row, "unit_staff")


def test_it_copes_without_metrics_wordings_or_answers(client: Client) -> None:
    row = AspirationFactory.create(system=system(), title="Bare")
    assert not Wording.objects.filter(aspiration=row).exists()
    page = page_of(client, row)
    assert "“Bare” has no headline metric yet, so nothing says how it stands." in page
    assert "Choose its metrics" not in page
    assert "Choose its metrics" in page_of(client, row, "unit_staff")


def test_a_retired_one_says_so_and_can_only_be_taken_up_again(
    client: Client, row: Aspiration
) -> None:
    Aspiration.objects.filter(pk=row.pk).update(status="retired")
    page = page_of(client, row, "unit_staff")
    assert "“Every child reads well” is retired." in page
    assert "Take it up again" in page
    assert "Choose metrics and their order" not in page


def test_queries_do_not_grow_with_metrics(client: Client, row: Aspiration) -> None:
    enter(client, row.system, "unit_staff")
    counts = []
    for first, last in ((0, 3), (3, 30)):
        for number in range(first, last):
            metric = judged(row, "AR", number)
            worst(metric, f"North {number}", "R")
            observe(metric.series.get(segment__code="all"), date(2024, 1, 1), [50.0, 51.0])
        with CaptureQueriesContext(connection) as captured:
            client.get(address("aspiration", row))
        counts.append(len(captured))
    assert counts[0] == counts[1], counts


def test_strangers_find_nothing(client: Client, row: Aspiration) -> None:
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.get(address("aspiration", row)).status_code == 404
    enter(client, row.system, "data_provider")
    assert client.get(address("aspiration", row)).status_code == 404
    enter(client, row.system, "viewer")
    assert client.get("/meridian/aspirations/nothing/").status_code == 404
    assert client.post(address("aspiration", row)).status_code == 405


@pytest.mark.parametrize(
    ("role", "left"),
    [("unit_staff", True), ("system_leader", True), ("viewer", False), ("plan_owner", False)],
)
def test_a_slot_is_left_for_reviews_where_they_open(
    client: Client, row: Aspiration, role: str, left: bool
) -> None:
    enter(client, row.system, role)
    page = client.get(address("aspiration", row)).content.decode()
    assert (f"/capacity/about/{row.slug}/" in page) is left
    assert ("htmx.min.js" in page) is left
