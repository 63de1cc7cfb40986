"""Series of extreme size, judged in another unit and told in their own.

Squares of figures beyond 1e154 overflow, and those below 1e-154 vanish. A unit changes no light,
so such rows are brought to the size of 1 first. The unit is a power of two: nothing is rounded
on the way there and back.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from aspirations.analysis.arrays import Float, Int
from aspirations.analysis.block import Block
from aspirations.analysis.paths import Effect, Path, Paths, SeasonalForm

USUAL = 300
"""Sizes from 2^−300 to 2^300 (about 1e-90 to 1e90) are left as they are."""
FURTHEST = 1000
"""Largest power of two moved by, so that the way back has one too."""
FIGURES = frozenset(
    "actual expected gap ahead forecast likely_low likely_high straight_line would_move last_year "
    "level drift spread planned centre_gap deviation tolerance delivered_at unexplained lower "
    "centre upper suggested_before suggested_after earlier_actual low high".split()
)
"""Figures of a judgment, its moments or a track that are in the metric's unit."""

Result = TypeVar("Result")


def at_ease(work: Callable[[Block], Result], block: Block) -> Result:
    """What `work` makes of a block, computed with rows of extreme size in a unit of their own.

    A figure of the result that is too large for a float even in the metric's unit is NaN.
    """
    power = powers(block)
    if not power.any():
        return work(block)
    return _restored(work(_resized(block, np.ldexp(1.0, -power))), np.ldexp(1.0, power))


def powers(block: Block) -> Int:
    """The power of two (n,) by which each row is out of the usual range, 0 inside it."""
    size = np.fmax(np.fmax.reduce(block.actual, axis=1), -np.fmin.reduce(block.actual, axis=1))
    edges = np.c_[block.paths.baseline, block.paths.target, block.band, block.bounds]
    for values in (*edges.T, _within(block.paths)):
        size = np.fmax(size, np.where(np.isinf(values), np.nan, np.abs(values)))
    known = np.isfinite(size) & (size > 0)
    power = np.frexp(np.where(known, size, 1.0))[1].astype(np.int64)
    return np.where(np.abs(power) > USUAL, np.clip(power, -FURTHEST, FURTHEST), 0)


def _within(paths: Paths) -> Float:
    """The largest figure (n,) that a path holds beside baseline and target, 0 for none."""
    found = np.zeros(len(paths))
    for row, path in paths.details.items():
        held = [value for _, value in path.points]
        held += [size for size in (path.low, path.high) if size is not None]
        for effect in path.effects:
            held += [size for size in (effect.low, effect.mid, effect.high) if size is not None]
        if path.season and path.season.kind == "offset":
            held += path.season.values
        found[row] = max(map(abs, held), default=0.0)
    return found


def _resized(block: Block, factor: Float) -> Block:
    with np.errstate(over="ignore"):
        return replace(
            block,
            actual=block.actual * factor[:, None],
            band=block.band * factor[:, None],
            bounds=block.bounds * factor[:, None],
            paths=_paths(block.paths, factor),
        )


def _paths(paths: Paths, factor: Float) -> Paths:
    details = {row: _path(path, float(factor[row])) for row, path in paths.details.items()}
    return replace(
        paths, baseline=paths.baseline * factor, target=paths.target * factor, details=details
    )


def _path(path: Path, factor: float) -> Path:
    """A path in another unit; shares, indices and times have none."""
    if factor == 1.0:
        return path
    season = path.season
    if season and season.kind == "offset":
        season = SeasonalForm("offset", tuple(value * factor for value in season.values))
    return replace(
        path,
        baseline=path.baseline * factor,
        target=path.target * factor,
        points=tuple((k, value * factor) for k, value in path.points),
        parameters={
            name: value * (factor if name == "drift" else 1.0)
            for name, value in path.parameters.items()
        },
        season=season,
        low=_times(path.low, factor),
        high=_times(path.high, factor),
        effects=tuple(_effect(effect, factor) for effect in path.effects),
    )


def _effect(effect: Effect, factor: float) -> Effect:
    low, high = _times(effect.low, factor), _times(effect.high, factor)
    return replace(effect, mid=effect.mid * factor, low=low, high=high)


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _restored(result: Any, factor: Float) -> Any:
    """The result in the metric's unit."""
    with np.errstate(over="ignore"):
        changed: dict[str, Any] = {
            name: _finite(value * (factor if value.ndim == 1 else factor[:, None]))
            for name, value in vars(result).items()
            if name in FIGURES
        }
    if hasattr(result, "limits"):
        changed["limits"] = [
            [_stretch(limits, by) for limits in row]
            for row, by in zip(result.limits, factor.tolist(), strict=True)
        ]
    return replace(result, **changed)


def _stretch(limits: dict[str, Any], factor: float) -> dict[str, Any]:
    lines = {name: limits[name] for name in ("centre", "lower", "upper")}
    moved = {name: value and value * factor for name, value in lines.items()}
    inside = {name: value if _is_finite(value) else None for name, value in moved.items()}
    return {**limits, **inside}


def _finite(values: Float) -> Float:
    return np.where(np.isinf(values), np.nan, values)


def _is_finite(value: float | None) -> bool:
    return value is not None and bool(np.isfinite(value))
