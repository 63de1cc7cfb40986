"""What the page of a coalition finds, as readable tables."""

from typing import Any

import pytest

from coalitions.analysis.balance import Balance, balance
from coalitions.models import Appraisal, Candidate, Standing
from coalitions.pages.headline import headline
from coalitions.services.considered import Considered
from people.models import Actor

FIVE = ("leadership", "management", "position", "expertise", "credibility")


def one(number: int, status: str, levels: str = "334", kind: str = "leadership") -> Considered:
    """A candidate with this status; levels are alignment, potential and power, none if empty."""
    office = Actor(name=f"Office {number}", sphere=f"Sphere {number}")
    row = Candidate(number=number, actor=office)
    views = []
    if levels:
        alignment, potential, power = list(levels)
        views = [Appraisal(alignment=alignment, potential=potential, power=power, powers=kind)]
    return Considered(row, views, [Standing(status=status)])


def said(found: list[Considered], *, has_charter: bool = True) -> str:
    return headline(found, has_charter=has_charter, group=group_of(found))


def group_of(found: list[Considered]) -> Balance:
    return balance([row.seat for row in found if row.is_chosen and row.seat])


def test_a_kind_that_is_only_beside_another_is_not_passed_over() -> None:
    four = [one(n, "member", kind=FIVE[n % 4]) for n in range(1, 8)]
    alone = [*four, one(8, "member", kind="leadership,credibility")]
    assert said(alone) == (
        "Eight members make up the coalition. One kind of power is there only beside another, "
        "and one kind of power rests on one person."
    )
    two = [*alone, one(9, "member", kind="leadership,credibility")]
    assert said(two) == (
        "Nine members make up the coalition. One kind of power is there only beside another."
    )


def chosen(count: int, status: str = "shortlisted", **more: Any) -> list[Considered]:
    """So many, with the five kinds of power in turn."""
    return [one(n, status, kind=FIVE[n % 5], **more) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("has_charter", "words"),
    [
        (False, "Nobody is on the long list yet. Begin with what the coalition is for."),
        (True, "Nobody is on the long list yet. Name about twenty with most power over this."),
    ],
)
def test_before_anybody_is_named(has_charter: bool, words: str) -> None:
    assert said([], has_charter=has_charter) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([one(1, "proposed", "")],
         "One office is on the long list. What you think of them is the next step."),
        ([one(1, "proposed"), one(2, "proposed", "")],
         "Two offices are on the long list. One waits to be judged, and nobody is chosen yet."),
        ([one(1, "proposed"), one(2, "proposed"), one(3, "excluded")],
         "Two offices are on the long list. Nobody is chosen yet: seven to ten make a coalition."),
        ([one(1, "excluded"), one(2, "left")], "Everybody on the long list has been set aside."),
    ],
)  # fmt: skip
def test_before_anybody_is_chosen(found: list[Considered], words: str) -> None:
    assert said(found) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (chosen(10), "Ten people are on the short list. All five kinds of power are there, and "
                     "none rests on one person."),
        (chosen(8, "member"), "Eight members make up the coalition. Two kinds of power rest on "
                              "one person each."),
        ([*chosen(7), one(8, "shortlisted", "234", kind="leadership"),
          one(9, "shortlisted", "234", kind="position")],
         "Nine people are on the short list. Two must be won over, and two kinds of power rest "
         "on one person each."),
        (chosen(3), "Three people are on the short list. It takes seven to ten, and two of the "
                    "five kinds of power are missing."),
        (chosen(12), "12 people are on the short list. More than ten seldom act as one."),
        ([*chosen(9, "member"), one(10, "shortlisted", "114", kind="leadership")],
         "Nine members, and one on the short list. One is unlikely ever to support it."),
        ([one(1, "member")],
         "One member makes up the coalition. It takes seven to ten, and four of the five kinds "
         "of power are missing."),
    ],
)  # fmt: skip
def test_once_a_group_is_chosen(found: list[Considered], words: str) -> None:
    assert said(found) == words
