"""The distance from the path, said in four ways: tables worked by hand.

gap g = s·(A − T); relative v = g/|T|; journey j = g/|G − B|; noise z = g/σ with σ the mean moving
range over 1.128. Positive is always good; what would be divided by nothing is absent.
"""

import math

import pytest

from aspirations.analysis.engine import judge, track
from aspirations.analysis.trajectories import Path
from aspirations.tests.analysis.makers import FIRST, Row, block, linear

NONE = math.nan
UP, DOWN = 1, -1
BEND = Path("points", FIRST, 10.0, FIRST + 4, 50.0, points=((FIRST + 2, 20.0),))

# values from the baseline on, way, path: gap, relative, journey, noise of the latest
WORKED = [
    # 94.1 when 99 is due, from 90: one moving range of 4.1
    ([90, None, 94.1], UP, linear(0, 90, 2, 99), -4.9, -4.9 / 99, -4.9 / 9, -4.9 * 1.128 / 4.1),
    # half-way 95 is due; ahead by 2 of 10, ranges 5 and 2
    ([90, 95, 97], UP, linear(0, 90, 4, 100), 2, 2 / 95, 0.2, 2 * 1.128 / 3.5),
    # lower is better: 15 is due, 12 is better by 3
    ([20, 16, 12], DOWN, linear(0, 20, 4, 10), 3, 0.2, 0.3, 3 * 1.128 / 4),
    ([20, 18, 19], DOWN, linear(0, 20, 4, 10), -4, -4 / 15, -0.4, -4 * 1.128 / 1.5),
    # the plan is to get worse more slowly: 16 of 10..20 is due after three of five
    ([10, 12, 13, 15], DOWN, linear(0, 10, 5, 20), 1, 1 / 16, 0.1, 1.128 / (5 / 3)),
    # below zero the size of T counts, not its sign
    ([-8, -5, -7], UP, linear(0, -8, 4, 0), -3, -0.75, -3 / 8, -3 * 1.128 / 2.5),
    # T = 0: no relative variance
    ([-10, -4, 3], UP, linear(0, -10, 4, 10), 3, NONE, 0.15, 3 * 1.128 / 6.5),
    # G = B: no journey
    ([50, 52, 49], UP, linear(0, 50, 4, 50), -1, -0.02, NONE, -1.128 / 2.5),
    # nothing varies: no noise
    ([50, 50, 50], UP, linear(0, 50, 4, 54), -2, -2 / 52, -0.5, NONE),
    # a hole is skipped: the one moving range is from 50 to 53
    ([50, None, 53], UP, linear(0, 50, 4, 54), 1, 1 / 52, 0.25, 1.128 / 3),
    # through given points: 35 is due half-way between 20 and 50
    ([10, 14, 20, 33], UP, BEND, -2, -2 / 35, -0.05, -2 * 1.128 / (23 / 3)),
    # after the target period the target is due
    ([90, None, 99, 97], UP, linear(0, 90, 2, 99), -2, -2 / 99, -2 / 9, -2 * 1.128 / 5.5),
]


@pytest.mark.parametrize(("row", "way", "path", "gap", "relative", "journey", "noise"), WORKED)
def test_four_variances(
    row: Row, way: int, path: Path, gap: float, relative: float, journey: float, noise: float
) -> None:
    found = judge(block(row, paths=[path], sign=[way]))
    for name, wanted in [("gap", gap), ("relative", relative), ("journey", journey),
                         ("noise", noise)]:  # fmt: skip
        assert getattr(found, name)[0] == pytest.approx(wanted, rel=1e-12, nan_ok=True), name


def test_the_worked_example_in_words() -> None:
    """−4.9 % of the path, −54 % of the way from 90 to 99."""
    found = judge(block([90, None, 94.1], paths=[linear(0, 90, 2, 99)]))
    assert f"{found.relative[0]:.1%} {found.journey[0]:.0%}" == "-4.9% -54%"


# A band of 40 to 60 that the baseline lies in: value, gap, edge that is due
BANDED = [(39, -1, 40), (40, 0, 40), (45, 0, 40), (55, 0, 60), (60, 0, 60), (62.5, -2.5, 60)]


@pytest.mark.parametrize(("value", "gap", "edge"), BANDED)
def test_inside_a_band_nothing_is_missing(value: float, gap: float, edge: float) -> None:
    found = judge(block([50, 52, value], paths=[linear(0, 50, 4, 50)], sign=[0], band=[[40, 60]]))
    assert (found.gap[0], found.expected[0]) == (gap, edge)
    assert math.isnan(found.journey[0])
    assert found.relative[0] == pytest.approx(gap / edge)


def test_every_period_of_the_track_has_its_variances() -> None:
    """Lower is better, 20 to 10 in four periods; nothing before the baseline, holes stay holes."""
    drawn = track(block([22, 20, 18, None, 14, 10], paths=[linear(1, 20, 5, 10)], sign=[-1]))
    told = {
        "expected": [NONE, 20, 17.5, 15, 12.5, 10],
        "gap": [NONE, 0, -0.5, NONE, -1.5, 0],
        "relative": [NONE, 0, -0.5 / 17.5, NONE, -0.12, 0],
        "journey": [NONE, 0, -0.05, NONE, -0.15, 0],
        "noise": [NONE, 0, -0.5 * 1.128 / 2, NONE, -1.5 * 1.128 / (8 / 3), 0],
    }
    for name, wanted in told.items():
        assert getattr(drawn, name)[0].tolist() == pytest.approx(wanted, nan_ok=True), name


# A running total that is to reach 120 by December in even steps of 10; January is period 0 with 9.
# What each month adds varies, not the total: values so far, gap, and noise in moving ranges of it.
RUNNING = [
    ([9, 20, 31, 40], 40 - (9 + 111 * 3 / 11), (2 + 0 + 2) / 3),
    ([9, 20, None, 40], 40 - (9 + 111 * 3 / 11), 2),  # over a hole nothing is known of March
    ([9, 20, 31, 28], 28 - (9 + 111 * 3 / 11), (2 + 0 + 14) / 3),  # a fall is a revision
]


@pytest.mark.parametrize(("row", "gap", "mean_range"), RUNNING)
def test_a_running_total_varies_by_what_each_period_adds(
    row: Row, gap: float, mean_range: float
) -> None:
    found = judge(block(row, paths=[linear(0, 9, 11, 120)], cumulative=[True]))
    assert found.gap[0] == pytest.approx(gap)
    assert found.noise[0] == pytest.approx(gap * 1.128 / mean_range)


def test_a_running_total_starts_anew_with_its_year() -> None:
    """11 and 12 a month in turn: every moving range is 1, also from December to January, where
    the total falls from 138 to 11."""
    year = [11.0 * k + (k // 2) for k in range(1, 13)]
    found = judge(block(year + year[:3], paths=[linear(0, 11, 23, 138)], cumulative=[True]))
    assert found.noise[0] == pytest.approx(found.gap[0] * 1.128)
