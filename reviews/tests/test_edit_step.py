"""Changing a step of the plan: its days, its note, and when it was done."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import AuditEntry, System
from people.tests.entering import enter
from reviews.models import Round, Step
from reviews.services import plan
from reviews.tests.factories import RoundFactory, StepFactory
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db
FILLED = {
    "starts": "2026-03-03", "ends": "2026-03-04", "done_on": "", "note": "In the town hall.",
    "version": "1",
}  # fmt: skip


@pytest.fixture
def step() -> Step:
    step: Step = StepFactory.create()
    System.objects.update(reporting_date=date(2026, 3, 12))
    return step


def to(step: Step) -> str:
    return address("edit_step", step.round, step.pk)


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_the_unit_changes_a_step(client: Client, step: Step, role: str) -> None:
    user = enter(client, step.round.system, role)
    assert 'value="2026-03-02"' in client.get(to(step)).content.decode()
    response = client.post(to(step), {**FILLED, "done_on": "2026-03-04"})
    assert response["Location"] == address("review_plan", step.round)
    step.refresh_from_db()
    assert (step.starts, step.ends, step.done_on, step.note, step.version) == (
        date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 4), "In the town hall.", 2,
    )  # fmt: skip
    line = AuditEntry.objects.about(step, plan.told_of(step)).get()
    assert (line.actor, line.action, line.after["ends"]) == (user, "change", "2026-03-04")


def test_a_closed_review_still_has_steps_to_come(client: Client, step: Step) -> None:
    Round.objects.update(state="closed", closed_at="2026-03-27T12:00Z")
    enter(client, step.round.system, "unit_staff")
    assert client.post(to(step), FILLED).status_code == 302


@pytest.mark.parametrize(("wrong", "said"), [
    ({"starts": ""}, "Give the day."),
    ({"ends": "4 March"}, "Write it as year, month and day"),
    ({"ends": "2026-03-02"}, "is before the step starts"),
    ({"done_on": "2026-03-13"}, "is still to come; today is 2026-03-12"),
    ({"note": "x" * 301}, "300"),
    ({"note": "a\x00b"}, "Null characters"),
    ({"version": "9" * 30}, "no longer says which version"),
])  # fmt: skip
def test_bad_input_changes_nothing_and_what_was_typed_stays(
    client: Client, step: Step, wrong: dict[str, str], said: str
) -> None:
    enter(client, step.round.system, "unit_staff")
    response = client.post(to(step), {**FILLED, **wrong})
    assert response.status_code == 400
    assert said in response.content.decode()
    assert "In the town hall." in response.content.decode() or "note" in wrong
    step.refresh_from_db()
    assert (step.note, step.version) == ("", 1)


def test_the_second_of_two_editors_sees_both(client: Client, step: Step) -> None:
    user = enter(client, step.round.system, "unit_staff", user__name="Ana Lima")
    plan.change_step(step=step, values={"note": "Online."}, version=1, actor=user)
    response = client.post(to(step), FILLED)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Ana Lima saved it" in page
    assert "Online." in page
    assert "In the town hall." in page
    assert 'name="version" value="2"' in page


def test_a_plan_laid_out_anew_meanwhile_is_said(step: Step) -> None:
    plan.draw_up(step.round)
    with pytest.raises(ValidationError, match="laid out anew meanwhile"):
        plan.change_step(step=step, values={"note": "Online."}, version=1)


def test_the_page_says_so_too_and_hands_back_what_was_typed(client: Client, step: Step) -> None:
    enter(client, step.round.system, "unit_staff")
    gone = to(step)
    plan.draw_up(step.round)
    assert client.get(gone).status_code == 404
    response = client.post(gone, FILLED)
    assert response.status_code == 404
    assert "laid out anew meanwhile" in response.content.decode()
    assert "In the town hall." in response.content.decode()


def test_a_step_of_another_round_is_not_found(client: Client, step: Step) -> None:
    other = RoundFactory.create(system=step.round.system)
    enter(client, step.round.system, "unit_staff")
    assert client.post(address("edit_step", other, step.pk), FILLED).status_code == 404


def test_others_are_refused(client: Client, step: Step) -> None:
    assert answers(client, step.round, "post", to(step), FILLED) == REFUSED
    step.refresh_from_db()
    assert step.version == 1


def test_its_form_is_refused_alike(client: Client, step: Step) -> None:
    assert answers(client, step.round, "get", to(step)) == REFUSED


def test_other_methods_are_refused(client: Client, step: Step) -> None:
    enter(client, step.round.system, "unit_staff")
    assert client.delete(to(step)).status_code == 405
