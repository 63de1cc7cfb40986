"""Likelihoods with the season taken out, against a slow reference."""

import numpy as np
import pytest

from aspirations.analysis.engine import judge
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import Path
from aspirations.tests.analysis.forecasts import NEVER_EARLY, assert_agrees, foretold
from aspirations.tests.analysis.makers import FIRST, Row, block, seasonal
from aspirations.tests.analysis.slow_reference import (
    Chance,
    chance_of_delivery,
    seasonal_indices,
    straight,
)


@pytest.mark.parametrize(
    ("frequency", "seasons", "extra"),
    [(Frequency.MONTH, 12, 0), (Frequency.MONTH, 12, 5), (Frequency.QUARTER, 4, 1)],
)
def test_season_agrees_with_the_reference(frequency: Frequency, seasons: int, extra: int) -> None:
    row = seasonal(1, 4, seasons)[: 3 * seasons + extra]
    first = FIRST - FIRST % seasons if frequency is Frequency.MONTH else 8080
    k0, k1, target = 2 * seasons + 1, 4 * seasons + 2, 65.0
    path = Path("linear", first + k0, float(row[k0] or 0), first + k1, target)
    policy = Policy(**NEVER_EARLY)
    found = judge(block(row, paths=[path], policy=policy, frequency=frequency, first=first))
    assert found.season[0]
    assert_agrees(found, 0, seasonal_chance(row, k0, k1, target, seasons))


def seasonal_chance(row: Row, k0: int, k1: int, target: float, seasons: int) -> Chance:
    """The reference with indices taken out and the line between those of k0 and K put back.

    Needs column 0 to fall on season 0.
    """
    index = seasonal_indices(row, seasons)
    assert index is not None
    baseline = float(row[k0] or 0)
    path = straight(k0, baseline, k1, target)
    line = straight(k0, index[k0 % seasons], k1, index[k1 % seasons])
    last = len(row) - 1
    adjusted = [
        None if value is None else value - index[k % seasons] for k, value in enumerate(row)
    ]
    gaps = [
        None if (value := adjusted[k]) is None else value - (path(k) - line(k))
        for k in range(k0 + 1, last + 1)
    ]
    planned = abs(target - baseline)
    to_come = abs(target - path(last)) / planned
    return chance_of_delivery(adjusted[: k0 + 1], gaps, k1 - last, planned, to_come)


@pytest.mark.parametrize(("count", "active"), [(23, False), (24, True)])
def test_season_needs_two_full_years(count: int, active: bool) -> None:
    row = seasonal(4, 3, 12)[:count]
    found = foretold(row, k0=12, k1=36, target=65.0, policy={"season": "auto"})
    assert found.season[0] == active
    assert not foretold(row, k0=12, k1=36, target=65.0, policy={"season": "off"}).season[0]


def test_season_starts_anew_with_a_stretch() -> None:
    row = seasonal(4, 3, 12)
    found = foretold(
        row, k0=12, k1=48, target=65.0, policy={"season": "auto"}, rebases=[[FIRST + 20]]
    )
    assert not found.season[0]


def test_a_seasonal_metric_without_two_years_is_set_beside_last_year() -> None:
    row = seasonal(4, 2, 12)[:20]
    found = foretold(row, k0=10, k1=36, target=65.0, policy={"season": "on"})
    assert found.last_year[0] == row[7]
    assert np.isnan(
        foretold(row, k0=10, k1=36, target=65.0, policy={"season": "auto"}).last_year[0]
    )
