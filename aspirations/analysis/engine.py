"""The one pipeline from observations to judgments; jobs, pages, interface and commands call it."""

from collections.abc import Callable
from typing import Any

import numpy as np

from aspirations.analysis import aims, filtering, freshness, memory, season, variance
from aspirations.analysis import story as stories
from aspirations.analysis.aims import Panel
from aspirations.analysis.arrays import Float, Int, Text
from aspirations.analysis.beside import beside
from aspirations.analysis.block import Block
from aspirations.analysis.evidence import evidence, row
from aspirations.analysis.fingerprint import ENGINE_VERSION, input_hash, input_hashes
from aspirations.analysis.forecast import share_to_come
from aspirations.analysis.freshness import Freshness
from aspirations.analysis.latest import Latest, latest_of
from aspirations.analysis.lights import NOT_JUDGED, ROUNDING, STATES, allowance, early_noise
from aspirations.analysis.magnitude import at_ease
from aspirations.analysis.prospects import Prospect, prospects
from aspirations.analysis.result import NO_PERIOD, BlockJudgment, Moments, Track
from aspirations.analysis.story import Ground, Story
from aspirations.analysis.tracks import track
from aspirations.analysis.trajectories import at, clamp

__all__ = [
    "ENGINE_VERSION",
    "Block",
    "BlockJudgment",
    "Moments",
    "Track",
    "evidence",
    "input_hash",
    "input_hashes",
    "judge",
    "moments",
    "row",
    "track",
]

ROWS_AT_ONCE = 4096
"""Rows computed together: enough to spread the cost of each call, few enough for the cache."""


def judge(block: Block) -> BlockJudgment:
    """The judgment of every series on `as_of`."""
    return at_ease(lambda part: _joined(_judge, part), block)


def moments(block: Block) -> Moments:
    """The lights of every observed period after the baseline, each from the data up to it."""
    return at_ease(lambda part: _joined(_moments, part), block)


def _joined(work: Callable[[Block], Any], block: Block) -> Any:
    """The work done on blocks that fit the cache, and its arrays joined again."""
    memory.keep_freed()
    if len(block) <= ROWS_AT_ONCE:
        return work(block)
    starts, rows = range(0, len(block), ROWS_AT_ONCE), np.arange(len(block))
    parts = [work(block.take(rows[start : start + ROWS_AT_ONCE])) for start in starts]
    whole = dict(vars(parts[0]))
    for name in [name for name in whole if name != "policy"]:
        whole[name] = np.concatenate([getattr(part, name) for part in parts])
    return type(parts[0])(**whole)


def _ground(block: Block) -> Ground:
    """What every moment is weighed from, the filter run once without any season."""
    panel = aims.panel(block)
    feed = filtering.feed(panel, block.policy)
    course = filtering.course(feed, block.policy)
    tally = season.tally(panel, block.frequency, block.policy)
    return Ground(panel, feed, course, tally, block.frequency, block.policy)


def _judge(block: Block) -> BlockJudgment:
    ground = _ground(block)
    told = stories.story(ground)
    panel, latest = ground.panel, latest_of(ground, told)
    fresh = freshness.freshness(block, latest.period)
    reason = _not_judged(block, panel, latest, fresh)
    light = np.where(reason == "", latest.light, NOT_JUDGED)
    move = prospects(block, ground, np.maximum(latest.column, 0), fresh.next_period, light)
    return BlockJudgment(
        **_lights(latest, light, told, reason),
        **_figures(panel, latest),
        **_outlook(block, panel, latest, light),
        **_prospect(move, fresh),
        **_earlier(panel, told, block),
        **beside(block, panel, latest, light),
        not_judged=reason,
        first_telling=_first_telling(block, panel, latest, reason),
        freshness=fresh.state,
        due=fresh.due,
        policy=block.policy.as_values(),
    )


def _moments(block: Block) -> Moments:
    ground = _ground(block)
    reading, told = stories.whole(ground)
    seen = (ground.feed.seen > 0) & block.has_target & ~block.grade_d
    goal, likely = ground.panel.aims, np.where(seen, told.likelihood, np.nan)
    lights = {
        "light": told.light,
        "raw": told.raw,
        "pending": told.pending,
        "likelihood_light": np.where(np.isnan(likely), NOT_JUDGED, reading.likelihood_light),
        "distance_light": reading.distance_light,
    }
    return Moments(
        **{name: np.where(seen, codes, NOT_JUDGED).T for name, codes in lights.items()},
        likelihood=likely.T,
        early=(reading.early & seen).T,
        expected=ground.panel.expected,
        ahead=np.where(seen, ground.feed.gap, np.nan).T,
        k0=np.where(goal.exists, goal.k0, NO_PERIOD),
        k1=np.where(goal.exists, goal.k1, NO_PERIOD),
        planned=goal.planned,
    )


def _not_judged(block: Block, panel: Panel, latest: Latest, fresh: Freshness) -> Text:
    """Why a row has no light, the first reason that applies; '' where it has one.

    A row with neither direction nor band has nothing to aim at, so no target.
    """
    pathless = ~panel.paths.exists
    aimless = ~block.has_target | (~pathless & ~panel.aims.exists)
    unseen = (latest.column < 0) | (latest.period <= panel.aims.k0)
    reasons = {
        "no_target": aimless,
        "no_trajectory": pathless,
        "nothing_observed": unseen,
        "quality_d": block.grade_d,
        "stale": fresh.state == freshness.STALE,
        "too_early": latest.early,
    }
    return np.select(list(reasons.values()), list(reasons), default="")


