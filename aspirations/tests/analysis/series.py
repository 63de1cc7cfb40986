"""Random blocks of every kind that a rule may meet, and the same blocks in another unit."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from aspirations.analysis.engine import Block
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import SHAPE_NAMES, Effect, Path, Paths, SeasonalForm
from aspirations.tests.analysis.makers import FIRST, block

MOVABLE = tuple(name for name in SHAPE_NAMES if name != "compound")
"""Shapes that keep their form when the origin of the unit is moved."""


def movable(given: Block) -> bool:
    """Whether another origin is only another unit: no rates of change, no running totals."""
    rows = [path for path in given.paths if path is not None]
    fixed = any(path.shape == "compound" or _multiplies(path) for path in rows)
    return not fixed and not given.cumulative.any()


def _multiplies(path: Path) -> bool:
    return path.season is not None and path.season.kind == "index"


@st.composite
def blocks(draw: st.DrawFn, rows: int = 3, width: int = 40) -> Block:
    """Wandering series with holes, ties and rebases, with paths of every shape, seasons of their
    own or not, running totals, and bands that are held or still to be reached."""
    count = draw(st.integers(3, width))
    source = np.random.default_rng(draw(st.integers(0, 2**32)))
    actual = _values(draw, source, rows, count)
    k0 = draw(st.integers(-2, count - 2))
    k1 = draw(st.integers(k0 + 2, count + 12))
    change = draw(st.sampled_from([0.0, 0.5, -4.0, 4.0, 20.0]))
    seasons = draw(st.sampled_from([4, 12]))
    names = [draw(st.sampled_from(SHAPE_NAMES)) for _ in range(rows)]
    forms = [draw(st.sampled_from([None, None, "index", "offset"])) for _ in range(rows)]
    baseline = np.nan_to_num(actual[:, max(k0, 0)], nan=50.0)
    paths: list[Path | None] = [
        path(names[i], k0, float(b), k1, float(b) + change, season(forms[i], seasons, source))
        for i, b in enumerate(baseline)
    ]
    band = draw(st.sampled_from([None, (48.0, 50.4), (30.0, 41.2)]))
    bands = [band or (np.nan, np.nan), *[(np.nan, np.nan)] * (rows - 1)]
    return block(
        *actual.tolist(),
        paths=[*paths[:-1], draw(st.sampled_from([paths[-1], None]))],
        sign=np.array([0 if band else 1, -1, 1, *[1] * (rows - 3)])[:rows],
        band=np.array(bands),
        rebases=[draw(st.sampled_from([[], [FIRST + count // 2]])) for _ in range(rows)],
        cumulative=np.array([False, draw(st.booleans()), *[False] * (rows - 2)])[:rows],
        year_starts=draw(st.sampled_from([1, 4])),
        policy=Policy(
            season=draw(st.sampled_from(["auto", "on", "off"])),
            screen_outliers=draw(st.booleans()),
            lock_after=draw(st.sampled_from([None, 8])),
            confirm=draw(st.booleans()),
        ),
        frequency=Frequency.MONTH if seasons == 12 else Frequency.QUARTER,
    )


def _values(
    draw: st.DrawFn, source: np.random.Generator, rows: int, count: int
) -> "np.ndarray[Any, np.dtype[np.float64]]":
    wave = draw(st.sampled_from([0.0, 3.0])) * np.sin(np.arange(count) * np.pi / 6)
    steps = source.normal(0, draw(st.sampled_from([0.0, 0.2, 1.0])), (rows, count)).cumsum(axis=1)
    noise = source.normal(0, draw(st.sampled_from([0.0, 0.5, 2.0])), (rows, count))
    actual = np.round(4 * (50 + wave + steps + noise)) / 4
    actual[source.random((rows, count)) < draw(st.sampled_from([0.0, 0.1, 0.5]))] = np.nan
    return np.asarray(actual)


def season(kind: str | None, seasons: int, source: np.random.Generator) -> SeasonalForm | None:
    """A season of its own for a path: values that even out over the year."""
    if kind is None:
        return None
    waves = source.normal(0, 0.05 if kind == "index" else 2.0, seasons)
    waves = waves - waves.mean() + (1.0 if kind == "index" else 0.0)
    return SeasonalForm("index" if kind == "index" else "offset", tuple(waves.tolist()))


def path(
    shape: str, k0: int, baseline: float, k1: int, target: float, form: SeasonalForm | None = None
) -> Path:
    """A path of any shape; k0 and k1 count columns. A sum of interventions ends a fifth short."""
    begin, end, change = FIRST + k0, FIRST + k1, target - baseline
    more: dict[str, Any] = {}
    if shape in ("points", "step"):
        more["points"] = ((begin + 1, baseline + 0.75 * change),)
    if shape == "interventions":
        more["parameters"] = {"drift": 0.2 * change / (k1 - k0)}
        more["effects"] = (
            Effect(begin, 0.4 * change, 0.2 * change, 0.6 * change, ramp=k1 - k0),
            Effect(begin + 1, 0.4 * change, lag=1, ramp=0, attribution=0.5),
        )
    return Path(shape, begin, baseline, end, target, season=form, **more)


def moved(given: Block, factor: float, offset: float) -> Block:
    """The same series in another unit: factor·value + offset; a negative factor mirrors."""
    changed = given.take(np.arange(len(given)))
    changed.actual = factor * given.actual + offset
    changed.paths = Paths.of([_moved(row, factor, offset) for row in given.paths])
    changed.band = np.sort(factor * given.band + offset, axis=1)
    changed.sign = given.sign * (1 if factor > 0 else -1)
    return changed


def _moved(row: Path | None, factor: float, offset: float) -> Path | None:
    if row is None:
        return None
    form = row.season
    if form is not None and form.kind == "offset":
        form = SeasonalForm("offset", tuple(factor * value for value in form.values))
    return replace(
        row,
        baseline=factor * row.baseline + offset,
        target=factor * row.target + offset,
        points=tuple((k, factor * value + offset) for k, value in row.points),
        parameters={
            name: value * (factor if name == "drift" else 1.0)
            for name, value in row.parameters.items()
        },
        season=form,
        effects=tuple(_scaled(effect, factor) for effect in row.effects),
    )


def _scaled(effect: Effect, factor: float) -> Effect:
    low, high = (None if case is None else factor * case for case in (effect.low, effect.high))
    return replace(effect, mid=factor * effect.mid, low=low, high=high)


def prefix(given: Block, width: int) -> Block:
    """The first periods of a block."""
    part = given.take(np.arange(len(given)))
    part.actual = given.actual[:, :width]
    return part


def only(given: Block, rows: Sequence[int]) -> Block:
    """Some rows of a block."""
    return given.take(np.array(rows, dtype=np.int64))
