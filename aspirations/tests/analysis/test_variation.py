"""Natural variation by hand: limits, each signal, stretches, screening and locked limits."""

import math
from typing import Any

import numpy as np
import pytest

from aspirations.analysis import stretches
from aspirations.analysis.policy import Policy
from aspirations.analysis.variation import READINGS, SIGNALS, Variation, variation

NAN = math.nan
# Twelve points that alternate: centre 10, every moving range 2, limits 10 ± 5.32.
QUIET = [9.0, 11.0] * 6


def chart(
    values: list[float], sign: int = 1, rebases: tuple[int, ...] = (), **policy: Any
) -> Variation:
    stretch = stretches.numbered([rebases], 0, len(values))
    return variation(np.array([values]), stretch, np.array([sign]), Policy(**policy))


def signals(found: Variation) -> list[str]:
    return [SIGNALS[code] for code in found.signal[0]]


def readings(found: Variation) -> list[str]:
    return [READINGS[code] for code in found.reading[0]]


def limits(found: Variation, stretch: int = 0) -> list[float]:
    one = found.stretches[stretch]
    return [round(float(value[0]), 6) for value in (one.lower, one.centre, one.upper)]


def test_limits_are_the_centre_and_266_mean_moving_ranges() -> None:
    found = chart(QUIET)
    assert limits(found) == [4.68, 10.0, 15.32]
    assert not found.stretches[0].trial[0]
    assert signals(found) == [""] * 12


def test_missing_periods_are_skipped_and_no_zero() -> None:
    gappy = [value for pair in zip(QUIET, [NAN] * 12, strict=True) for value in pair]
    found = chart(gappy)
    assert limits(found) == [4.68, 10.0, 15.32]
    assert np.isnan(found.centre[0, -1])
    np.testing.assert_array_equal(found.centre[0, :-1], [10.0] * 23)


@pytest.mark.parametrize(
    ("count", "limited", "trial"), [(4, 0, 0), (5, 1, 1), (11, 1, 1), (12, 1, 0)]
)
def test_few_points_are_a_trial_and_fewer_have_no_limits(
    count: int, limited: int, trial: int
) -> None:
    found = chart((QUIET + QUIET)[:count])
    assert bool(found.stretches[0].trial[0]) == bool(trial)
    assert (not np.isnan(found.centre[0]).any()) == bool(limited)


def test_nothing_varies_no_limits() -> None:
    found = chart([10.0] * 12 + [10.0])
    assert np.isnan(found.centre).all()
    assert signals(found) == [""] * 13


@pytest.mark.parametrize(
    ("sign", "last", "reading"),
    [
        (1, 30.0, "improving"),
        (-1, 30.0, "deteriorating"),
        (1, -10.0, "deteriorating"),
        (-1, -10.0, "improving"),
        (0, 30.0, "neutral"),
    ],
)
def test_outside_reads_by_side_and_direction(sign: int, last: float, reading: str) -> None:
    found = chart([*QUIET, *QUIET, last], sign)
    assert signals(found)[-1] == "outside"
    assert readings(found)[-1] == reading


def test_a_point_on_the_limit_is_not_outside() -> None:
    values = [0.0, 1.0, 0.0, 1.0, 0.0, 1.0]
    found = chart(values, compat="nhs", limit_width=0.5)
    assert limits(found) == [0.0, 0.5, 1.0]
    assert "outside" not in signals(found)


RISE = [10.0, 8.0, 12.0, 7.0, 9.0, 9.5, 10.0, 10.5, 11.0, 11.5, 7.5, 12.0]


def test_a_trend_is_seven_points_and_marks_them_all() -> None:
    found = chart(RISE)
    assert signals(found) == [*[""] * 3, *["trend"] * 7, "", ""]
    assert readings(found)[3:10] == ["improving"] * 7
    assert readings(chart(RISE, sign=-1))[3:10] == ["deteriorating"] * 7


def test_a_tie_breaks_a_trend() -> None:
    tied = [*RISE[:6], 9.5, *RISE[7:]]
    assert "trend" not in signals(chart(tied))


def test_a_trend_may_skip_missing_periods() -> None:
    gappy = [*RISE[:6], NAN, *RISE[6:]]
    found = signals(chart(gappy))
    assert found[3:6] == ["trend"] * 3
    assert found[6] == ""
    assert found[7:11] == ["trend"] * 4


def test_nhs_tools_read_a_trend_by_side() -> None:
    found = chart(RISE, compat="nhs")
    centre = limits(found)[1]
    wanted = ["improving" if value > centre else "deteriorating" for value in RISE[3:10]]
    assert readings(found)[3:10] == wanted
    assert len(set(wanted)) == 2


