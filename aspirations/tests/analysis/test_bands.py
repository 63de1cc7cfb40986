"""A metric that is best inside a band is judged by its distance to it."""

import numpy as np
import pytest

from aspirations.tests.analysis.forecasts import assert_agrees, foretold
from aspirations.tests.analysis.slow_reference import (
    chance_of_delivery,
    straight,
)

BAND = np.array([[5.0, 10.0]])


def distance(value: float) -> float:
    return max(0.0, 5.0 - value, value - 10.0)


@pytest.mark.parametrize("target", [10.0, 7.0, 12.0])
def test_a_band_is_approached_along_the_path(target: float) -> None:
    """The distance to the band is what falls from 10 to 0; a path that ends outside leaves a
    rest that nothing explains."""
    source = np.random.default_rng(2)
    row = [float(value) for value in np.r_[20.0, np.linspace(19, 11, 15)] + source.normal(0, 1, 16)]
    row[0] = 20.0
    found = foretold(row, k0=0, k1=24, target=target, sign=np.zeros(1), band=BAND)
    path = straight(0, 20.0, 24, target)
    gaps = [distance(path(k)) - distance(row[k]) for k in range(1, 16)]
    to_come = (distance(path(15)) - distance(target)) / 10.0
    wanted = chance_of_delivery(row[:1], gaps, 24 - 15, 10.0, to_come, left=distance(target))
    assert_agrees(found, 0, wanted)
    assert (found.expected[0], found.gap[0]) == (10.0, pytest.approx(-distance(row[-1])))
    assert found.forecast[0] == pytest.approx(10.0 - wanted.centre)
    assert found.ahead[0] == pytest.approx(gaps[-1])
    assert found.journey[0] == pytest.approx(-distance(row[-1]) / 10.0)


def test_a_series_on_its_way_into_the_band_is_not_red() -> None:
    row = [20.0, 19.4, 18.6, 18.2, 17.4, 17.1, 16.4, 15.9, 15.5]
    found = foretold(row, k0=0, k1=20, target=10.0, sign=np.zeros(1), band=BAND)
    assert (found.light[0], found.distance_light[0]) == (3, 3)
    late = foretold(
        [20.0, *[20.2, 19.9] * 8], k0=0, k1=20, target=10.0, sign=np.zeros(1), band=BAND
    )
    assert (late.light[0], late.distance_light[0]) == (0, 0)


def test_inside_the_band_is_never_behind() -> None:
    """Wherever the path stands, no value from edge to edge has a negative gap."""
    rows = [[20.0, 15.0, inside] for inside in (5.0, 7.5, 10.0)]
    found = foretold(*rows, k0=0, k1=20, target=10.0, sign=np.zeros(3), band=np.repeat(BAND, 3, 0))
    assert (found.ahead >= 0).all()
    ended = foretold(*rows, k0=0, k1=2, target=10.0, sign=np.zeros(3), band=np.repeat(BAND, 3, 0))
    assert ended.gap.tolist() == [0.0, 0.0, 0.0]
    assert ended.state.tolist() == ["delivered"] * 3
    assert ended.expected.tolist() == [5.0, 10.0, 10.0]


def test_from_the_target_on_only_the_distance_to_the_band_counts() -> None:
    rows = [[20.0, 15.0, last] for last in (3.0, 11.0, 13.0)]
    found = foretold(*rows, k0=0, k1=2, target=10.0, sign=np.zeros(3), band=np.repeat(BAND, 3, 0))
    assert found.gap.tolist() == [-2.0, -1.0, -3.0]
    assert found.state.tolist() == ["missed", "delivered", "missed"]


def test_a_baseline_inside_the_band_is_to_be_held() -> None:
    row = [7.0, 8.0, 6.0, 9.0, 7.0, 8.0]
    found = foretold(row, k0=2, k1=24, target=9.0, sign=np.zeros(1), band=np.array([[5.0, 10.0]]))
    assert found.hold[0]
    assert (found.gap[0], found.light[0]) == (0.0, 3)
