"""From findings to action: what the page says, to whom at which stage, and at which price."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import System
from people.tests.entering import enter
from people.tests.factories import SystemFactory
from reviews.models import Round
from reviews.pages.conclusions import conclusions_of
from reviews.pages.findings import FindingsPage, findings_of
from reviews.tests.concluding import SECRET, closed_round, element, join, lead
from reviews.tests.factories import (
    ConclusionFactory,
    FindingFactory,
    ImplicationFactory,
    ReviewActionFactory,
    RoundFactory,
    RubricFactory,
)
from reviews.tests.ladder import address, take_part

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Round:
    return closed_round(title="Round 2")


def told_of(row: Round, **fields: object) -> None:
    """A finding with what it implies, an action and a conclusion."""
    finding = FindingFactory.create(round=row, text=SECRET, nature="weakness")
    finding.elements.add(element(row, "5C"))
    meant = ImplicationFactory.create(finding=finding, text="Requests will meet resistance.")
    ReviewActionFactory.create(
        implication=meant, action__what="Publish what was done", element=element(row, "5C"),
        towards=4, **fields,
    )  # fmt: skip
    ConclusionFactory.create(round=row, kind="stop", text="Weekly reports")


def page(client: Client, row: Round) -> str:
    response = client.get(address("findings", row))
    assert response.status_code == 200
    return response.content.decode()


@time_machine.travel("2026-04-01")
def test_it_leads_from_finding_to_action(client: Client, row: Round) -> None:
    told_of(row)
    lead(client, row)
    text = page(client, row)
    assert "One weakness leads to one action; it is due on 30 June 2026." in text
    for words in (SECRET, "Requests will meet resistance.", "Publish what was done",
                  "Head of Delivery · 30 June 2026 · Short term", "Weekly reports",
                  "What leaders will stop", "5C towards"):  # fmt: skip
        assert words in text
    assert 'href="#L-G"' in text


def test_without_lights_a_level_is_said_in_its_own_word(client: Client) -> None:
    rubric = RubricFactory.create(lens="themes", scale=[
        {"name": name, "meaning": ""} for name in ("Not yet", "Emerging", "Settled", "Sustained")
    ])  # fmt: skip
    row = closed_round(system=rubric.system, rubric=rubric)
    told_of(row)
    lead(client, row)
    assert "<b>Sustained</b>" in page(client, row)
    main = page(client, row).split('<main id="main"')[1]
    assert "light-ico" not in main


def stages(client: Client, row: Round) -> dict[str, int]:
    """Who reads the findings now."""
    found = {}
    for role in ("delivery_leader", "system_leader", "unit_staff", "viewer", "reviewer"):
        enter(client, row.system, role)
        found[role] = client.get(address("findings", row)).status_code
    join(client, row)
    found["joint team"] = client.get(address("findings", row)).status_code
    take_part(client, row)
    found["named reviewer"] = client.get(address("findings", row)).status_code
    enter(client, SystemFactory.create(), "delivery_leader")
    found["leader elsewhere"] = client.get(address("findings", row)).status_code
    parent = SystemFactory.create()
    System.objects.filter(pk=row.system.pk).update(parent=parent)
    enter(client, parent, "delivery_leader")
    found["leader above"] = client.get(address("findings", row)).status_code
    return found


NOBODY = {"viewer": 404, "reviewer": 404, "leader elsewhere": 404, "leader above": 404}
FIRST = {"delivery_leader": 200, "joint team": 200}


def test_before_any_release_only_the_joint_team_reads(client: Client, row: Round) -> None:
    team = {"system_leader": 404, "unit_staff": 404, "named reviewer": 404}
    assert stages(client, row) == {**FIRST, **team, **NOBODY}


def test_the_leader_reads_before_the_team(client: Client, row: Round) -> None:
    Round.objects.filter(pk=row.pk).update(leader_at=timezone.now())
    team = {"system_leader": 200, "unit_staff": 404, "named reviewer": 404}
    assert stages(client, row) == {**FIRST, **team, **NOBODY}


def test_the_team_reads_once_it_is_released_to_it(client: Client, row: Round) -> None:
    Round.objects.filter(pk=row.pk).update(leader_at=timezone.now(), team_at=timezone.now())
    team = {"system_leader": 200, "unit_staff": 200, "named reviewer": 200}
    assert stages(client, row) == {**FIRST, **team, **NOBODY}


def test_who_only_reads_is_offered_no_change(client: Client, row: Round) -> None:
    told_of(row)
    Round.objects.filter(pk=row.pk).update(leader_at=timezone.now(), team_at=timezone.now())
    enter(client, row.system, "unit_staff")
    text = page(client, row)
    assert SECRET in text
    assert "/findings/new/" not in text
    assert "/withdraw/" not in text
    assert "/release/" not in text


def test_an_open_round_has_no_findings_unless_it_is_light(client: Client) -> None:
    row, light = RoundFactory.create(), RoundFactory.create(is_light=True)
    lead(client, row)
    assert client.get(address("findings", row)).status_code == 404
    enter(client, light.system, "system_leader")
    assert client.get(address("findings", light)).status_code == 404
    join(client, light)
    assert "No finding is written down yet." in page(client, light)


def test_what_is_withdrawn_is_gone(client: Client, row: Round) -> None:
    FindingFactory.create(round=row, text="Gone finding", withdrawn_at=timezone.now())
    kept = FindingFactory.create(round=row, text="Kept finding")
    ImplicationFactory.create(finding=kept, text="Gone meaning", withdrawn_at=timezone.now())
    ConclusionFactory.create(round=row, text="Gone conclusion", withdrawn_at=timezone.now())
    lead(client, row)
    text = page(client, row)
    assert "Kept finding" in text
    assert "Gone" not in text


@pytest.mark.parametrize(
    ("natures", "words"),
    [
        (["strength"], "One strength, and no action is agreed to follow yet."),
        (["strength", "weakness", "weakness"],
         "One strength and two weaknesses, and no action is agreed to follow yet."),
        (["observation", "observation", "strength", "weakness"],
         "One strength, one weakness and two observations, and no action is agreed to follow yet."),
    ],
)  # fmt: skip
def test_the_headline_counts_what_was_found(row: Round, natures: list[str], words: str) -> None:
    for nature in natures:
        FindingFactory.create(round=row, nature=nature)
    assert FindingsPage(row, may_write=False).headline == words


@pytest.mark.parametrize(
    ("due", "status", "ends"),
    [
        (date(2026, 6, 30), "open", "; it is due on 30 June 2026."),
        (date(2026, 3, 1), "open", "; one is late."),
        (date(2026, 3, 1), "done", "; all of it is settled."),
    ],
)
@time_machine.travel("2026-04-01")
def test_the_headline_says_how_the_actions_stand(
    row: Round, due: date, status: str, ends: str
) -> None:
    settled = None if status == "open" else date(2026, 3, 1)
    ReviewActionFactory.create(
        implication__finding__round=row, action__due=due, action__status=status,
        action__settled_on=settled,
    )  # fmt: skip
    assert (
        FindingsPage(row, may_write=False).headline == f"One observation leads to one action{ends}"
    )


@time_machine.travel("2026-04-01")
def test_the_next_action_due_is_named(row: Round) -> None:
    for day in (date(2026, 6, 30), date(2026, 5, 1)):
        ReviewActionFactory.create(implication__finding__round=row, action__due=day)
    words = "Two observations lead to two actions; the next is due on 1 May 2026."
    assert FindingsPage(row, may_write=False).headline == words


def test_open_questions_are_gathered(client: Client, row: Round) -> None:
    finding = FindingFactory.create(round=row)
    ImplicationFactory.create(finding=finding, text="Who owns data?", is_question=True)
    ImplicationFactory.create(
        finding=finding, text="Who pays?", is_question=True, answer="work_around",
        answer_reason="Next year’s budget is fixed.",
    )  # fmt: skip
    lead(client, row)
    text = page(client, row)
    assert "One question is open: solve it, or work around it?" in text
    assert "Next year’s budget is fixed." in text
    assert text.count("Who owns data?") > text.count("Who pays?")


def test_hostile_text_is_only_shown(client: Client, row: Round) -> None:
    FindingFactory.create(round=row, text="<script>alert(1)</script>")
    lead(client, row)
    assert "<script>alert" not in page(client, row)


def test_a_round_of_an_earlier_time_has_no_rubric(client: Client) -> None:
    row = RoundFactory.create(rubric=None, state="closed", closed_at=timezone.now())
    ReviewActionFactory.create(implication__finding__round=row)
    lead(client, row)
    assert "leads to one action" in page(client, row)


def test_it_costs_the_same_for_three_findings_and_for_sixty(client: Client, row: Round) -> None:
    lead(client, row)
    client.get(address("findings", row))
    asked = []
    for count in (3, 57):
        for _one in range(count):
            told_of(row)
        with CaptureQueriesContext(connection) as queries:
            page(client, row)
        asked.append(len(queries))
    assert asked[0] == asked[1]
    row = Round.objects.select_related("system", "rubric").get(pk=row.pk)
    with CaptureQueriesContext(connection) as queries:
        focus, stopped, left = conclusions_of(row)[0].kinds
        told = [len(rows) for rows in (findings_of(row), focus.rows, stopped.rows, left.rows)]
    assert told == [60, 0, 60, 0]
    assert len(queries) == 6


def test_another_system_s_address_leads_nowhere(client: Client, row: Round) -> None:
    lead(client, row)
    other = SystemFactory.create()
    assert client.get(reverse("findings", args=[other.slug, row.pk])).status_code == 404
    assert client.get(reverse("findings", args=[row.system.slug, 10**20])).status_code == 404
    assert client.post(address("findings", row)).status_code == 405


def test_a_joint_team_member_who_lost_the_role_is_out(client: Client, row: Round) -> None:
    user = join(client, row)
    assert client.get(address("findings", row)).status_code == 200
    user.memberships.all().delete()
    assert client.get(address("findings", row)).status_code == 404