# Centre 0 and mean moving range 2.5 by construction: limits ± 6.65, near lines ± 4.4333.
def test_two_of_three_marks_only_the_near_ones() -> None:
    values = [
        0.0,
        1.0,
        -1.0,
        5.0,
        1.0,
        5.5,
        -1.0,
        0.0,
        1.0,
        -1.0,
        1.0,
        -2.0,
        -2.0,
        -1.0,
        -2.0,
        -3.0,
    ]
    found = chart(values)
    near = 2 / 3 * (limits(found)[2] - limits(found)[1]) + limits(found)[1]
    assert near < 5.0 < 5.5 < limits(found)[2]
    assert signals(found)[3:6] == ["two_of_three", "", "two_of_three"]


def test_two_of_three_needs_one_side() -> None:
    values = [
        0.0,
        1.0,
        -1.0,
        5.0,
        -0.5,
        5.5,
        -1.0,
        0.0,
        1.0,
        -1.0,
        1.0,
        -2.0,
        -2.0,
        -1.0,
        -2.0,
        -3.0,
    ]
    assert "two_of_three" not in signals(chart(values))


def test_a_shift_is_seven_points_on_one_side() -> None:
    low, high = [9.0, 9.4, 9.1, 9.3, 9.0, 9.2], [11.0, 10.6, 10.9, 10.7, 11.0, 10.8, 10.9]
    found = chart(low + high, limit_width=10.0)
    assert signals(found) == [""] * 6 + ["shift"] * 7
    assert readings(found)[6:] == ["improving"] * 7
    assert "shift" not in signals(chart(low + high, limit_width=10.0, shift_run=8))


def test_a_point_on_the_centre_breaks_a_shift() -> None:
    values = [-2.0, -1.0, -2.0, 0.0, -1.0, -2.0, -1.0, -2.0, 3.0, 2.0, 3.0, 3.0]
    found = chart(values, limit_width=10.0)
    assert limits(found)[1] == 0.0
    assert "shift" not in signals(found)


def test_outside_comes_before_trend() -> None:
    values = [*QUIET, *QUIET, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 30.0]
    found = signals(chart(values))
    assert found[-1] == "outside"
    assert found[-7:-1] == ["trend"] * 6


def test_a_rebase_restarts_limits_and_rules() -> None:
    values = [*QUIET, *[value + 20 for value in QUIET]]
    found = chart(values, rebases=(12,))
    assert limits(found, 0) == [4.68, 10.0, 15.32]
    assert limits(found, 1) == [24.68, 30.0, 35.32]
    assert signals(found) == [""] * 24
    assert "outside" in signals(chart(values)) or "shift" in signals(chart(values))


def test_a_run_does_not_cross_a_rebase() -> None:
    assert "trend" in signals(chart(RISE))
    assert "trend" not in signals(chart(RISE, rebases=(6,), limits_from=2))


def test_screening_drops_large_moving_ranges_once_and_keeps_the_centre() -> None:
    values = [*QUIET, 30.0, *QUIET]
    plain, screened = chart(values), chart(values, screen_outliers=True)
    assert plain.stretches[0].mean_range[0] == pytest.approx((22 * 2 + 19 + 21) / 24)
    assert screened.stretches[0].mean_range[0] == pytest.approx(2.0)
    assert screened.stretches[0].centre[0] == plain.stretches[0].centre[0]


def test_locked_limits_come_from_the_first_points() -> None:
    values = [*QUIET, 40.0, 50.0, 60.0]
    found = chart(values, lock_after=12)
    assert limits(found) == [4.68, 10.0, 15.32]
    assert signals(found)[-3:] == ["outside"] * 3
    assert found.stretches[0].points[0] == 12


def test_rows_with_stretches_of_their_own_are_charted_together() -> None:
    rows = [QUIET + RISE, [NAN] * 3 + QUIET + RISE[:9]]
    stretch = stretches.numbered([(5, 12), ()], 0, 24)
    both = variation(np.array(rows), stretch, np.array([1, -1]), Policy())
    for i, (rebases, sign) in enumerate([((5, 12), 1), ((), -1)]):
        alone = chart(rows[i], sign, rebases)
        np.testing.assert_array_equal(both.signal[i], alone.signal[0])
        np.testing.assert_array_equal(both.reading[i], alone.reading[0])
        np.testing.assert_array_equal(both.upper[i], alone.upper[0])


def test_the_running_moving_range_uses_nothing_later() -> None:
    values = np.array([[5.0, NAN, 7.0, 4.0, 30.0, 31.0]])
    for policy in (Policy(), Policy(screen_outliers=True), Policy(lock_after=3)):
        stretch = stretches.numbered([()], 0, 6)
        whole = stretches.ranges(values, stretch, policy).mean
        for count in range(1, 7):
            part = stretches.ranges(values[:, :count], stretch[:, :count], policy).mean
            np.testing.assert_array_equal(part[:, -1], whole[:, count - 1])
    assert stretches.ranges(values, stretch, Policy()).mean[0, 3] == 2.5
    assert stretches.ranges(values, stretch, Policy(lock_after=3)).mean[0, 5] == 2.5
