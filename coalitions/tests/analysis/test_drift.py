"""Where a level is going, from the first judgment to the latest."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalitions.analysis.drift import FALLING, NONE, RISING, STEADY, drift

START = date(2025, 1, 1)


def history(*levels: int) -> list[tuple[date, int]]:
    return [(START + timedelta(30 * number), level) for number, level in enumerate(levels)]


@pytest.mark.parametrize(
    ("levels", "direction", "since"),
    [
        ((), NONE, None),
        ((2,), NONE, None),
        ((2, 3), RISING, 0),
        ((1, 2, 3), RISING, 0),
        ((3, 2), FALLING, 0),
        ((2, 2), STEADY, 0),
        ((2, 3, 3), STEADY, 1),
        ((2, 3, 3, 3), STEADY, 1),
        ((1, 4, 3), FALLING, 1),
        ((3, 1, 2, 3), RISING, 1),
        ((4, 2, 3), RISING, 1),
    ],
)
def test_last_step_and_both_ends(
    levels: tuple[int, ...], direction: str, since: int | None
) -> None:
    rows = history(*levels)
    found = drift(rows)
    assert found.direction == direction
    assert found.since == (None if since is None else rows[since][0])
    assert (found.first, found.latest) == ((levels[0], levels[-1]) if levels else (0, 0))


def test_judgments_of_one_day_count_in_the_order_given() -> None:
    assert drift([(START, 2), (START, 3)]).direction == RISING
    assert drift([(START, 3), (START, 2)]).direction == FALLING


@given(st.lists(st.integers(1, 4), max_size=12))
def test_dates_settle_the_order(levels: list[int]) -> None:
    rows = history(*levels)
    assert drift(sorted(rows, key=lambda row: -row[0].toordinal())) == drift(rows)


@given(st.lists(st.integers(1, 4), min_size=2, max_size=12))
def test_turned_round_a_rise_is_a_fall(levels: list[int]) -> None:
    other = {RISING: FALLING, FALLING: RISING, STEADY: STEADY}
    up, down = drift(history(*levels)), drift(history(*(5 - level for level in levels)))
    assert down.direction == other[up.direction]
    assert (up.first, up.latest) == (5 - down.first, 5 - down.latest)
    assert down.since == up.since
