"""Candidates in the order of the table, and levels as marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalitions.pages.table import kinds, marks, table
from coalitions.services.considered import Considered
from coalitions.tests.pages.test_headline import one

FOUND = [
    one(1, "excluded", "114"), one(2, "proposed", "222"), one(3, "shortlisted", "332"),
    one(4, "member", "334"), one(5, "proposed", ""), one(6, "left", "344"),
    one(7, "proposed", "224"), one(8, "shortlisted", "342"),
]  # fmt: skip


def order(found: list[Considered]) -> str:
    return "".join(row.one.letter for row in table(found, []))


def test_chosen_first_then_by_power_and_potential_and_excluded_last() -> None:
    assert order(FOUND) == "DHCGBEFA"


@given(st.permutations(FOUND))
def test_the_order_of_the_list_changes_nothing(found: list[Considered]) -> None:
    assert order(found) == order(FOUND)


@pytest.mark.parametrize(
    ("level", "words", "filled"),
    [("1", "Very low", 1), ("2", "Low", 2), ("3", "High", 3), ("4", "Very high", 4)],
)
def test_a_level_fills_so_many_of_four_marks(level: str, words: str, filled: int) -> None:
    found = marks(level)
    assert (found.words, len(found.filled), len(found.empty)) == (words, filled, 4 - filled)
    places = [*found.filled, *found.empty]
    assert places == sorted(set(places))


def test_the_main_kind_comes_first() -> None:
    assert kinds(["credibility", "position", "expertise"]) == (
        "Credibility", "position, expertise",
    )  # fmt: skip


@pytest.mark.parametrize("status", ["proposed", "excluded"])
def test_no_row_writes_itself_out(status: str) -> None:
    """What stands on a page may come into a log with the error of a template."""
    row = table([one(1, status)], [])[0]
    assert "Office" not in repr(row)
    assert "Very" not in repr(row.alignment)
