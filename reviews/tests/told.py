"""A closed round with frozen figures and agreed judgments, as tests of its pages need it."""

from datetime import date
from typing import Any

from django.utils import timezone

from reviews.models import AgreedScore, Element, Figure, Publication, Round, Rubric
from reviews.tests.factories import (
    AgreedScoreFactory,
    ElementFactory,
    FigureFactory,
    PublicationFactory,
    RoundFactory,
    RubricFactory,
)

REASON = "Two of ten districts could show a path."
WORDS = [{"name": name, "meaning": name} for name in ("Apart", "Linked", "Joined", "One")]


def asked(codes: str = "1A 1B 2A", *, lens: str = "lights", **fields: Any) -> Rubric:
    """A rubric in use with an element for each code; the digit is its section."""
    words = {} if lens == "lights" else {"scale": WORDS}
    rubric: Rubric = RubricFactory.create(lens=lens, **words, **fields)
    for code in codes.split():
        add_element(rubric, code)
    return rubric


def add_element(rubric: Rubric, code: str, **fields: Any) -> Element:
    values = {"section": f"{code[0]} Section", "title": f"Title {code}", "question": f"{code}?"}
    found: Element = ElementFactory.create(rubric=rubric, code=code, **{**values, **fields})
    return found


def closed(rubric: Rubric, *, year: int = 2026, **fields: Any) -> Round:
    """A closed round that is released to nobody."""
    values = {"starts": date(year, 3, 2), "due": date(year, 3, 27)}
    found: Round = RoundFactory.create(
        system=rubric.system, rubric=rubric, state="closed", closed_at=timezone.now(),
        **{**values, **fields},
    )  # fmt: skip
    return found


def release(round: Round, *, team: bool = True) -> None:
    """To the leaders, and with `team` to the team too."""
    now = timezone.now()
    Round.objects.filter(pk=round.pk).update(leader_at=now, team_at=now if team else None)


def agreed(round: Round, levels: dict[str, int | None], reason: str = REASON) -> None:
    """What the panel agreed, by code: `agreed(round, {"1A": 3})`. None cannot be judged."""
    assert round.rubric
    for code, value in levels.items():
        element = round.rubric.elements.get(code=code)
        number = AgreedScore.objects.filter(round=round, element=element).count() + 1
        AgreedScoreFactory.create(
            round=round, element=element, value=value, revision=number, reason=reason
        )


def frozen(round: Round, code: str, **groups: Any) -> None:
    """Figures of one element: a number is a shown median, None a hidden one, a dict the fields."""
    assert round.rubric
    publication = Publication.objects.filter(round=round).first()
    publication = publication or PublicationFactory.create(round=round)
    element = round.rubric.elements.get(code=code)
    for group, told in groups.items():
        fields = told if isinstance(told, dict) else {"median": told}
        if fields.get("median") is None and "state" not in fields and group != "all":
            fields = {**fields, "median": None, "state": Figure.State.CONFIDENTIAL}
        if group == "all":
            fields = {"median": None, **fields}
        FigureFactory.create(publication=publication, element=element, group=group, **fields)
