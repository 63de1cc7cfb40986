"""Changing an action: its task, its level, what it follows from; two writers see both."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.services import Conflict
from people.services.actions import settle
from reviews.models import ReviewAction, Round
from reviews.services.undertakings import change_review_action
from reviews.tests.concluding import CLOSED_TO, closed_round, element, join, lead, read_trail
from reviews.tests.factories import AgreedScoreFactory, ImplicationFactory, ReviewActionFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def agreed(row: Round) -> ReviewAction:
    action: ReviewAction = ReviewActionFactory.create(
        implication__finding__round=row, action__what="Old task", action__owner="Head of Delivery"
    )
    return action


def filled(agreed: ReviewAction, **more: Any) -> dict[str, Any]:
    return {
        "version": "1", "what": "New task", "owner": "Director, Workforce", "due": "2026-05-29",
        "term": "long", "element": "", "towards": "", "implication": agreed.implication_id, **more,
    }  # fmt: skip


def to(row: Round, agreed: ReviewAction) -> str:
    return address("edit_review_action", row, agreed.pk)


def test_it_is_changed(client: Client, row: Round, agreed: ReviewAction) -> None:
    join(client, row)
    assert "Old task" in client.get(to(row, agreed)).content.decode()
    one = element(row, "5A")
    response = client.post(to(row, agreed), filled(agreed, element=one.pk, towards="3"))
    assert response["Location"] == address("findings", row)
    agreed.refresh_from_db()
    agreed.action.refresh_from_db()
    assert (agreed.term, agreed.element, agreed.towards) == ("long", one, 3)
    assert (agreed.action.what, agreed.action.owner, agreed.action.version) == (
        "New task", "Director, Workforce", 2,
    )  # fmt: skip
    trail = read_trail(row)
    assert "'what': 'changed'" in trail
    assert "'towards': 'changed'" in trail
    for word in ("task", "Workforce", "5A", "Old"):
        assert word not in trail


def test_it_moves_to_another_implication(client: Client, row: Round, agreed: ReviewAction) -> None:
    lead(client, row)
    other = ImplicationFactory.create(finding__round=row, text="Fits better.")
    assert "Fits better." in client.get(to(row, agreed)).content.decode()
    assert client.post(
        to(row, agreed), filled(agreed, implication=other.pk)
    ).status_code == 302  # fmt: skip
    agreed.refresh_from_db()
    assert agreed.implication == other


def test_it_moves_to_no_other_review(client: Client, row: Round, agreed: ReviewAction) -> None:
    lead(client, row)
    foreign = ImplicationFactory.create()
    response = client.post(to(row, agreed), filled(agreed, implication=foreign.pk))
    assert response.status_code == 400
    with pytest.raises(ValidationError, match="an implication of this review"):
        change_review_action(action=agreed, values={"implication": foreign}, version=1)


def test_the_second_of_two_writers_sees_both(
    client: Client, row: Round, agreed: ReviewAction
) -> None:
    user = lead(client, row)
    change_review_action(
        action=agreed, values={"owner": "Registrar", "term": "long"}, version=1, actor=user
    )
    response = client.post(to(row, agreed), filled(agreed))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Registrar" in page
    assert "Director, Workforce" in page
    assert str(user) in page
    assert client.post(to(row, agreed), filled(agreed, version="2")).status_code == 302
    with pytest.raises(Conflict):
        change_review_action(action=agreed, values={"owner": "Nobody"}, version=2)


def test_a_level_reached_meanwhile_keeps_nobody_from_changing_the_owner(
    client: Client, row: Round, agreed: ReviewAction
) -> None:
    one = element(row, "5A")
    ReviewAction.objects.filter(pk=agreed.pk).update(element=one, towards=3)
    AgreedScoreFactory.create(round=row, element=one, value=3)
    lead(client, row)
    sent = filled(agreed, element=one.pk, towards="3")
    assert client.post(to(row, agreed), sent).status_code == 302
    assert client.post(to(row, agreed), {**sent, "version": "2", "towards": "2"}).status_code == 400


def test_what_is_settled_stays(client: Client, row: Round, agreed: ReviewAction) -> None:
    lead(client, row)
    settle(action=agreed.action, status="done", version=1)
    response = client.post(to(row, agreed), filled(agreed, version="2"))
    assert response.status_code == 400
    assert "is settled, so it is not changed" in response.content.decode()
    assert "New task" in response.content.decode()


@pytest.mark.parametrize("wrong", [{"what": ""}, {"due": ""}, {"towards": "2"}, {"version": ""},
                                   {"implication": ""}])  # fmt: skip
def test_bad_input_changes_nothing(
    client: Client, row: Round, agreed: ReviewAction, wrong: dict[str, str]
) -> None:
    lead(client, row)
    assert client.post(to(row, agreed), filled(agreed, **wrong)).status_code == 400
    agreed.action.refresh_from_db()
    assert (agreed.action.what, agreed.action.version) == ("Old task", 1)


def test_others_are_refused(client: Client, row: Round, agreed: ReviewAction) -> None:
    assert answers(client, row, "post", to(row, agreed), filled(agreed)) == CLOSED_TO
    lead(client, row)
    foreign = ReviewActionFactory.create()
    assert client.get(to(row, foreign)).status_code == 404
    agreed.action.refresh_from_db()
    assert agreed.action.what == "Old task"


def test_other_methods_are_refused(client: Client, row: Round, agreed: ReviewAction) -> None:
    lead(client, row)
    assert client.delete(to(row, agreed)).status_code == 405
