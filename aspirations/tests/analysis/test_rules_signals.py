"""Signals on the chart: which points are marked, and as what where several rules hold.

Twelve quiet points set the limits (`lock_after = 12`): centre 10, every moving range 2, limits
10 ± 5.32 = 4.68..15.32, near lines 10 ± 3.5467 = 6.4533..13.5467. The last quiet point is 11, so
that what follows above the centre runs on from it. Outside › trend › two of three › shift.
"""

import pytest

from aspirations.analysis.engine import judge, track
from aspirations.analysis.policy import Policy
from aspirations.tests.analysis.makers import Row, block

QUIET = [9.0, 11.0] * 6
SHORT = {"": "-", "outside": "O", "trend": "T", "two_of_three": "2", "shift": "S"}


def marks(after: Row, **policy: object) -> str:
    """One letter for the last quiet point and for each that follows."""
    rules = Policy.from_values({"lock_after": 12, **policy})
    drawn = track(block([*QUIET, *after], paths=[None], policy=rules))
    assert (drawn.lower[0, 0], drawn.upper[0, 0]) == pytest.approx((4.68, 15.32))
    return "".join(SHORT[str(signal)] for signal in drawn.signal[0, 11:])


MARKED: list[tuple[Row, str]] = [
    # outside: strictly beyond a limit, above or below
    ([15.32], "--"),
    ([15.33], "-O"),
    ([4.68], "--"),
    ([4.67], "-O"),
    # two of three: all on one side of the centre, two strictly between near line and limit
    ([14, 14], "-22"),
    ([14, 10.5, 14], "-2-2"),
    ([14, 10.0, 14], "----"),
    ([14, 9.0, 14], "----"),
    ([14, 13.54], "---"),
    ([14, 13.55], "-22"),
    ([6, 6], "---"),
    ([9, 6, 6], "--22"),
    ([14, 10.5, 10.5, 14], "-----"),
    ([14, 10.5, 14, 10.5, 14], "-2-2-2"),
    # shift: seven strictly on one side, a point on the centre breaks it, ties do not
    ([10.5] * 5, "------"),
    ([10.5] * 6, "SSSSSSS"),
    ([10.5] * 8, "SSSSSSSSS"),
    ([10.5, 10.5, 10.5, 10.0, 10.5, 10.5, 10.5], "--------"),
    ([9.5] * 7, "-SSSSSSS"),
    # trend: seven points, six strict moves one way; a tie breaks it
    ([12.0, 11.0, 10.0, 9.0, 8.0, 7.0], "-------"),
    ([12.5, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0], "-TTTTTTT"),
    ([12.5, 12.0, 11.0, 11.0, 10.0, 9.0, 8.0, 7.0], "---------"),
    ([9.0, 9.2, 9.4, 9.6, 9.8, 10.0, 10.2], "-TTTTTTT"),
    # a missing period is skipped by every run
    ([10.5, 10.5, None, 10.5, 10.5, 10.5, 10.5], "SSS-SSSS"),
    ([14, None, 14], "-2-2"),
    # outside comes before trend, trend before two of three, that before shift
    ([11.5, 12.0, 12.5, 13.0, 13.5, 16.0], "TTTTTTO"),
    ([14, 16, 14], "-2O2"),
    ([16, 14, 14], "-O22"),
    ([16, 14, 10.5], "-O--"),
    ([11.1, 11.5, 12.0, 12.5, 13.6, 14.0, 15.0], "TTTTTTTT"),
    ([10.1, 10.2, 10.3, 10.4, 10.5, 10.6, 10.7], "STTTTTTT"),
    ([10.5, 14, 10.5, 14, 10.5, 10.5], "SS2S2SS"),
    ([10.5, 10.5, 16, 10.5, 10.5, 10.5], "SSSOSSS"),
]


@pytest.mark.parametrize(("after", "wanted"), MARKED)
def test_which_points_are_marked(after: Row, wanted: str) -> None:
    assert marks(after) == wanted


