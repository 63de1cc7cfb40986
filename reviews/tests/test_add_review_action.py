"""Agreeing on an action: an office, a day, maybe a level above the one agreed on now."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from people.models import Action
from people.tests.entering import enter
from reviews.models import Implication, ReviewAction, Round
from reviews.services.undertakings import add_review_action
from reviews.tests.concluding import CLOSED_TO, closed_round, element, join, lead, read_trail
from reviews.tests.factories import AgreedScoreFactory, ElementFactory, ImplicationFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db
WHAT = "Publish what was done with every request"


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def meant(row: Round) -> Implication:
    implication: Implication = ImplicationFactory.create(
        finding__round=row, text="Requests will meet resistance."
    )
    return implication


def filled(**more: Any) -> dict[str, Any]:
    return {
        "version": "1", "what": WHAT, "owner": "Head of  Delivery", "due": "2026-04-30",
        "term": "short", "element": "", "towards": "", **more,
    }  # fmt: skip


def test_it_is_agreed_on(client: Client, row: Round, meant: Implication) -> None:
    join(client, row)
    to = address("add_review_action", row, meant.pk)
    page = client.get(to).content.decode()
    assert "Requests will meet resistance." in page
    assert client.post(to, filled())["Location"] == address("findings", row)
    task = Action.objects.get()
    assert (task.what, task.owner, task.due, task.status, task.shared, task.system) == (
        WHAT, "Head of Delivery", date(2026, 4, 30), "open", False, row.system,
    )  # fmt: skip
    agreed = ReviewAction.objects.get()
    assert (agreed.implication, agreed.action, agreed.term, agreed.element, agreed.towards) == (
        meant, task, "short", None, None,
    )  # fmt: skip


def test_until_the_release_nobody_else_learns_of_it(
    client: Client, row: Round, meant: Implication
) -> None:
    lead(client, row)
    sent = filled(element=element(row, "5C").pk, towards="4")
    client.post(address("add_review_action", row, meant.pk), sent)
    trail = read_trail(row)
    for word in (WHAT, "Head of Delivery", "2026-04-30", "5C", "Requests will meet"):
        assert word not in trail
    user = enter(client, row.system, "system_leader")
    assert not Action.objects.visible_to(user).exists()


def test_after_the_release_it_is_shared_at_once(
    client: Client, row: Round, meant: Implication
) -> None:
    Round.objects.filter(pk=row.pk).update(leader_at=timezone.now(), team_at=timezone.now())
    user = lead(client, row)
    client.post(address("add_review_action", row, meant.pk), filled())
    assert Action.objects.visible_to(user).get().what == WHAT
    assert WHAT in read_trail(row)


@pytest.mark.parametrize(("now", "towards", "status"), [
    (None, "1", 302), (2, "3", 302), (2, "4", 302), (2, "2", 400), (2, "1", 400),
])  # fmt: skip
def test_a_level_lies_above_the_one_agreed_on(
    client: Client, row: Round, meant: Implication, now: int | None, towards: str, status: int
) -> None:
    one = element(row, "5A")
    AgreedScoreFactory.create(round=row, element=one, value=now)
    lead(client, row)
    to = address("add_review_action", row, meant.pk)
    assert ("5A Build system capacity (now Amber-Red)" in client.get(to).content.decode()) == (
        now == 2
    )
    response = client.post(to, filled(element=one.pk, towards=towards))
    assert response.status_code == status
    assert ("5A stands at Amber-Red now" in response.content.decode()) == (status == 400)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"what": ""}, "Say what is done."),
        ({"what": "x" * 301}, "at most 300 characters"),
        ({"owner": ""}, "Name the office that does it."),
        ({"owner": "a\u202eb"}, "a sign that cannot be seen"),
        ({"due": "30/04/2026"}, "Write it as year, month and day"),
        ({"due": "1066-10-14"}, "Give a day between the years 1900 and 2200."),
        ({"term": "someday"}, "is not one of the available choices"),
        ({"element": "0"}, "That element is not in the rubric"),
        ({"element": "x"}, "That element is not in the rubric"),
        ({"towards": "3"}, "A level is one of an element."),
        ({"towards": "5"}, "That is no level of this rubric."),
        ({"towards": "1e308"}, "That is no level of this rubric."),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost(
    client: Client, row: Round, meant: Implication, wrong: dict[str, str], words: str
) -> None:
    lead(client, row)
    response = client.post(address("add_review_action", row, meant.pk), filled(**wrong))
    assert response.status_code == 400
    assert words in response.content.decode()
    assert "what" in wrong or WHAT in response.content.decode()
    assert not Action.objects.exists()


def test_the_service_refuses_what_is_not_the_rubric_s(row: Round, meant: Implication) -> None:
    said: dict[str, Any] = {"what": WHAT, "owner": "Head", "due": date(2026, 4, 30)}
    with pytest.raises(ValidationError, match="not in the rubric"):
        add_review_action(implication=meant, element=ElementFactory.create(), **said)
    with pytest.raises(ValidationError, match="5 is no level"):
        add_review_action(implication=meant, element=element(row, "5A"), towards=5, **said)
    assert not Action.objects.exists()


def test_nothing_is_agreed_on_what_was_withdrawn(
    client: Client, row: Round, meant: Implication
) -> None:
    lead(client, row)
    to = address("add_review_action", row, meant.pk)
    type(meant.finding).objects.update(withdrawn_at=timezone.now())
    assert client.post(to, filled()).status_code == 400
    Implication.objects.filter(pk=meant.pk).update(withdrawn_at=timezone.now())
    response = client.post(to, filled())
    assert response.status_code == 400
    assert WHAT in response.content.decode()
    assert not Action.objects.exists()


def test_others_are_refused(client: Client, row: Round, meant: Implication) -> None:
    to = address("add_review_action", row, meant.pk)
    assert answers(client, row, "post", to, filled()) == CLOSED_TO
    assert not Action.objects.exists()


def test_other_methods_are_refused(client: Client, row: Round, meant: Implication) -> None:
    lead(client, row)
    assert client.delete(address("add_review_action", row, meant.pk)).status_code == 405
