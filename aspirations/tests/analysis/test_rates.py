"""Rates over several periods are pooled, never averaged."""

import math

import numpy as np
import pytest

from aspirations.analysis.rates import pooled

NAN = math.nan


@pytest.mark.parametrize(
    ("numerator", "denominator", "per", "rate"),
    [
        ([9.0, 10.0], [10.0, 100.0], 100.0, 100 * 19 / 110),
        ([9.0, 10.0], [10.0, 100.0], 1000.0, 1000 * 19 / 110),
        ([9.0, NAN], [10.0, 100.0], 100.0, 90.0),
        ([9.0, 10.0], [10.0, NAN], 100.0, 90.0),
        ([0.0, 0.0], [10.0, 100.0], 100.0, 0.0),
        ([NAN, NAN], [10.0, NAN], 100.0, NAN),
        ([9.0, 10.0], [0.0, 0.0], 100.0, NAN),
        ([9.0, 10.0], [0.0, 100.0], 100.0, 19.0),
        ([], [], 100.0, NAN),
    ],
)
def test_pooled(numerator: list[float], denominator: list[float], per: float, rate: float) -> None:
    found = pooled(np.array([numerator]), np.array([denominator]), per)
    np.testing.assert_allclose(found, [rate])


def test_a_pooled_rate_is_no_mean_of_rates() -> None:
    """A ward with 10 patients does not weigh as much as one with 100: 17.3 %, not 50 %."""
    numerator, denominator = np.array([[9.0, 10.0]]), np.array([[10.0, 100.0]])
    assert pooled(numerator, denominator)[0] == pytest.approx(17.27, abs=0.01)
    assert (100 * numerator / denominator).mean() == 50.0


def test_rows_do_not_touch_each_other() -> None:
    numerator, denominator = np.array([[1.0, 2.0], [NAN, 3.0]]), np.array([[4.0, 4.0], [6.0, 6.0]])
    assert pooled(numerator, denominator, 1.0).tolist() == [0.375, 0.5]
