"""Setting up a round."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.tests.factories import AspirationFactory
from people.models import AuditEntry, System
from people.tests.entering import enter, prove
from people.tests.factories import SystemFactory, UserFactory
from reviews.models import Round
from reviews.services import rounds
from reviews.tests.factories import RoundFactory, RubricFactory
from reviews.tests.ladder import OTHERS, take_part

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
FILLED = {
    "title": "Round 2", "purpose": "Whether plans are live.", "aspiration": "",
    "rubric": "supplied:delivery-capacity-review", "follows": "", "starts": "2026-03-02",
    "due": "2026-03-27", "version": "1",
}  # fmt: skip


@pytest.fixture
def system() -> System:
    return SystemFactory.create()


def address(system: System) -> str:
    return reverse("new_round", args=[system.slug])


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_the_unit_sets_up_a_round(client: Client, system: System, role: str) -> None:
    user = enter(client, system, role)
    aspiration = AspirationFactory.create(system=system)
    assert client.get(address(system)).status_code == 200
    response = client.post(address(system), {**FILLED, "aspiration": aspiration.pk})
    row = Round.objects.get()
    assert response["Location"] == reverse("review", args=[system.slug, row.pk])
    assert (row.title, row.state, row.aspiration, row.version) == (
        "Round 2",
        "draft",
        aspiration,
        1,
    )
    line = AuditEntry.objects.about(row).get(action="create")
    assert (line.actor, line.action, line.door, line.system) == (user, "create", "page", system)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"title": " "}, "Give the review a title"),
    ({"title": "x" * 121}, "120"),
    ({"title": "a\x00b"}, "Null characters"),
    ({"purpose": ""}, "Say what the review is to find out."),
    ({"starts": ""}, "Give the day."),
    ({"due": "03/04/2026"}, "Write it as year, month and day"),
    ({"due": "2026-02-30"}, "Write it as year, month and day"),
    ({"due": "2026-03-01"}, "is before the start"),
    ({"aspiration": "999999"}, "not one of this system"),
    ({"aspiration": "x"}, "not one of this system"),
    ({"rubric": ""}, "Choose the rubric."),
    ({"rubric": "supplied:horoscope"}, "Choose one of the rubrics in use"),
    ({"rubric": "9" * 30}, "Choose one of the rubrics in use"),
    ({"follows": "999999"}, "Choose one of the closed reviews"),
    ({"due": "2027-03-04"}, "more than a year after the start"),
    ({"next_due": "2026-03-27"}, "is not after this round"),
    ({"next_due": "soon"}, "Write it as year, month and day"),
    ({"vision": "x" * 2001}, "2000"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, system: System, wrong: dict[str, Any], said: str
) -> None:
    enter(client, system, "unit_staff")
    response = client.post(address(system), {**FILLED, **wrong})
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert "Whether plans are live." in page or "purpose" in wrong
    assert not Round.objects.exists()


def test_the_rubric_is_taken_up_and_the_plan_laid_out(client: Client, system: System) -> None:
    enter(client, system, "unit_staff")
    client.post(address(system), {**FILLED, "is_light": "on", "vision": "Strengths first."})
    row = Round.objects.get()
    assert row.rubric is not None
    assert (row.rubric.key, row.rubric.system) == ("delivery-capacity-review", system)
    assert (row.is_light, row.vision) == (True, "Strengths first.")
    steps = row.steps.all()
    assert [(step.kind, step.starts.isoformat(), step.ends.isoformat()) for step in steps] == [
        ("introduction", "2026-03-02", "2026-03-02"),
        ("interviews", "2026-03-03", "2026-03-25"),
        ("conclusions", "2026-03-26", "2026-03-27"),
    ]  # fmt: skip


def test_it_is_compared_with_the_latest_closed_one_of_its_rubric(
    client: Client, system: System
) -> None:
    rubric = RubricFactory.create(system=system, title="Our own")
    old, latest = (
        RoundFactory.create(
            system=system, rubric=rubric, state="closed", closed_at=f"{year}-04-01T12:00Z"
        )
        for year in (2022, 2024)
    )
    other = RoundFactory.create(system=system, state="closed", closed_at="2025-04-01T12:00Z")
    enter(client, system, "unit_staff")
    page = client.get(address(system)).content.decode()
    assert '<option value="latest" selected>' in page
    filled = {**FILLED, "rubric": str(rubric.pk)}
    client.post(address(system), {**filled, "follows": "latest"})
    client.post(address(system), {**filled, "follows": str(old.pk)})
    client.post(address(system), filled)
    found = list(Round.objects.filter(title="Round 2", state="draft").order_by("pk"))
    assert [row.follows for row in found] == [latest, old, None]
    response = client.post(address(system), {**filled, "follows": str(other.pk)})
    assert response.status_code == 400
    assert "was not scored with this rubric" in response.content.decode()


def test_a_first_review_follows_none_though_the_latest_is_asked_for(system: System) -> None:
    rubric = RubricFactory.create(system=system)
    days = {"starts": date(2026, 3, 2), "due": date(2026, 3, 6)}
    values = {"title": "First", "purpose": "See.", "rubric": rubric, "follows": "latest", **days}
    assert rounds.set_up(system=system, values=values).follows is None


@pytest.mark.parametrize(("next_due", "told"), [
    ("2027-09-26", True), ("2027-09-27", False), ("2028-03-27", False), ("2028-03-28", True),
])  # fmt: skip
def test_another_next_date_than_usual_is_a_hint_and_no_refusal(
    client: Client, system: System, next_due: str, told: bool
) -> None:
    enter(client, system, "unit_staff")
    response = client.post(address(system), {**FILLED, "next_due": next_due}, follow=True)
    assert Round.objects.get().next_due == date.fromisoformat(next_due)
    hint = "Usual is 18 to 24 months after this one: 27 September 2027 to 27 March 2028."
    assert (hint in response.content.decode()) is told


def test_an_aspiration_of_another_system_is_unknown(client: Client, system: System) -> None:
    user = enter(client, system, "delivery_leader")
    foreign = AspirationFactory.create(title="Foreign aim")
    user.memberships.create(system=foreign.system, role="delivery_leader")
    assert "Foreign aim" not in client.get(address(system)).content.decode()
    response = client.post(address(system), {**FILLED, "aspiration": foreign.pk})
    assert response.status_code == 400
    assert not Round.objects.exists()


def test_nobody_sets_system_state_or_author(client: Client, system: System) -> None:
    enter(client, system, "unit_staff")
    other = SystemFactory.create()
    client.post(address(system), {**FILLED, "system": other.pk, "state": "open", "version": "9"})
    row = Round.objects.get()
    assert (row.system, row.state, row.version) == (system, "draft", 1)


def test_a_leader_who_does_not_set_up_reviews_is_refused(client: Client, system: System) -> None:
    enter(client, system, "system_leader")
    assert client.get(address(system)).status_code == 403
    assert client.post(address(system), FILLED).status_code == 403


@pytest.mark.parametrize("role", sorted(OTHERS))
def test_others_find_nothing(client: Client, system: System, role: str) -> None:
    enter(client, system, role)
    assert client.post(address(system), FILLED).status_code == 404
    assert not Round.objects.exists()


def test_who_is_named_elsewhere_in_the_system_finds_nothing(client: Client, system: System) -> None:
    take_part(client, RoundFactory.create(system=system))
    assert client.post(address(system), FILLED).status_code == 404
    prove(client, UserFactory.create(is_staff=True, is_superuser=True))
    assert client.post(address(system), FILLED).status_code == 404
    client.logout()
    assert client.post(address(system), FILLED).status_code == 302


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, system: System, method: str) -> None:
    enter(client, system, "unit_staff")
    assert getattr(client, method)(address(system)).status_code == 405
