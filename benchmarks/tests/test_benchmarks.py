"""The benchmarks measure what they say; how fast, the machine decides."""

import re

import numpy as np
import pytest

from aspirations.analysis import engine
from benchmarks import __main__ as command
from benchmarks import figures, kernel, memory, per_series
from benchmarks.pandas_version import judged
from benchmarks.rows import Row, Sizes, interleaved, table

SMALL = Sizes(series=40, periods=48, sample=2)


@pytest.mark.parametrize(("count", "width"), [(40, 30), (20, 60)])
def test_the_plain_version_says_what_the_arithmetic_says(count: int, width: int) -> None:
    given = per_series.sample(count, width)
    plain = [judged(values, plan) for values, plan in zip(given.series, given.plans, strict=True)]
    per_series.compare(given.block, plain)
    assert len(plain) == count
    assert len({one.light for one in plain}) == 4
    assert {"", "outside"} < {one.signal for one in plain}


def test_a_difference_is_told() -> None:
    given = per_series.sample(2, 40)
    plain = [judged(values, plan) for values, plan in zip(given.series, given.plans, strict=True)]
    given.block.actual = given.block.actual + 0.5
    with pytest.raises(AssertionError):
        per_series.compare(given.block, plain)


def test_everything_a_result_holds_is_written() -> None:
    given = figures.block(40, 48)
    found = kernel.arrays(engine.track(given))
    assert sum(array.nbytes for array in found) == 40 * engine.track(given).actual.shape[1] * 90
    kernel.written(found)


def test_made_up_series_have_seasons_holes_rebases_and_ended_plans() -> None:
    given = figures.block(500, 60)
    found = engine.judge(given)
    assert found.season.any()
    assert np.isnan(given.actual).mean() == pytest.approx(figures.MISSING, abs=0.005)
    assert any(given.rebases)
    assert 0.05 < (found.state != "").mean() < 0.5
    assert (found.light >= 0).mean() > 0.8


def test_peak_memory_is_that_of_the_process_that_did_the_work() -> None:
    few, some = memory.measured(10, 24), memory.measured(3000, 60)
    assert 10 < few < some < few + 200


@pytest.mark.parametrize(
    ("row", "limit", "verdict"),
    [
        (Row("a", 9.0, "", most=10.0), "at most 10", "kept"),
        (Row("a", 11.0, "", most=10.0), "at most 10", "NOT KEPT"),
        (Row("a", 9.0, "", least=10.0), "at least 10", "NOT KEPT"),
        (Row("a", 11.0, "", least=10.0), "at least 10", "kept"),
        (Row("a", 11.0, ""), "", ""),
    ],
)
def test_limits(row: Row, limit: str, verdict: str) -> None:
    assert (row.limit, row.verdict) == (limit, verdict)


def test_works_take_turns() -> None:
    order: list[str] = []
    taken = interleaved(lambda: order.append("a"), lambda: order.append("b"), runs=2)
    assert order == ["a", "b", "a", "b"]
    assert len(taken) == 2


def test_the_command_prints_a_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "QUICK", SMALL)
    assert command.main(["kernel", "--quick"]) == 0
    told = capsys.readouterr().out
    assert re.search(r"^\d+ cores", told)
    assert "judge and track, 40 series of 48 periods" in told
    assert "| verdict" in told


def test_only_strict_fails_for_a_slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "QUICK", SMALL)
    monkeypatch.setattr(kernel, "LIMIT", 0.0)
    assert command.main(["kernel", "--quick"]) == 0
    assert command.main(["kernel", "--quick", "--strict"]) == 1


def test_an_unknown_group_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["speed"])
    assert "no benchmark 'speed': choose of kernel" in capsys.readouterr().err


def test_a_table_lines_up() -> None:
    lines = table([Row("short", 1.0, "x"), Row("somewhat longer", 123.4, "y")]).splitlines()
    assert len({line.index("|") for line in (lines[0], *lines[2:])}) == 1
