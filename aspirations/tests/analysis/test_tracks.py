"""What a chart is drawn from."""

import numpy as np

from aspirations.analysis import tracks
from aspirations.analysis.engine import judge, track
from aspirations.analysis.trajectories import Path
from aspirations.tests.analysis.makers import FIRST, block, linear

QUIET = [9.0, 11.0] * 6
MATRICES = (*tracks.MATRICES, "signal", "reading")


def test_the_range_of_a_path_opens_towards_its_target() -> None:
    ranged = Path("linear", FIRST + 1, 10.0, FIRST + 5, 14.0, low=12.0, high=15.0)
    found = track(block([9.0, 10.0, 11.0], [9.0, 10.0, 11.0], paths=[ranged, linear(1, 1, 5, 2)]))
    np.testing.assert_array_equal(found.low[0], [np.nan, 10.0, 10.5, 11.0, 11.5, 12.0])
    np.testing.assert_array_equal(found.high[0], [np.nan, 10.0, 11.25, 12.5, 13.75, 15.0])
    assert np.isnan(found.low[1]).all()
    assert np.isnan(found.high[1]).all()


def test_a_running_total_has_signals_of_its_flow_and_no_limits() -> None:
    flow = np.array([*QUIET, *QUIET])
    flow[17] = 40.0
    totals = flow.reshape(2, 12).cumsum(axis=1).ravel().tolist()
    given = block(totals, paths=[linear(2, 31.0, 35, 140.0)], cumulative=np.array([True]))
    found = track(given)
    assert found.signal[0, 17] == "outside"
    assert (found.signal[0] == "outside").sum() == 1
    for name in ("centre", "lower", "upper"):
        assert np.isnan(getattr(found, name)).all()
        assert found.limits[0][0][name] is None
        assert np.isnan(getattr(judge(given), name)[0])
    assert found.limits[0][0]["n"] == 24


def test_what_came_in_over_a_hole_gives_no_signal() -> None:
    """Read as a month's figure, the two months together would be far outside."""
    flow = np.array([*QUIET, *QUIET])
    totals = flow.reshape(2, 12).cumsum(axis=1).ravel()
    totals[17] = np.nan
    given = block(totals.tolist(), paths=[linear(2, 31.0, 35, 140.0)], cumulative=np.array([True]))
    assert set(track(given).signal[0].tolist()) == {""}


def test_many_rows_are_drawn_as_one_row_is() -> None:
    source = np.random.default_rng(1)
    rows = tracks.ROWS_AT_ONCE + 3
    values = source.normal(10, 1, (rows, 15))
    values[source.random(values.shape) < 0.1] = np.nan
    rebases = [(FIRST + 7,) if i % 5 == 0 else () for i in range(rows)]
    paths = [linear(2, 10.0, 20, 12.0)] * rows
    given = block(*values.tolist(), paths=paths, rebases=rebases)
    together = track(given)
    assert len(together.limits) == rows
    for i in (0, 1, tracks.ROWS_AT_ONCE - 1, tracks.ROWS_AT_ONCE, rows - 1):
        alone = track(given.take(np.array([i])))
        offset = alone.first - together.first
        for name in MATRICES:
            np.testing.assert_array_equal(
                getattr(alone, name)[0], getattr(together, name)[i, offset:], err_msg=name
            )
        assert alone.limits[0] == together.limits[i]
    assert together.limits[-1:] == [together.limits[rows - 1]]


def test_limits_of_a_row_are_those_of_its_stretches() -> None:
    values = [*QUIET, *(value + 20 for value in QUIET)]
    found = track(block(values, paths=[None], rebases=[(FIRST + 12,)]))
    assert [limits["start"] for limits in found.limits[0]] == [FIRST, FIRST + 12]
    assert [limits["centre"] for limits in found.limits[0]] == [10.0, 30.0]
    assert [limits["trial"] for limits in found.limits[0]] == [False, False]
