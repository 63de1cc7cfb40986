"""Drafts of rubrics for tests, and what their forms are filled in with."""

from typing import Any

from django.test import Client
from django.urls import reverse

from reviews.models import Element, Rubric
from reviews.services.fitness import element_stamp
from reviews.tests import ladder
from reviews.tests.factories import LIGHTS, ElementFactory, RoundFactory, RubricFactory

# Who is named on a round reads the elements they score, and no rubric.
REFUSED = {**ladder.REFUSED, "named reviewer": 404}


def draft(*codes: str, **fields: Any) -> Rubric:
    """A draft with elements of these codes, two to a section."""
    row: Rubric = RubricFactory.create(adopted_at=None, **fields)
    for place, code in enumerate(codes):
        ElementFactory.create(
            rubric=row, code=code, order=place, section=f"Section {place // 2 + 1}"
        )
    return row


def order_of(row: Rubric) -> list[str]:
    return [one.code for one in row.elements.all()]


def to(name: str, row: Rubric, *more: Any) -> str:
    return reverse(name, args=[row.system.slug, row.pk, *more])


def refusals(
    client: Client, row: Rubric, method: str, address: str, data: Any = None
) -> dict[str, int]:
    """The status that each kind of person gets who may not do this."""
    round = RoundFactory.create(system=row.system, rubric=None)
    return ladder.answers(client, round, method, address, data)


def element_form(one: Element | None = None, **more: Any) -> dict[str, Any]:
    """A valid form of an element: of this one as it is, or of a new one."""
    return {
        "code": one.code if one else "9Z", "section": one.section if one else "Section 1",
        "title": "Targets", "question": "Is there a path?", "weak": "Wishes.", "strong": "A path.",
        "evidence": "Workings\r\nChange log", "asks": "Show me the path.",
        "version": str(element_stamp(one)) if one else "0", **more,
    }  # fmt: skip


def rubric_form(row: Rubric, **more: Any) -> dict[str, Any]:
    """A valid form of a draft’s title, view and scale, with lights."""
    points = {
        f"{part}_{place}": point[part]
        for place, point in enumerate(LIGHTS, 1)
        for part in ("name", "meaning")
    }
    return {
        "title": row.title, "source": "", "lens": "lights", "points": "4", "relies": "",
        "version": str(row.version), **points, **more,
    }  # fmt: skip


def text(response: Any) -> str:
    """The page that was answered."""
    return str(response.content.decode())
