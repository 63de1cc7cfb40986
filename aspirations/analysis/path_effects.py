"""What interventions add to a path: a full effect, its ramp, and its share after overlap."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aspirations.analysis.arrays import Float, Int
from aspirations.analysis.paths import Effect, Path, Paths


@dataclass(frozen=True)
class Layer:
    """One effect of each of some rows as columns (r, 1); `low` and `high` are `mid` unless given.

    Layers keep the order of the effects, so a row adds up the same alone and among others.
    """

    rows: Int
    start: Int
    """Ordinal from which the effect rises: start of the work plus lag."""
    ramp: Int
    low: Float
    mid: Float
    high: Float

    def reached(self, k: Int) -> Float:
        """r (r, p) from 0 to 1 at ordinals k (r, p)."""
        return ramp(k - self.start, self.ramp)


def layers(paths: Paths) -> Iterator[Layer]:
    """The first effect of every row that has one, then the second, and so on."""
    known = [(row, path.effects) for row, path in paths.details.items() if path.effects]
    for number in range(max((len(effects) for _row, effects in known), default=0)):
        having = [(row, effects[number]) for row, effects in known if len(effects) > number]
        yield _layer([row for row, _effect in having], [effect for _row, effect in having])


def _layer(rows: list[int], effects: list[Effect]) -> Layer:
    cases = [_cases(effect) for effect in effects]
    low, mid, high = np.array(cases, dtype=np.float64).T[:, :, None]
    begins = np.array([[effect.start + effect.lag, effect.ramp] for effect in effects])
    return Layer(np.array(rows), begins[:, :1], begins[:, 1:], low, mid, high)


def _cases(effect: Effect) -> tuple[float, float, float]:
    """Low, middle and high case of e·a."""
    low = effect.mid if effect.low is None else effect.low
    high = effect.mid if effect.high is None else effect.high
    share = effect.attribution
    return low * share, effect.mid * share, high * share


def ramp(since: Int, length: Int) -> Float:
    """r = since/length held between 0 and 1; with length 0 all at once."""
    rising = np.clip(since / np.maximum(length, 1), 0.0, 1.0)
    return np.where(length == 0, since >= 0, rising)


def contribution(effect: Effect, k: Int) -> Float:
    """e·r(k)·a of one intervention at any ordinals k (p,)."""
    since = k - (effect.start + effect.lag)
    full = effect.mid * effect.attribution
    return np.asarray(full * ramp(since, np.array(effect.ramp)))


def has_range(path: Path) -> bool:
    """Whether any effect has a low or a high case."""
    return any(effect.low is not None or effect.high is not None for effect in path.effects)