def test_above_and_below_are_marked_alike() -> None:
    """Turned over at the centre; the last quiet point then lies on the other side."""
    for after, wanted in MARKED:
        turned = [None if value is None else 20 - value for value in after]
        drawn = track(block([20 - value for value in QUIET] + turned, paths=[None],
                            policy=Policy(lock_after=12)))  # fmt: skip
        assert "".join(SHORT[str(signal)] for signal in drawn.signal[0, 11:]) == wanted


LENGTHS = [
    ({"shift_run": 8}, [10.5] * 6, "-------"),
    ({"shift_run": 8}, [10.5] * 7, "SSSSSSSS"),
    ({"trend_run": 6}, [12.5, 12.0, 11.0, 10.0, 9.0, 8.0], "-TTTTTT"),
    ({"trend_run": 8}, [12.5, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0], "--------"),
]


@pytest.mark.parametrize(("policy", "after", "wanted"), LENGTHS)
def test_bodies_differ_about_the_length_of_a_run(
    policy: dict[str, int], after: Row, wanted: str
) -> None:
    assert marks(after, **policy) == wanted


FALL = [12.5, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0]
# the way that is better, what follows, and what it reads as
READ = [
    (1, [15.4], "improving"),
    (-1, [15.4], "deteriorating"),
    (0, [15.4], "neutral"),
    (1, [9.5] * 7, "deteriorating"),
    (-1, [9.5] * 7, "improving"),
    (1, FALL, "deteriorating"),
    (-1, FALL, "improving"),
    # a rise from below the centre is a rise: a trend reads by its slope
    (1, [7.0, 7.5, 8.0, 8.5, 9.0, 9.5, 9.9], "improving"),
    (1, [10.5], "steady"),
]


@pytest.mark.parametrize(("sign", "after", "wanted"), READ)
def test_a_trend_reads_by_its_slope_the_others_by_their_side(
    sign: int, after: Row, wanted: str
) -> None:
    rules = Policy(lock_after=12)
    found = judge(block([*QUIET, *after], paths=[None], sign=[sign], policy=rules))
    assert found.direction[0] == wanted


# observations, width of the limits in mean moving ranges: lower, centre, upper, trial
LIMITS = [
    ([1, 2, 3, 4], {}, None),
    ([5.0] * 20, {}, None),
    ([1, 2, 3, 4, 5], {}, (3 - 2.66, 3, 3 + 2.66, True)),
    ([1, None, 3, None, 2, 4, 5], {}, (3 - 2.66 * 1.5, 3, 3 + 2.66 * 1.5, True)),
    (QUIET[:11], {}, (109 / 11 - 5.32, 109 / 11, 109 / 11 + 5.32, True)),
    (QUIET, {}, (4.68, 10, 15.32, False)),
    (QUIET, {"limit_width": 3}, (4, 10, 16, False)),
    (QUIET, {"lock_after": 2}, None),
    (QUIET, {"lock_after": 2, "limits_from": 2}, (4.68, 10, 15.32, True)),
    # ranges 2 and once 19, mean 41/12: 19 is more than 3.267 times that; the centre keeps the 30
    ([*QUIET, 30], {"screen_outliers": True}, (150 / 13 - 5.32, 150 / 13, 150 / 13 + 5.32, False)),
    # the nhs option: no least number of points, and nothing may vary
    ([5.0, 7.0], {"compat": "nhs"}, (6 - 5.32, 6, 6 + 5.32, True)),
    ([5.0, 5.0, 5.0], {"compat": "nhs"}, (5, 5, 5, True)),
]  # fmt: skip


@pytest.mark.parametrize(("row", "policy", "wanted"), LIMITS)
def test_limits_are_the_mean_and_266_mean_moving_ranges(
    row: Row, policy: dict[str, object], wanted: tuple[float, float, float, bool] | None
) -> None:
    rules = Policy.from_values(policy)
    [found] = track(block(row, paths=[None], policy=rules)).limits[0]
    limits = found["lower"], found["centre"], found["upper"]
    assert limits == ((None,) * 3 if wanted is None else pytest.approx(wanted[:3]))
    assert found["trial"] == (wanted is not None and wanted[3])
