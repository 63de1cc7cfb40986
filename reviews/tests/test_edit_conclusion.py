"""Changing a conclusion: its kind and place too; two writers see both."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reviews.models import Conclusion, Round
from reviews.services.conclusions import change_conclusion
from reviews.tests.concluding import CLOSED_TO, closed_round, join, lead, read_trail
from reviews.tests.factories import ConclusionFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def drawn(row: Round) -> Conclusion:
    conclusion: Conclusion = ConclusionFactory.create(round=row, text="Old words", order=1)
    return conclusion


def filled(**more: Any) -> dict[str, Any]:
    return {
        "version": "1", "kind": "leave", "text": "New words", "office": "", "order": "1", **more
    }  # fmt: skip


def test_it_is_changed(client: Client, row: Round, drawn: Conclusion) -> None:
    join(client, row)
    to = address("edit_conclusion", row, drawn.pk)
    assert "Old words" in client.get(to).content.decode()
    assert client.post(to, filled())["Location"] == address("findings", row)
    drawn.refresh_from_db()
    assert (drawn.kind, drawn.text, drawn.version) == ("leave", "New words", 2)
    assert "words" not in read_trail(row)


def test_it_joins_another_kind_at_a_place_there(
    client: Client, row: Round, drawn: Conclusion
) -> None:
    for number in (1, 2):
        ConclusionFactory.create(round=row, kind="leave", text=f"Left {number}", order=number)
    lead(client, row)
    client.post(address("edit_conclusion", row, drawn.pk), filled(order="2"))
    left = Conclusion.objects.filter(kind="leave").order_by("order")
    assert list(left.values_list("text", "order")) == [
        ("Left 1", 1), ("New words", 2), ("Left 2", 3),
    ]  # fmt: skip


def test_the_second_of_two_writers_sees_both(client: Client, row: Round, drawn: Conclusion) -> None:
    lead(client, row)
    change_conclusion(conclusion=drawn, values={"text": "Their words"}, version=1)
    to = address("edit_conclusion", row, drawn.pk)
    response = client.post(to, filled())
    page = response.content.decode()
    assert response.status_code == 409
    assert "Their words" in page
    assert "New words" in page
    assert client.post(to, filled(version="2")).status_code == 302


def test_what_was_withdrawn_meanwhile_comes_back_typed(
    client: Client, row: Round, drawn: Conclusion
) -> None:
    lead(client, row)
    Conclusion.objects.filter(pk=drawn.pk).update(withdrawn_at=timezone.now())
    response = client.post(address("edit_conclusion", row, drawn.pk), filled())
    assert response.status_code == 400
    assert "New words" in response.content.decode()


@pytest.mark.parametrize("wrong", [{"text": ""}, {"kind": ""}, {"version": "²"}])
def test_bad_input_changes_nothing(
    client: Client, row: Round, drawn: Conclusion, wrong: dict[str, str]
) -> None:
    lead(client, row)
    response = client.post(address("edit_conclusion", row, drawn.pk), filled(**wrong))
    assert response.status_code == 400
    drawn.refresh_from_db()
    assert (drawn.text, drawn.version) == ("Old words", 1)


def test_others_are_refused(client: Client, row: Round, drawn: Conclusion) -> None:
    to = address("edit_conclusion", row, drawn.pk)
    assert answers(client, row, "post", to, filled()) == CLOSED_TO
    lead(client, row)
    foreign = ConclusionFactory.create(round__system=row.system)
    assert client.post(address("edit_conclusion", row, foreign.pk), filled()).status_code == 404
    drawn.refresh_from_db()
    assert drawn.text == "Old words"


def test_other_methods_are_refused(client: Client, row: Round, drawn: Conclusion) -> None:
    lead(client, row)
    assert client.delete(address("edit_conclusion", row, drawn.pk)).status_code == 405
