"""Wording an aspiration anew, and changing what else is said of it."""

import pytest
from django.test import Client

from aspirations.models import Aspiration
from aspirations.services.aspirations import change_aspiration
from aspirations.tests.promises.makers import (
    REFUSED,
    address,
    answers,
    aspiration,
    system,
    told,
)
from people.models import AuditEntry
from people.tests.entering import enter

pytestmark = pytest.mark.django_db
FILLED = {
    "version": "1", "title": "Every pupil reads well", "status": "adopted", "boldness": "",
    "reason": "Adults learn to read too.", "accountable_head": "Director", "order": "0",
}  # fmt: skip


@pytest.fixture
def row() -> Aspiration:
    return aspiration(system())


def test_new_words_make_a_new_version(client: Client, row: Aspiration) -> None:
    author = enter(client, row.system, "unit_staff")
    assert 'value="Every child reads well"' in told(client.get(address("edit_aspiration", row)))
    response = client.post(address("edit_aspiration", row), FILLED)
    assert response["Location"] == address("aspiration", row)
    row.refresh_from_db()
    assert (row.title, row.slug, row.version) == ("Every pupil reads well", "reading", 2)
    last = row.wordings.last()
    assert last is not None
    assert (last.version, last.author, last.reason) == (2, author, FILLED["reason"])
    assert AuditEntry.objects.about(row, "reading").latest("pk").reason == FILLED["reason"]


def test_words_without_a_reason_are_refused_and_the_rest_needs_none(
    client: Client, row: Aspiration
) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("edit_aspiration", row), {**FILLED, "reason": "Better"})
    assert response.status_code == 400
    assert "needs a reason of at least 10 characters" in told(response)
    assert "Every pupil reads well" in told(response)
    same = {**FILLED, "reason": "", "title": row.title, "boldness": "2"}
    assert client.post(address("edit_aspiration", row), same).status_code == 302
    row.refresh_from_db()
    assert (row.boldness, row.wordings.count()) == (2, 1)


def test_nothing_changed_is_nothing_written(client: Client, row: Aspiration) -> None:
    enter(client, row.system, "unit_staff")
    same = {**FILLED, "title": row.title, "accountable_head": ""}
    assert client.post(address("edit_aspiration", row), same).status_code == 302
    row.refresh_from_db()
    assert row.version == 1


def test_the_second_of_two_writers_sees_both_and_loses_nothing(
    client: Client, row: Aspiration
) -> None:
    enter(client, row.system, "unit_staff")
    change_aspiration(
        aspiration=row, values={"title": "Each child reads"}, version=1, reason="Shorter is better."
    )
    response = client.post(address("edit_aspiration", row), FILLED)
    assert response.status_code == 409
    page = told(response)
    assert "Each child reads" in page
    assert 'value="Every pupil reads well"' in page
    assert 'name="version" value="2"' in page
    again = {**FILLED, "version": "2"}
    assert client.post(address("edit_aspiration", row), again).status_code == 302
    assert row.wordings.count() == 3


@pytest.mark.parametrize("wrong", [{"version": ""}, {"title": ""}, {"boldness": "9"},
                                   {"intended_quadrant": "moon"}, {"order": "-1"}])  # fmt: skip
def test_bad_input_changes_nothing(client: Client, row: Aspiration, wrong: dict[str, str]) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("edit_aspiration", row), {**FILLED, **wrong})
    assert response.status_code == 400
    assert "There is a problem" in told(response)
    row.refresh_from_db()
    assert row.version == 1


def test_a_retired_one_is_taken_up_again_first(client: Client, row: Aspiration) -> None:
    Aspiration.objects.filter(pk=row.pk).update(status="retired")
    enter(client, row.system, "unit_staff")
    response = client.post(address("edit_aspiration", row), FILLED)
    assert response.status_code == 400
    assert "Take it up again first" in told(response)


def test_others_are_refused(client: Client, row: Aspiration) -> None:
    assert answers(client, row.system, "get", address("edit_aspiration", row)) == REFUSED
    assert answers(client, row.system, "post", address("edit_aspiration", row), FILLED) == REFUSED
    row.refresh_from_db()
    assert row.version == 1


def test_other_methods_are_refused(client: Client, row: Aspiration) -> None:
    enter(client, row.system, "unit_staff")
    assert client.put(address("edit_aspiration", row)).status_code == 405