def _lights(latest: Latest, light: Int, told: Story, reason: Text) -> dict[str, Any]:
    judged = reason == ""
    return {
        "light": light,
        "pending": np.where(judged, latest.pending, NOT_JUDGED),
        "likelihood": np.where(judged, latest.outlook.likelihood, np.nan),
        "likelihood_light": np.where(judged, latest.likelihood_light, NOT_JUDGED),
        "distance_light": np.where(judged, latest.distance_light, NOT_JUDGED),
        "state": np.where(judged, np.array(STATES)[told.state], ""),
        "rule_changed": judged & latest.rule_changed,
        "cap": judged & latest.capped,
    }


def _figures(panel: Panel, latest: Latest) -> dict[str, Any]:
    goal, view = panel.aims, latest.outlook
    expected, gap = aims.told(latest.actual, latest.expected, goal)
    return {
        "period": latest.period,
        "actual": latest.actual,
        "expected": expected,
        "gap": gap,
        "relative": variance.relative(gap, expected),
        "journey": variance.journey(gap, goal.planned),
        "noise": variance.noise(gap, latest.mean_range),
        "ahead": latest.gap,
        "hold": goal.hold & (latest.column >= 0),
        "season": latest.seasonal,
        "level": latest.state.level,
        "drift": latest.state.drift,
        "spread": view.spread,
        "errors": np.nan_to_num(latest.state.errors.count).astype(np.int64),
        "to_come": view.to_come,
        "planned": goal.planned,
        "unexplained": goal.target - goal.end,
    }


def _outlook(block: Block, panel: Panel, latest: Latest, light: Int) -> dict[str, Any]:
    """Forecast of the target period and its likely range, inside the metric's bounds.

    For a band all are seen from its edge nearest to the latest value, and end at the other.
    """
    goal, view = panel.aims, latest.outlook
    judged = light != NOT_JUDGED
    centre = np.where(judged, view.centre, np.nan)
    deviation = np.where(judged, view.deviation, np.nan)
    target, way = goal.seen_from(latest.actual)
    reach = block.policy.range_width * deviation
    room = np.where(goal.banded, goal.band[:, 1] - goal.band[:, 0], np.inf)
    middle, low, high = (
        _held(target + way * np.minimum(way * ahead, room), block)
        for ahead in (way * centre, way * centre - reach, way * centre + reach)
    )
    allowed = allowance(view, goal, latest.period)
    return {
        "forecast": middle,
        "likely_low": low,
        "likely_high": high,
        "centre_gap": centre,
        "deviation": deviation,
        "tolerance": np.where(judged, allowed, np.nan),
        "delivered_at": np.where(judged, target - way * allowed, np.nan),
        "target_period": np.where(goal.exists, goal.k1, NO_PERIOD),
    }


def _held(values: Float, block: Block) -> Float:
    return clamp(values[:, None], block.bounds)[:, 0]


def _prospect(move: Prospect, fresh: Freshness) -> dict[str, Any]:
    asked = (move.light >= 0) | move.none_suffices
    return {
        "would_move": move.value,
        "would_move_to": move.light,
        "would_move_none": move.none_suffices,
        "would_move_period": np.where(asked, fresh.next_period, NO_PERIOD),
    }


def _earlier(panel: Panel, told: Story, block: Block) -> dict[str, Any]:
    """Quality grade D is one of today's inputs, so it blocks the earlier lights too."""
    period, light, likelihood, actual, pending = told.earlier(panel)
    blocked = (block.grade_d | ~block.has_target)[:, None]
    return {
        "earlier_period": period,
        "earlier_light": np.where(blocked, NOT_JUDGED, light),
        "earlier_likelihood": np.where(blocked, np.nan, likelihood),
        "earlier_actual": actual,
        "earlier_pending": np.where(blocked, NOT_JUDGED, pending),
    }


def _first_telling(block: Block, panel: Panel, latest: Latest, reason: Text) -> Int:
    """Where it is too early: the first period in which, by the noise known today, it no longer is:
    its plan exceeds twice the noise, or less than `early_share` is still to come."""
    found = np.full(len(block), NO_PERIOD)
    rows = np.flatnonzero(reason == "too_early")
    if not len(rows):
        return found
    goal = panel.aims.rows(rows)
    longest = int((goal.k1 - latest.period[rows]).max())
    k = latest.period[rows][:, None] + np.arange(1, longest + 1)
    drawn = at(aims.unseasonal(panel.paths.take(rows)), k, block.bounds[rows]).T
    plan = aims.arrived(drawn, goal.target, k.T, goal)
    noise = early_noise(latest.outlook.spread, latest.mean_range, block.policy)[rows]
    clear = (np.abs(aims.gap(plan, goal.baseline, goal)) > noise).T
    to_come = share_to_come(plan, k.T, goal).T
    telling = clear | (to_come < block.policy.early_share - ROUNDING)
    found[rows] = np.take_along_axis(k, telling.argmax(axis=1)[:, None], axis=1)[:, 0]
    return found
