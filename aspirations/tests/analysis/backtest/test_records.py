"""A moment of a trial says what the rules said then, from the data up to then."""

from dataclasses import replace

import numpy as np
import pytest

from aspirations.analysis import engine, periods
from aspirations.analysis.backtest.draws import Settings, trials
from aspirations.analysis.backtest.records import record, records
from aspirations.analysis.backtest.trials import Trials
from aspirations.analysis.periods import Frequency
from aspirations.tests.analysis.backtest.makers import noisy, source
from aspirations.tests.analysis.makers import FIRST


def drawn(rows: int = 6, width: int = 40) -> Trials:
    wave = 2 * np.sin(np.arange(width) * np.pi / 6)
    return trials([source(noisy(rows, width) + wave)], Settings(horizons=(6, 12), limit=40))[0]


def test_a_moment_is_the_judgment_of_that_day() -> None:
    found = drawn()
    heard = record(found)
    for place in range(0, len(heard), 37):
        row = int(heard.trial[place])
        path = found.block.take(np.array([row])).paths[0]
        assert path is not None
        k = path.k0 + round(heard.way[place] * (path.k1 - path.k0))
        one = found.block.take(np.array([row]))
        cut = replace(
            one, actual=one.actual[:, : k - FIRST + 1], as_of=periods.end(Frequency.MONTH, k)
        )
        then = engine.judge(cut)
        assert then.light[0] == heard.light[place]
        if heard.light[place] >= 0:
            np.testing.assert_allclose(then.likelihood[0], heard.likelihood[place], rtol=1e-12)


def test_moments_lie_between_baseline_and_target() -> None:
    found = drawn()
    heard = record(found)
    assert ((heard.way > 0) & (heard.way < 1)).all()
    lengths = np.bincount(heard.trial, minlength=len(found))
    whole = [path.k1 - path.k0 - 1 for path in found.block.paths if path is not None]
    assert lengths.tolist() == whole
    assert (heard.delivered == found.delivered[heard.trial]).all()


def test_a_missing_figure_is_no_moment() -> None:
    found = drawn()
    before = len(record(found))
    actual = found.block.actual.copy()
    path = found.block.take(np.array([0])).paths[0]
    assert path is not None
    actual[0, path.k0 + 1 - FIRST] = np.nan
    assert len(record(replace(found, block=replace(found.block, actual=actual)))) == before - 1


def test_blocks_are_numbered_through() -> None:
    found = drawn()
    twice = records([found, found])
    assert len(np.unique(twice.trial)) == 2 * len(np.unique(record(found).trial))
    assert set(twice.origin.tolist()) > set(found.origin.tolist())
    assert len(records([])) == 0


@pytest.mark.parametrize("size", [1, 7, 1024])
def test_the_size_of_a_chunk_changes_nothing(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    found = drawn()
    whole = record(found)
    monkeypatch.setattr("aspirations.analysis.backtest.records.ROWS_AT_ONCE", size)
    for name, cells in vars(record(found)).items():
        np.testing.assert_array_equal(cells, getattr(whole, name))
