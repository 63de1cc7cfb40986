"""Adding a finding: by the joint team, on a closed round or a light one, told to nobody yet."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from people.tests.factories import MembershipFactory
from reviews.models import Finding, Round
from reviews.services.findings import add_finding
from reviews.tests.concluding import (
    CLOSED_TO,
    SECRET,
    closed_round,
    element,
    join,
    lead,
    read_trail,
)
from reviews.tests.factories import ElementFactory, FindingFactory, RoundFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return closed_round()


def filled(**more: Any) -> dict[str, Any]:
    return {"version": "1", "text": SECRET, "nature": "weakness", "order": "", **more}


def test_the_delivery_leader_adds_one(client: Client, row: Round) -> None:
    user = lead(client, row)
    form = client.get(address("add_finding", row)).content.decode()
    assert "5A Build system capacity" in form
    one, other = element(row, "5A"), element(row, "5C")
    response = client.post(address("add_finding", row), filled(elements=[one.pk, other.pk]))
    assert response["Location"] == address("findings", row)
    found = Finding.objects.get()
    assert (found.round, found.text, found.nature, found.by) == (row, SECRET, "weakness", user)
    assert set(found.elements.all()) == {one, other}
    assert AuditEntry.objects.about(found).get().actor == user


@pytest.mark.parametrize("role", ["viewer", "system_leader", "unit_staff", "accountable_head"])
def test_the_joint_team_adds_one(client: Client, row: Round, role: str) -> None:
    join(client, row, role)
    assert client.post(address("add_finding", row), filled()).status_code == 302
    assert Finding.objects.get().elements.count() == 0


def test_the_trail_says_that_it_was_written_and_not_what(client: Client, row: Round) -> None:
    lead(client, row)
    client.post(address("add_finding", row), filled(elements=[element(row, "5C").pk]))
    trail = read_trail(row)
    assert "create" in trail
    for word in (SECRET, "weakness", "5C"):
        assert word not in trail


@pytest.mark.parametrize(
    ("places", "at", "order"),
    [
        ("", 2, ["Old 1", "Old 2", SECRET]),
        ("1", 0, [SECRET, "Old 1", "Old 2"]),
        ("2", 1, ["Old 1", SECRET, "Old 2"]),
        ("999", 2, ["Old 1", "Old 2", SECRET]),
    ],
)
def test_it_takes_the_place_it_is_given(
    client: Client, row: Round, places: str, at: int, order: list[str]
) -> None:
    for number in (1, 2):
        FindingFactory.create(round=row, text=f"Old {number}", order=number)
    lead(client, row)
    client.post(address("add_finding", row), filled(order=places))
    texts = list(row.findings.order_by("order", "pk").values_list("text", flat=True))
    assert (texts, texts.index(SECRET)) == (order, at)
    assert list(row.findings.order_by("order").values_list("order", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": ""}, "Say what the review found."),
        ({"text": "   "}, "Say what the review found."),
        ({"text": "x" * 1001}, "at most 1000 characters"),
        ({"text": "a\x00b"}, "Null characters are not allowed"),
        ({"nature": "rumour"}, "is not one of the available choices"),
        ({"order": "0"}, "greater than or equal to 1"),
        ({"order": "1e308"}, "Enter a whole number"),
        ({"version": ""}, "nothing was saved"),
        ({"elements": ["x"]}, "is not in the rubric of this review"),
        ({"elements": ["9" * 30]}, "is not in the rubric of this review"),
    ],
)
def test_bad_input_is_named_and_nothing_is_lost(
    client: Client, row: Round, wrong: dict[str, Any], words: str
) -> None:
    lead(client, row)
    response = client.post(address("add_finding", row), filled(**wrong))
    assert response.status_code == 400
    page = response.content.decode()
    assert words in page
    assert "text" in wrong or SECRET in page
    assert not Finding.objects.exists()


def test_another_rubric_s_element_is_unknown(client: Client, row: Round) -> None:
    foreign = ElementFactory.create()
    user = lead(client, row)
    response = client.post(address("add_finding", row), filled(elements=[foreign.pk]))
    assert response.status_code == 400
    with pytest.raises(ValidationError, match="not in the rubric of this review"):
        add_finding(round=row, text=SECRET, elements=[foreign], actor=user)
    assert not Finding.objects.exists()


def test_a_text_too_long_is_refused_by_the_service_too(row: Round) -> None:
    with pytest.raises(ValidationError, match="has 1001 characters"):
        add_finding(round=row, text="x" * 1001)
    with pytest.raises(ValidationError, match="NUL"):
        add_finding(round=row, text="a\x00b")
    assert not Finding.objects.exists()


@pytest.mark.parametrize(("state", "light", "status"), [
    ("draft", False, 400), ("open", False, 400), ("draft", True, 400), ("open", True, 302),
])  # fmt: skip
def test_it_waits_for_the_closing_unless_the_review_is_light(
    client: Client, state: str, light: bool, status: int
) -> None:
    row = RoundFactory.create(state=state, is_light=light)
    lead(client, row)
    asked = client.get(address("add_finding", row))
    assert asked.status_code == (200 if status == 302 else 400)
    response = client.post(address("add_finding", row), filled())
    assert response.status_code == status
    if status == 400:
        assert "is not closed yet" in asked.content.decode()
        assert SECRET in response.content.decode()
    assert Finding.objects.exists() == (status == 302)


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("add_finding", row), filled()) == CLOSED_TO
    enter(client, row.system, "unit_staff")
    assert client.post(address("add_finding", row), filled()).status_code == 404
    staff = MembershipFactory.create(system=row.system, role="unit_staff").user
    with pytest.raises(PermissionDenied):
        add_finding(round=row, text=SECRET, actor=staff)
    assert not Finding.objects.exists()


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    lead(client, row)
    assert client.delete(address("add_finding", row)).status_code == 405
