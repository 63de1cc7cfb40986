"""Four ways to say how far a series is from its path."""

import math

import numpy as np
import pytest

from aspirations.analysis import variance

NAN = math.nan
NO_BAND = np.array([[NAN, NAN]])


def test_the_worked_example() -> None:
    """Baseline 90, target 99, actual 94.1 when 99 is due: −4.9 % of the path, −54 % of the way."""
    gap = variance.gap(np.array([94.1]), np.array([99.0]), np.array([1]), NO_BAND)
    assert gap[0] == pytest.approx(-4.9)
    assert round(100 * variance.relative(gap, np.array([99.0]))[0], 1) == -4.9
    assert round(100 * variance.journey(gap, np.array([9.0]))[0]) == -54


@pytest.mark.parametrize(
    ("actual", "sign", "band", "gap"),
    [
        (8.0, 1, (NAN, NAN), -2.0),
        (8.0, -1, (NAN, NAN), 2.0),
        (8.0, 0, (NAN, NAN), NAN),
        (NAN, 1, (NAN, NAN), NAN),
        (8.0, 0, (9.0, 12.0), -1.0),
        (9.0, 0, (9.0, 12.0), 0.0),
        (11.0, 0, (9.0, 12.0), 0.0),
        (12.5, 0, (9.0, 12.0), -0.5),
        (NAN, 0, (9.0, 12.0), NAN),
        (12.5, 0, (9.0, 9.0), -3.5),
    ],
)
def test_gap(actual: float, sign: int, band: tuple[float, float], gap: float) -> None:
    found = variance.gap(np.array([actual]), np.array([10.0]), np.array([sign]), np.array([band]))
    np.testing.assert_array_equal(found, [gap])


def test_shares_of_nothing_are_absent() -> None:
    gap = np.array([1.0])
    assert np.isnan(variance.relative(gap, np.array([0.0])))[0]
    assert np.isnan(variance.journey(gap, np.array([0.0])))[0]
    assert np.isnan(variance.noise(gap, np.array([0.0])))[0]
    assert variance.relative(gap, np.array([-4.0]))[0] == 0.25
    assert variance.noise(gap, np.array([1.128]))[0] == 1.0


@pytest.mark.parametrize(("value", "edge"), [(1.0, 4.0), (5.9, 4.0), (6.1, 8.0), (9.0, 8.0)])
def test_nearest_edge(value: float, edge: float) -> None:
    assert variance.nearest_edge(np.array([value]), np.array([[4.0, 8.0]]))[0] == edge
