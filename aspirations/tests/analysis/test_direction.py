"""The signal of the latest observation is the one that the whole chart shows there."""

import numpy as np
import pytest

from aspirations.analysis import stretches
from aspirations.analysis.direction import direction
from aspirations.analysis.points import last_column
from aspirations.analysis.policy import Policy
from aspirations.analysis.variation import variation

LINES = ("centre", "lower", "upper")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    "policy",
    [
        Policy(),
        Policy(compat="nhs"),
        Policy(lock_after=8, screen_outliers=True),
        Policy(trend_run=4, shift_run=5, limits_from=3, trend_by="side"),
    ],
    ids=["default", "nhs", "locked", "short runs"],
)
def test_latest_and_chart_agree(seed: int, policy: Policy) -> None:
    source = np.random.default_rng(seed)
    rows, width = 80, int(source.integers(1, 40))
    actual = source.normal(0, 1, (rows, width))
    actual[: rows // 2] = actual[: rows // 2].cumsum(axis=1)
    actual = np.round(2 * actual) / 2 if seed % 2 else actual
    actual[source.random(actual.shape) < 0.2] = np.nan
    rebases = [tuple(source.integers(0, width + 2, i % 3).tolist()) for i in range(rows)]
    sign, stretch = source.integers(-1, 2, rows), stretches.numbered(rebases, 0, width)
    column = last_column(actual)
    cell = (np.arange(rows), np.maximum(column, 0))
    mean_range = stretches.ranges(actual, stretch, policy).mean[cell]
    found = direction(actual, stretch, mean_range, column, sign, policy)
    chart = variation(actual, stretch, sign, policy)
    for name in ("signal", "reading"):
        np.testing.assert_array_equal(getattr(found, name), getattr(chart, name)[cell])
    for name in LINES:
        np.testing.assert_array_equal(getattr(found.limits, name), getattr(chart, name)[cell])


def test_no_value_in_the_latest_column_no_signal() -> None:
    """A running total observed after a hole: nobody knows what its period added."""
    values = np.array([[9.0, 11.0] * 6 + [np.nan]])
    stretch = np.zeros(values.shape, dtype=np.int64)
    column, sign = np.array([12]), np.array([1])
    found = direction(values, stretch, np.array([2.0]), column, sign, Policy())
    assert (found.signal[0], found.limits.points[0]) == (0, 0)
    assert np.isnan(found.limits.centre[0])
