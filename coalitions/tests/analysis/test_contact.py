"""When a member without contact counts as fading, and when as lapsed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalitions.analysis.contact import FADING, IN_TOUCH, LAPSED, contact_state, days_without

TODAY = date(2025, 6, 1)
DAYS = st.integers(0, 900).map(lambda days: TODAY - timedelta(days))


@pytest.mark.parametrize(
    ("days", "state"),
    [(0, IN_TOUCH), (29, IN_TOUCH), (30, FADING), (59, FADING), (60, LAPSED), (700, LAPSED)],
)
def test_by_days_since_the_last_contact(days: int, state: str) -> None:
    last = TODAY - timedelta(days)
    assert contact_state(last, date(2020, 1, 1), TODAY) == state
    assert days_without(last, date(2020, 1, 1), TODAY) == days


@pytest.mark.parametrize(
    ("last", "since", "days"),
    [
        (None, date(2025, 5, 31), 1),
        (date(2025, 3, 1), date(2025, 5, 31), 1),
        (date(2025, 5, 30), date(2025, 3, 1), 2),
        (date(2025, 7, 1), date(2025, 3, 1), 0),
        (None, date(2025, 7, 1), 0),
    ],
)
def test_who_joined_later_counts_from_then(last: date | None, since: date, days: int) -> None:
    assert days_without(last, since, TODAY) == days


def test_a_coalition_sets_its_own_days() -> None:
    last = TODAY - timedelta(10)
    assert contact_state(last, last, TODAY, fading=10, lapsed=11) == FADING
    assert contact_state(last, last, TODAY, fading=5, lapsed=10) == LAPSED


@pytest.mark.parametrize(("fading", "lapsed"), [(60, 30), (30, 30), (0, 30)])
def test_bounds_that_make_no_sense_are_refused(fading: int, lapsed: int) -> None:
    with pytest.raises(ValueError, match=f"fading \\({fading}\\)"):
        contact_state(None, TODAY, TODAY, fading=fading, lapsed=lapsed)


@given(st.none() | DAYS, DAYS, st.integers(1, 60), st.integers(1, 60))
def test_time_without_contact_never_makes_it_better(
    last: date | None, since: date, fading: int, more: int
) -> None:
    order = [IN_TOUCH, FADING, LAPSED]
    states = [
        order.index(
            contact_state(last, since, TODAY + timedelta(days), fading=fading, lapsed=fading + more)
        )
        for days in range(0, 150, 7)
    ]
    assert states == sorted(states)
    assert states[-1] == 2
