"""Changing a finding: two writers see both texts, elements too, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry
from reviews.models import Finding, Round
from reviews.services.findings import change_finding
from reviews.tests.concluding import CLOSED_TO, closed_round, element, join, lead, read_trail
from reviews.tests.factories import FindingFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def found(row: Round) -> Finding:
    finding: Finding = FindingFactory.create(round=row, text="Old words", order=1)
    finding.elements.add(element(row, "5A"))
    return finding


def sent(row: Round, **more: Any) -> dict[str, Any]:
    """What a browser sends that opened the page before any change, and changed nothing."""
    one = str(element(row, "5A").pk)
    return {
        "version": "1", "text": "Old words", "initial-text": "Old words",
        "nature": "observation", "initial-nature": "observation",
        "elements": [one], "initial-elements": one, "order": "1", "initial-order": "1", **more,
    }  # fmt: skip


def chosen_in(page: str) -> list[str]:
    return re.findall(r'<input type="checkbox" name="elements"[^>]* checked', page)


def test_it_is_changed(client: Client, row: Round, found: Finding) -> None:
    join(client, row)
    to = address("edit_finding", row, found.pk)
    page = client.get(to).content.decode()
    assert "Old words" in page
    assert f'name="initial-elements" value="{element(row, "5A").pk}"' in page
    new = sent(row, text="New words", nature="strength", elements=[element(row, "5C").pk])
    assert client.post(to, new)["Location"] == address("findings", row)
    found.refresh_from_db()
    assert (found.text, found.nature, found.version) == ("New words", "strength", 2)
    assert list(found.elements.all()) == [element(row, "5C")]
    trail = read_trail(row)
    assert "'text': 'changed'" in trail
    assert "'elements': 'changed'" in trail
    assert "words" not in trail


def test_saving_it_as_it_is_leaves_no_line(client: Client, row: Round, found: Finding) -> None:
    lead(client, row)
    assert client.post(address("edit_finding", row, found.pk), sent(row)).status_code == 302
    assert not AuditEntry.objects.about(found).exists()


def test_the_second_of_two_writers_sees_both_and_loses_nothing(
    client: Client, row: Round, found: Finding
) -> None:
    lead(client, row)
    one, other = element(row, "5A"), element(row, "5C")
    change_finding(
        finding=found, values={"text": "Their words", "elements": [one, other]}, version=1
    )
    to = address("edit_finding", row, found.pk)
    response = client.post(to, sent(row, text="My words"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Their words" in page
    assert "My words" in page
    assert "5A Build system capacity, 5C Relationships" in page
    assert 'name="version" value="2"' in page
    # elements were left alone, so the form now holds theirs: saving again keeps both
    chosen = [str(one.pk), str(other.pk)]
    assert all(f'value="{key}" id' in page for key in chosen)
    assert len(chosen_in(page)) == 2
    again = sent(row, version="2", text="My words", elements=chosen)
    again["initial-elements"] = ",".join(chosen)
    assert client.post(to, again).status_code == 302
    found.refresh_from_db()
    assert found.text == "My words"
    assert set(found.elements.all()) == {one, other}


def test_elements_that_both_changed_stay_as_typed(
    client: Client, row: Round, found: Finding
) -> None:
    lead(client, row)
    change_finding(finding=found, values={"elements": []}, version=1)
    response = client.post(
        address("edit_finding", row, found.pk), sent(row, elements=[element(row, "5C").pk])
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "5C Relationships" in page
    assert len(chosen_in(page)) == 1
    assert list(found.elements.all()) == []


def test_what_was_withdrawn_meanwhile_comes_back_typed(
    client: Client, row: Round, found: Finding
) -> None:
    lead(client, row)
    Finding.objects.filter(pk=found.pk).update(withdrawn_at=timezone.now())
    to = address("edit_finding", row, found.pk)
    assert client.get(to).status_code == 404
    response = client.post(to, sent(row, text="My words"))
    assert response.status_code == 400
    assert "was withdrawn meanwhile" in response.content.decode()
    assert "My words" in response.content.decode()


def test_it_moves_in_its_list(client: Client, row: Round, found: Finding) -> None:
    for number in (2, 3):
        FindingFactory.create(round=row, text=f"Other {number}", order=number)
    lead(client, row)
    client.post(address("edit_finding", row, found.pk), sent(row, order="2"))
    texts = list(row.findings.order_by("order").values_list("text", flat=True))
    assert texts == ["Other 2", "Old words", "Other 3"]


@pytest.mark.parametrize("wrong", [{"text": ""}, {"nature": ""}, {"version": "x"},
                                   {"elements": ["0"]}])  # fmt: skip
def test_bad_input_changes_nothing(
    client: Client, row: Round, found: Finding, wrong: dict[str, Any]
) -> None:
    lead(client, row)
    response = client.post(address("edit_finding", row, found.pk), sent(row, **wrong))
    assert response.status_code == 400
    found.refresh_from_db()
    assert (found.text, found.version) == ("Old words", 1)


def test_one_of_another_round_is_not_found(client: Client, row: Round) -> None:
    other = FindingFactory.create(round=closed_round(system=row.system))
    lead(client, row)
    for key in (other.pk, 0, 10**20):
        to = address("edit_finding", row, key)
        assert client.get(to).status_code == 404
        assert client.post(to, sent(row)).status_code == 404


def test_others_are_refused(client: Client, row: Round, found: Finding) -> None:
    to = address("edit_finding", row, found.pk)
    assert answers(client, row, "post", to, sent(row, text="New words")) == CLOSED_TO
    found.refresh_from_db()
    assert found.text == "Old words"


def test_other_methods_are_refused(client: Client, row: Round, found: Finding) -> None:
    lead(client, row)
    assert client.delete(address("edit_finding", row, found.pk)).status_code == 405
