"""Discarding a draft; a version in use stays."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Element, Rubric
from reviews.services import drafts
from reviews.tests.drafting import REFUSED, draft, refusals, text, to
from reviews.tests.factories import ElementFactory, RubricFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Rubric:
    return draft("1A", "1B", title="Our own", key="own")


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_a_draft_is_gone_with_its_elements(client: Client, row: Rubric, role: str) -> None:
    enter(client, row.system, role)
    assert "Its 2 elements go with it" in text(client.get(to("discard_rubric", row)))
    assert Rubric.objects.exists()
    response = client.post(to("discard_rubric", row))
    assert response["Location"] == reverse("rubrics", args=[row.system.slug])
    assert not Rubric.objects.exists()
    assert not Element.objects.exists()
    line = AuditEntry.objects.about(row, "own v1").get()
    assert (line.action, line.before["title"], len(line.before["elements"])) == (
        "discard", "Our own", 2,
    )  # fmt: skip
    assert client.get(to("rubric", row)).status_code == 404


def test_then_the_next_version_can_be_drafted_anew() -> None:
    base = RubricFactory.create()
    ElementFactory.create(rubric=base)
    drafts.discard(rubric=drafts.start_version(rubric=base))
    assert drafts.start_version(rubric=base).number == 2


def test_one_in_use_stays(client: Client) -> None:
    row = RubricFactory.create()
    enter(client, row.system, "unit_staff")
    assert client.get(to("discard_rubric", row)).status_code == 400
    assert client.post(to("discard_rubric", row)).status_code == 400
    assert Rubric.objects.filter(pk=row.pk).exists()


def test_others_are_refused(client: Client, row: Rubric) -> None:
    assert refusals(client, row, "post", to("discard_rubric", row)) == REFUSED
    assert Rubric.objects.filter(pk=row.pk).exists()


def test_other_methods_are_refused(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(to("discard_rubric", row)).status_code == 405
