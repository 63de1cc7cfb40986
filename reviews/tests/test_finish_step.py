"""Saying that a step of the plan is done."""

from datetime import date

import pytest
from django.test import Client

from people.models import AuditEntry, System
from people.tests.entering import enter
from reviews.models import Step
from reviews.services import plan
from reviews.tests.factories import RoundFactory, StepFactory
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def step() -> Step:
    step: Step = StepFactory.create()
    System.objects.update(reporting_date=date(2026, 3, 12))
    return step


def to(step: Step) -> str:
    return address("finish_step", step.round, step.pk)


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_a_step_is_done_today(client: Client, step: Step, role: str) -> None:
    user = enter(client, step.round.system, role)
    assert client.post(to(step))["Location"] == address("review_plan", step.round)
    step.refresh_from_db()
    assert (step.done_on, step.version) == (date(2026, 3, 12), 2)
    line = AuditEntry.objects.about(step, plan.told_of(step)).get()
    assert (line.actor, line.action) == (user, "finish")


def test_a_step_is_done_once(client: Client, step: Step) -> None:
    enter(client, step.round.system, "unit_staff")
    client.post(to(step))
    response = client.post(to(step))
    assert response.status_code == 400
    assert "was done on 2026-03-12" in response.content.decode()


def test_a_plan_laid_out_anew_meanwhile_is_said(client: Client, step: Step) -> None:
    enter(client, step.round.system, "unit_staff")
    gone = to(step)
    plan.draw_up(step.round)
    response = client.post(gone)
    assert response.status_code == 404
    assert "laid out anew meanwhile" in response.content.decode()
    assert "What you wrote" not in response.content.decode()


def test_a_step_of_another_round_is_not_found(client: Client, step: Step) -> None:
    other = RoundFactory.create(system=step.round.system)
    enter(client, step.round.system, "unit_staff")
    assert client.post(address("finish_step", other, step.pk)).status_code == 404


def test_others_are_refused(client: Client, step: Step) -> None:
    assert answers(client, step.round, "post", to(step)) == REFUSED
    step.refresh_from_db()
    assert step.done_on is None


def test_it_is_only_posted(client: Client, step: Step) -> None:
    enter(client, step.round.system, "unit_staff")
    assert client.get(to(step)).status_code == 405
