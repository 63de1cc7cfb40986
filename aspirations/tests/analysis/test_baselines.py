"""Baselines over several periods, worked by hand."""

import numpy as np
import pytest

from aspirations.analysis import baselines

NAN = float("nan")

MEANS: list[tuple[list[float], float]] = [
    ([60.0, 62.0, 64.0], 62.0),
    ([60.0, NAN, 64.0], 62.0),
    ([NAN, NAN], NAN),
]


@pytest.mark.parametrize(("values", "expected"), MEANS)
def test_the_mean_leaves_out_what_is_missing(values: list[float], expected: float) -> None:
    assert baselines.mean(np.array([values]))[0] == pytest.approx(expected, nan_ok=True)


TRENDS: list[tuple[list[float], float]] = [
    ([1.0, 2.0, 3.0], 3.0),
    # Mean 2 at the middle, slope (1·−1 + 3·1)/2 = 1: the line ends at 3 although the figure is 2.
    ([1.0, 3.0, 2.0], 2.5),
    ([1.0, NAN, 3.0], 3.0),
    # The last figure is missing; the line through the others goes on to its period.
    ([1.0, 2.0, NAN], 3.0),
    ([5.0, NAN, NAN], NAN),
]


@pytest.mark.parametrize(("values", "expected"), TRENDS)
def test_the_trend_ends_at_the_last_period(values: list[float], expected: float) -> None:
    assert baselines.trend(np.array([values]))[0] == pytest.approx(expected, nan_ok=True)


def test_a_heavy_rate_draws_the_line_to_itself() -> None:
    values = np.array([[50.0, 60.0, 50.0]])
    plain = baselines.trend(values)[0]
    weighted = baselines.trend(values, np.array([[1.0, 1000.0, 1.0]]))[0]
    assert plain == pytest.approx(160 / 3)
    assert weighted == pytest.approx(60.0, abs=0.1)


def test_rows_are_worked_out_one_by_one() -> None:
    random = np.random.default_rng(7)
    values = np.where(random.random((40, 9)) < 0.2, np.nan, random.normal(50, 5, (40, 9)))
    for worked in (baselines.mean, baselines.trend):
        alone = [worked(values[[row]])[0] for row in range(40)]
        np.testing.assert_array_equal(worked(values), np.array(alone))
