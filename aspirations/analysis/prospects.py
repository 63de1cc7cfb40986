"""What would move it: the value of the next period that earns the next better light.

The same filter and the same weighing are run with a candidate value in the next expected
period. The turning point is found by secants on the margin by which the light is earned, for
the few that stray by false position, and checked by weighing a value a hair to either side.
Where that does not hold it is found by halving on the light itself. The answer is always on the
side that earns the light.
"""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis import lights
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.block import Block
from aspirations.analysis.candidates import REACH, Candidates, Plain, Question
from aspirations.analysis.seasonal_candidates import Seasonal
from aspirations.analysis.story import Ground

MARGIN = 1e-9
"""How far, in the units of `REACH`, the answer stays on the better side of the turning point."""
SECANTS, STEPS, HALVINGS = 5, 40, 50
"""Most steps of each search. The margin is nearly straight, so few secants do; 50 halvings bring
2 · `REACH` units down to a hair."""
SHARES = 0.5 ** np.arange(16.0, -1.0, -1.0)
"""Of the way from the path to the farthest value: where a light is looked for step by step."""


@dataclass(frozen=True)
class Prospect:
    """Each array (n,): NaN and −1 where no value earns a better light, or any does."""

    value: Float
    light: Int
    none_suffices: Bool


def prospects(block: Block, ground: Ground, column: Int, following: Int, light: Int) -> Prospect:
    """Solve for rows with a light below Green; where every value would do, none is named.

    `column` (n,) is the latest observed column, `following` the next expected ordinal.
    """
    n = len(block)
    found = Prospect(np.full(n, np.nan), np.full(n, lights.NOT_JUDGED), np.zeros(n, dtype=bool))
    wanted = (light >= 0) & (light < lights.GREEN)
    seasonal = wanted & _seasonal(ground, column)
    asked = Question(np.arange(n), column, following, light + 1)
    if (wanted & ~seasonal).any():
        _solve(found, Plain, block, ground, asked.part(wanted & ~seasonal))
    for k in np.unique(following[seasonal]).tolist():
        for banded in (ground.panel.aims.banded, ~ground.panel.aims.banded):
            same = seasonal & (following == k) & banded
            if same.any():
                _solve(found, Seasonal, block, ground, asked.part(same))
    return found


def _seasonal(ground: Ground, column: Int) -> Bool:
    """Rows whose next light may rest on seasonal indices."""
    tally = ground.tally
    if tally is None:
        return np.zeros(len(column), dtype=bool)
    points = tally.points[column, np.arange(len(column))] + 1
    enough = points >= ground.policy.season_years * tally.seasons
    return np.asarray(enough & ground.panel.aims.adjustable)


def _solve(
    found: Prospect, kind: type[Candidates], block: Block, ground: Ground, asked: Question
) -> None:
    tried = kind(block, ground, asked)
    hair = MARGIN * np.abs(tried.best - tried.worst) / REACH
    value, light = _checked(tried, _turning(tried, hair), hair)
    doubtful = light < asked.better
    if doubtful.any():
        rest = tried.part(doubtful)
        value[doubtful], light[doubtful] = _halved(rest, hair[doubtful])
    enough = light >= asked.better
    told = enough & (np.abs(value - tried.least) > 2 * hair)
    found.value[asked.rows] = np.where(told, value, np.nan)
    found.light[asked.rows] = np.where(told, light, lights.NOT_JUDGED)
    found.none_suffices[asked.rows] = ~enough


def _checked(tried: Candidates, turning: Float, hair: Float) -> tuple[Float, Int]:
    """The value a hair on the better side and its light; not judged where none turns there."""
    step = tried.way * hair
    value = np.where(np.abs(tried.best - turning) > hair, turning + step, tried.best)
    turns = tried.light(turning - step) < tried.asked.better
    return value, np.where(turns, tried.light(value), lights.NOT_JUDGED)


def _turning(tried: Candidates, hair: Float) -> Float:
    """Where the margin turns: by secants from the path itself, for the few that stray by false
    position between the worst and the best."""
    value, margin = tried.narrow()
    low, high = np.sort([tried.worst, tried.best], axis=0)
    step, slope = np.full(len(value), np.inf), tried.slope()
    for _ in range(SECANTS):
        wide = np.abs(step) > hair / 8
        following = np.clip(value - np.where(wide, margin / slope, 0.0), low, high)
        step = following - value
        last, value = margin, following
        margin = tried.margin(value)
        slope = np.where(np.abs(step) > 0, (margin - last) / np.where(step == 0, 1, step), slope)
        slope = np.where(slope == 0, 1.0, slope)
    stray = (np.abs(step) > hair / 8) & (np.abs(margin / slope) > hair / 8)
    if stray.any():
        value[stray] = _false_position(tried.part(stray), hair[stray])
    return value


def _false_position(tried: Candidates, hair: Float) -> Float:
    """Where the margin turns, with the Illinois rule against standing still."""
    low, high = tried.worst, tried.best
    below, above = tried.margin(low), tried.margin(high)
    side = np.zeros(len(low))
    for _ in range(STEPS):
        open_ = (below < 0) & (above > 0) & (np.abs(high - low) > hair / 4)
        if not open_.any():
            break
        value = low + (high - low) * (below / np.where(open_, below - above, 1.0))
        margin = tried.margin(value)
        up, down = open_ & (margin >= 0), open_ & (margin < 0)
        below = np.where(up & (side > 0), below / 2, np.where(down, margin, below))
        above = np.where(down & (side < 0), above / 2, np.where(up, margin, above))
        low, high = np.where(down, value, low), np.where(up, value, high)
        side = np.where(up, 1.0, -1.0)
    return high


def _bracketed(tried: Candidates) -> Bool:
    """Rows in which some value earns the light; worst and best are moved to either side of the
    place nearest to the path where one does.

    The best value of all need not earn what a moderate one does: a large step widens the moving
    ranges until it is too early to tell, and a season can lead out of a band.
    """
    light, better = tried.light(tried.best), tried.asked.better
    enough = np.asarray(light >= better)
    hidden = ~enough & ((light == lights.NOT_JUDGED) | tried.aims.banded)
    if hidden.any():
        rest = tried.part(hidden)
        enough[hidden] = _found(rest)
        tried.worst[hidden], tried.best[hidden] = rest.worst, rest.best
    return enough


def _found(tried: Candidates) -> Bool:
    """Rows in which one of the values from the path outward earns the light, then the best."""
    earned, last = np.zeros(len(tried.best), dtype=bool), tried.middle
    for share in SHARES:
        value = tried.middle + share * (tried.far - tried.middle)
        earns = ~earned & (tried.light(value) >= tried.asked.better)
        tried.worst = np.where(earns, last, tried.worst)
        tried.best = np.where(earns, value, tried.best)
        earned, last = earned | earns, value
    return earned


def _halved(tried: Candidates, hair: Float) -> tuple[Float, Int]:
    """Halve between the worst and the best, end a hair on the better side, and weigh that; where
    no value looked at earns the light, no light."""
    enough = _bracketed(tried)
    worst, best, better = tried.worst, tried.best, tried.asked.better
    for _ in range(HALVINGS if enough.any() else 0):
        middle = worst + (best - worst) / 2
        earns = tried.light(middle) >= better
        best, worst = np.where(earns, middle, best), np.where(earns, worst, middle)
    value = np.where(np.abs(tried.best - best) > hair, best + tried.way * hair, tried.best)
    return value, np.where(enough, tried.light(value), lights.NOT_JUDGED)
