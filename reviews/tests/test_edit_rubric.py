"""Changing a draft’s title, view and scale; two who do it notice each other."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Rubric
from reviews.services import drafts
from reviews.tests.drafting import REFUSED, draft, refusals, rubric_form, text, to
from reviews.tests.factories import LIGHTS, RubricFactory

pytestmark = pytest.mark.django_db
BARE = {f"{part}_{place}": "" for place in range(1, 7) for part in ("name", "meaning")}
TWO = {**BARE, "name_1": "No", "meaning_1": "Not there", "name_2": "Yes", "meaning_2": "There"}


@pytest.fixture
def row() -> Rubric:
    return draft("1A", title="Our own", key="own")


def test_a_draft_is_changed(client: Client, row: Rubric) -> None:
    user = enter(client, row.system, "unit_staff")
    assert 'value="Amber-Red"' in text(client.get(to("edit_rubric", row)))
    filled = rubric_form(row, title=" In  districts ", lens="themes", points="2", **TWO)
    assert client.post(to("edit_rubric", row), filled)["Location"] == to("rubric", row)
    row.refresh_from_db()
    assert (row.title, row.lens, row.version, row.key) == ("In districts", "themes", 2, "own")
    assert row.scale == [
        {"name": "No", "meaning": "Not there"}, {"name": "Yes", "meaning": "There"},
    ]  # fmt: skip
    line = AuditEntry.objects.about(row, "own v1").get()
    assert (line.actor, line.action, line.before["scale"]) == (user, "change", LIGHTS)


def test_what_rests_on_what_is_written_line_by_line(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    lines = "Data: Governance;  Funding \r\n\r\nPlans:Data"
    client.post(to("edit_rubric", row), rubric_form(row, relies=lines))
    row.refresh_from_db()
    assert row.relies == {"Data": ["Governance", "Funding"], "Plans": ["Data"]}
    assert "Data: Governance; Funding\r\nPlans: Data" in text(client.get(to("edit_rubric", row)))


def test_the_second_of_two_editors_sees_both_and_loses_nothing(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    filled = rubric_form(row, title="Mine")
    drafts.change(rubric=row, values={"title": "Theirs"}, version=1)
    response = client.post(to("edit_rubric", row), filled)
    assert response.status_code == 409
    assert "Theirs" in text(response)
    assert 'value="Mine"' in text(response)
    assert client.post(to("edit_rubric", row), {**filled, "version": "2"}).status_code == 302
    row.refresh_from_db()
    assert row.title == "Mine"


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "Give the rubric a title."),
    ({"title": "Delivery capacity review"}, "Another rubric is called"),
    ({"title": "x" * 121}, "at most 120"),
    ({"lens": "wheel"}, "Choose one of the four."),
    ({"points": "3"}, "Choose 2, 4 or 6 points."),
    ({"points": "6"}, "Name point 5."),
    ({"points": "2"}, "The scale has 2 points, and this is number 3."),
    ({"meaning_2": " "}, "Say what point 2 means."),
    ({"name_2": "Red"}, "A light has four points"),
    ({"lens": "themes", "name_2": "Red"}, "Two points of the scale have the same name."),
    ({"name_1": "Pale"}, "A light has four points"),
    ({"points": "2", **TWO}, "A light has four points"),
    ({"name_1": "n" * 41}, "at most 40"),
    ({"relies": "Data"}, "does not say what rests on what"),
    ({"relies": "Data: ;"}, "does not say what rests on what"),
    ({"source": "a\x00b"}, "Null characters"),
    ({"version": ""}, "which version it showed"),
    ({"version": "9" * 40}, "which version it showed"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_bad_input_is_named_and_changes_nothing(
    client: Client, row: Rubric, wrong: dict[str, Any], said: str
) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(to("edit_rubric", row), rubric_form(row, **wrong))
    assert response.status_code == 400
    assert said in text(response)
    assert "Amber-Green in nearly all respects" in text(response) or wrong.get("points") == "2"
    row.refresh_from_db()
    assert (row.title, row.version, row.scale) == ("Our own", 1, LIGHTS)


@pytest.mark.parametrize("scale", [None, "Red", [1, 2], [{"name": "No"}] * 2,
                                   [{"name": "a\x00", "meaning": ""}] * 4, []])  # fmt: skip
def test_the_service_refuses_what_is_no_scale(row: Rubric, scale: Any) -> None:
    with pytest.raises(ValidationError):
        drafts.change(rubric=row, values={"scale": scale, "lens": "themes"}, version=1)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Draft its next version instead."),
        ({"supplied": True}, "Copy it, and change the copy."),
    ],
)
def test_one_in_use_stays_as_it_is(client: Client, fields: dict[str, Any], said: str) -> None:
    row = RubricFactory.create(title="Our own", **fields)
    enter(client, row.system, "unit_staff")
    for response in (
        client.get(to("edit_rubric", row)),
        client.post(to("edit_rubric", row), rubric_form(row, title="Other")),
    ):
        assert response.status_code == 400
        assert said in text(response)
    row.refresh_from_db()
    assert row.title == "Our own"
    with pytest.raises(ValidationError):
        drafts.change(rubric=row, values={"title": "Other"}, version=1)


def test_what_was_typed_while_it_was_put_in_use_or_discarded_comes_back(
    client: Client, row: Rubric
) -> None:
    enter(client, row.system, "unit_staff")
    filled = rubric_form(row, title="A title of care")
    Rubric.objects.filter(pk=row.pk).update(adopted_at=timezone.now())
    assert "A title of care" in text(client.post(to("edit_rubric", row), filled))
    Rubric.objects.filter(pk=row.pk).update(adopted_at=None)
    drafts.discard(rubric=row)
    response = client.post(to("edit_rubric", row), filled)
    assert response.status_code == 404
    assert "A title of care" in text(response)


def test_others_are_refused(client: Client, row: Rubric) -> None:
    filled = rubric_form(row, title="Other")
    assert refusals(client, row, "post", to("edit_rubric", row), filled) == REFUSED
    assert refusals(client, row, "get", to("edit_rubric", row)) == REFUSED
    row.refresh_from_db()
    assert row.title == "Our own"


def test_other_methods_are_refused(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(to("edit_rubric", row)).status_code == 405
