"""Putting a draft in use: what it lacks is said, and from then on nothing changes."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Rubric
from reviews.services import drafts, elements, rubrics
from reviews.services.fitness import stamp, wanting
from reviews.tests.drafting import REFUSED, draft, refusals, text, to
from reviews.tests.factories import LIGHTS, ElementFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Rubric:
    return draft("1A", "1B", title="Our own", key="own")


def shown(row: Rubric) -> str:
    return str(stamp(row, row.elements.all()))


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_it_is_in_use_from_then_on(client: Client, row: Rubric, role: str) -> None:
    user = enter(client, row.system, role)
    page = text(client.get(to("use_rubric", row)))
    assert "is ready: it asks 2 things." in page
    assert f'name="seen" value="{shown(row)}"' in page
    response = client.post(to("use_rubric", row), {"seen": shown(row)})
    assert response["Location"] == to("rubric", row)
    row.refresh_from_db()
    assert not row.is_draft
    assert (str(row.pk), "Our own, version 1") in rubrics.choices(row.system)
    line = AuditEntry.objects.about(row, "own v1").get()
    assert (line.actor, line.action) == (user, "put in use")


def test_nothing_in_it_changes_any_more(row: Rubric) -> None:
    drafts.put_in_use(rubric=row)
    one = row.elements.first()
    assert one is not None
    writes: list[tuple[Any, dict[str, Any]]] = [
        (drafts.change, {"rubric": row, "values": {"title": "Other"}, "version": 2}),
        (drafts.put_in_use, {"rubric": row}),
        (drafts.discard, {"rubric": row}),
        (elements.add, {"rubric": row, "values": {"code": "9Z"}}),
        (elements.change, {"element": one, "values": {"title": "Other"}, "seen": 0}),
        (elements.move, {"element": one, "to": "down"}),
        (elements.remove, {"element": one}),
    ]
    for write, told in writes:
        with pytest.raises(ValidationError, match="is in use, so nothing in it changes"):
            write(**told)


def test_what_was_changed_meanwhile_is_read_first(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    before = shown(row)
    ElementFactory.create(rubric=row, code="1C")
    response = client.post(to("use_rubric", row), {"seen": before})
    assert response.status_code == 400
    assert "was changed after you opened this page" in text(response)
    row.refresh_from_db()
    assert row.is_draft


PLACED = {"component": "Data", "perspective": "Residents"}
AT_A_CORNER = {"corners": ["Public value"], "barrier": "Substance"}
# The draft, its elements, and what it lacks.
LACKS: list[tuple[dict[str, Any], list[dict[str, Any]], list[str]]] = [
    ({}, [{}], []),
    ({}, [], ["There is no element yet, so nothing to score. Add at least one."]),
    ({"scale": LIGHTS[:2]}, [{}], ["A light has four points"]),
    ({"scale": LIGHTS[:3], "lens": "themes"}, [{}], ["A scale has 2, 4 or 6 named points"]),
    ({"lens": "grid"}, [PLACED], []),
    ({"lens": "grid"}, [{}], ["These have no place in the grid: A0."]),
    ({"lens": "grid"}, [PLACED, PLACED], ["These share a place in the grid: A0, A1."]),
    ({"lens": "grid"}, [{}] * 7, ["in the grid: A0, A1, A2, A3, A4 and 2 more."]),
    ({"lens": "grid", "relies": {"Data": ["Trust"]}}, [PLACED],
     ["names components that no element has: Trust."]),
    ({"lens": "triangle"}, [AT_A_CORNER], []),
    ({"lens": "triangle"}, [{"corners": ["Public value"]}], ["no place in the triangle: A0."]),
    ({"lens": "triangle"}, [{"barrier": "Substance"}], ["no place in the triangle: A0."]),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "asked", "said"), LACKS)
def test_what_it_lacks(
    fields: dict[str, Any], asked: list[dict[str, Any]], said: list[str]
) -> None:
    row = draft(**fields)
    made = [
        ElementFactory.create(rubric=row, code=f"A{place}", order=place, **more)
        for place, more in enumerate(asked)
    ]
    found = wanting(row, made)
    assert len(found) == len(said)
    assert all(words in whole for words, whole in zip(said, found, strict=True))


def test_what_it_lacks_is_shown_and_keeps_it_a_draft(client: Client) -> None:
    row = draft()
    enter(client, row.system, "unit_staff")
    page = text(client.get(to("use_rubric", row)))
    assert "cannot be used yet" in page
    assert 'name="seen"' not in page
    response = client.post(to("use_rubric", row), {"seen": shown(row)})
    assert response.status_code == 400
    assert "There is no element yet" in text(response)
    row.refresh_from_db()
    assert row.is_draft


def test_one_in_use_is_not_put_in_use_again(client: Client, row: Rubric) -> None:
    drafts.put_in_use(rubric=row)
    enter(client, row.system, "unit_staff")
    assert client.get(to("use_rubric", row)).status_code == 400
    assert client.post(to("use_rubric", row)).status_code == 400


def test_others_are_refused(client: Client, row: Rubric) -> None:
    seen = {"seen": shown(row)}
    assert refusals(client, row, "post", to("use_rubric", row), seen) == REFUSED
    assert refusals(client, row, "get", to("use_rubric", row)) == REFUSED
    row.refresh_from_db()
    assert row.is_draft


def test_other_methods_are_refused(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(to("use_rubric", row)).status_code == 405
