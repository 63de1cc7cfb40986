"""Withdrawing a finding: not while its actions are open; with a reason once the team has read."""

import pytest
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry
from people.services.actions import settle
from reviews.models import Finding, Round
from reviews.services.undertakings import change_review_action
from reviews.tests.concluding import CLOSED_TO, SECRET, closed_round, join, lead, read_trail
from reviews.tests.factories import FindingFactory, ImplicationFactory, ReviewActionFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db
REASON = {"reason": "It rested on one document that was out of date."}


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def found(row: Round) -> Finding:
    finding: Finding = FindingFactory.create(round=row, text=SECRET)
    return finding


def to(row: Round, found: Finding) -> str:
    return address("withdraw_finding", row, found.pk)


def test_it_leaves_the_pages_and_stays_in_the_database(
    client: Client, row: Round, found: Finding
) -> None:
    user = join(client, row)
    page = client.get(to(row, found)).content.decode()
    assert SECRET in page
    assert "reason" not in page
    assert client.post(to(row, found))["Location"] == address("findings", row)
    found.refresh_from_db()
    assert found.withdrawn_at is not None
    line = AuditEntry.objects.about(found).get()
    assert (line.action, line.actor, line.reason) == ("withdraw", user, "")
    assert SECRET not in read_trail(row)


def test_what_the_team_has_read_takes_a_reason(client: Client, row: Round, found: Finding) -> None:
    Round.objects.filter(pk=row.pk).update(leader_at=timezone.now(), team_at=timezone.now())
    lead(client, row)
    for wrong in ({}, {"reason": ""}, {"reason": "Too old"}):
        assert client.post(to(row, found), wrong).status_code == 400
    assert client.post(to(row, found), REASON).status_code == 302
    assert AuditEntry.objects.about(found).get().reason == REASON["reason"]


def test_an_open_action_is_named_and_holds_it(client: Client, row: Round, found: Finding) -> None:
    lead(client, row)
    agreed = ReviewActionFactory.create(
        implication__finding=found, action__what="Publish what was done"
    )
    response = client.post(to(row, found))
    assert response.status_code == 400
    page = response.content.decode()
    assert "This action is still open: “Publish what was done”." in page
    found.refresh_from_db()
    assert found.withdrawn_at is None
    settle(action=agreed.action, status="done", version=1)
    assert client.post(to(row, found)).status_code == 302


def test_an_action_moved_elsewhere_holds_it_no_more(
    client: Client, row: Round, found: Finding
) -> None:
    lead(client, row)
    agreed = ReviewActionFactory.create(implication__finding=found)
    other = ImplicationFactory.create(finding__round=row)
    change_review_action(action=agreed, values={"implication": other}, version=1)
    assert client.post(to(row, found)).status_code == 302


def test_twice_is_once(client: Client, row: Round, found: Finding) -> None:
    lead(client, row)
    client.post(to(row, found))
    response = client.post(to(row, found))
    assert response.status_code == 400
    assert "was withdrawn meanwhile" in response.content.decode()
    assert AuditEntry.objects.about(found).count() == 1


def test_others_are_refused(client: Client, row: Round, found: Finding) -> None:
    assert answers(client, row, "post", to(row, found)) == CLOSED_TO
    found.refresh_from_db()
    assert found.withdrawn_at is None


def test_other_methods_are_refused(client: Client, row: Round, found: Finding) -> None:
    lead(client, row)
    assert client.delete(to(row, found)).status_code == 405
