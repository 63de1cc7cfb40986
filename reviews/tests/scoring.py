"""A round with four elements in two sections, who scores it, and what they send."""

from typing import Any

from django.test import Client
from django.urls import reverse

from reviews.guests import KEY, now
from reviews.models import Element, Participant, Round, Score
from reviews.tests.factories import ElementFactory, GuestFactory, RoundFactory

CODES = ("1A", "1B", "2A", "2B")
REASON = "Two of ten districts could show a path."
TWO = {
    "source_kind_0": "document", "source_text_0": "Target paper, September",
    "source_kind_1": "interview", "source_text_1": "District leaders, group B",
    "source_kind_2": "document", "source_text_2": "",
}  # fmt: skip


def asked_round(**fields: Any) -> Round:
    row: Round = RoundFactory.create(title="Round 2", **fields)
    for order, code in enumerate(CODES):
        ElementFactory.create(
            rubric=row.rubric, code=code, title=f"Title {code}", order=order,
            section="1 Foundation" if code[0] == "1" else "2 Understanding",
            weak=f"Weak of {code}.", strong=f"Strong of {code}.",
        )  # fmt: skip
    return row


def element(row: Round, code: str = "1A") -> Element:
    found: Element = Element.objects.get(rubric=row.rubric, code=code)
    return found


def body(value: Any = 2, seen: int = 0, **more: Any) -> dict[str, Any]:
    """What the form of an element sends; three rows for sources."""
    return {"value": value, "seen": seen, "rows": 3, "reason": REASON, **TWO, **more}


def said(value: int | None = 2, **more: Any) -> dict[str, Any]:
    """What the service takes."""
    return {"value": value, "reason": REASON, "sources": [], **more}


def held(part: Participant) -> list[tuple[str, int, int | None]]:
    """Code, revision and value of all that a rater saved, in the order of the rubric."""
    rows = Score.objects.filter(participant=part).order_by("element__order", "revision")
    return list(rows.values_list("element__code", "revision", "value"))


def address(name: str, row: Round, *more: Any) -> str:
    return reverse(name, args=[row.system.slug, row.pk, *more])


def guest_in(client: Client, row: Round, **fields: Any) -> Participant:
    """A guest who came in by a link just now."""
    part: Participant = GuestFactory.create(round=row, **fields)
    session = client.session
    session[KEY] = {"part": part.pk, "began": now(), "seen": now()}
    session.save()
    return part
