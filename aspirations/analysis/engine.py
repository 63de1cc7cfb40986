"""The one pipeline from observations to judgments; jobs, pages, interface and commands call it."""

from typing import Any

import numpy as np

from aspirations.analysis import aims, forecast, freshness, season, story, variance
from aspirations.analysis.aims import Panel
from aspirations.analysis.arrays import Float, Int, Text
from aspirations.analysis.block import Block
from aspirations.analysis.evidence import evidence, row
from aspirations.analysis.fingerprint import ENGINE_VERSION, input_hash, input_hashes
from aspirations.analysis.forecast import share_to_come
from aspirations.analysis.freshness import Freshness
from aspirations.analysis.latest import Latest, beside, latest_of
from aspirations.analysis.lights import NOT_JUDGED, ROUNDING, STATES, allowance, early_noise
from aspirations.analysis.prospects import Prospect, prospects
from aspirations.analysis.result import NO_PERIOD, BlockJudgment, Track
from aspirations.analysis.story import Story
from aspirations.analysis.tracks import track
from aspirations.analysis.trajectories import at, clamp

__all__ = [
    "ENGINE_VERSION",
    "Block",
    "BlockJudgment",
    "Track",
    "evidence",
    "input_hash",
    "input_hashes",
    "judge",
    "row",
    "track",
]

ROWS_AT_ONCE = 1024
"""Rows computed together, so that the matrices stay in the processor's cache."""


def judge(block: Block) -> BlockJudgment:
    """The judgment of every series on `as_of`."""
    if len(block) <= ROWS_AT_ONCE:
        return _judge(block)
    starts = range(0, len(block), ROWS_AT_ONCE)
    rows = np.arange(len(block))
    parts = [_judge(block.take(rows[start : start + ROWS_AT_ONCE])) for start in starts]
    return BlockJudgment(
        **{
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in vars(parts[0])
            if name != "policy"
        },
        policy=parts[0].policy,
    )


def _judge(block: Block) -> BlockJudgment:
    panel = aims.panel(block)
    found = season.seasons(panel, block.frequency, block.policy, _moments(panel))
    course = forecast.course(panel, block.policy, found)
    reading = story.readings(panel, course, block.policy)
    told = story.story(panel, reading, block.frequency, block.policy)
    latest = latest_of(panel, course, reading, told)
    fresh = freshness.freshness(block, latest.period)
    reason = _not_judged(block, panel, latest, fresh)
    light = np.where(reason == "", latest.light, NOT_JUDGED)
    move = prospects(block, panel, course, np.maximum(latest.column, 0), fresh.next_period, light)
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


def _moments(panel: Panel) -> Int:
    """Columns after the earliest baseline: the only ones at which anything is judged."""
    begun = panel.aims.k0[panel.aims.exists]
    first = int(begun.min()) + 1 - panel.first if len(begun) else panel.width
    return np.arange(max(first, 0), panel.width)


def _not_judged(block: Block, panel: Panel, latest: Latest, fresh: Freshness) -> Text:
    """Why a row has no light, the first reason that applies; '' where it has one.

    A row with neither direction nor band has nothing to aim at, so no target.
    """
    pathless = np.array([path is None for path in block.paths], dtype=bool)
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
    return {
        "period": latest.period,
        "actual": latest.actual,
        "expected": latest.expected,
        "gap": latest.gap,
        "relative": variance.relative(latest.gap, latest.expected),
        "journey": variance.journey(latest.gap, goal.planned),
        "noise": variance.noise(latest.gap, latest.mean_range),
        "hold": goal.hold & (latest.column >= 0),
        "season": latest.seasonal,
        "level": latest.state.level,
        "drift": latest.state.drift,
        "spread": view.spread,
        "errors": np.nan_to_num(latest.state.errors.count).astype(np.int64),
        "to_come": view.to_come,
        "planned": goal.planned,
    }


def _outlook(block: Block, panel: Panel, latest: Latest, light: Int) -> dict[str, Any]:
    """Forecast of the target period and its likely range, inside the metric's bounds.

    For a band all are seen from its edge nearest to the latest value.
    """
    goal, view = panel.aims, latest.outlook
    judged = light != NOT_JUDGED
    centre = np.where(judged, view.centre, np.nan)
    deviation = np.where(judged, view.deviation, np.nan)
    banded = variance.is_band(goal.band)
    way = np.where(banded, np.where(latest.expected == goal.band[:, 0], 1, -1), goal.sign)
    target = np.where(banded, latest.expected, goal.target)
    reach = block.policy.range_width * deviation
    allowed = allowance(view, goal, latest.period)
    return {
        "forecast": _held(target + way * centre, block),
        "likely_low": _held(target + way * centre - reach, block),
        "likely_high": _held(target + way * centre + reach, block),
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
    """Where it is too early: the first period whose plan exceeds twice the noise, or, where the
    plan never does, the first with less than `early_share` to come."""
    found = np.full(len(block), NO_PERIOD)
    rows = np.flatnonzero(reason == "too_early")
    if not len(rows):
        return found
    goal = panel.rows(rows).aims
    longest = int((goal.k1 - latest.period[rows]).max())
    k = latest.period[rows][:, None] + np.arange(1, longest + 1)
    drawn = at([block.paths[row] for row in rows.tolist()], k, block.bounds[rows])
    noise = early_noise(latest.outlook.spread, latest.mean_range, block.policy)[rows]
    clear = np.abs(drawn - goal.baseline[:, None]) > noise[:, None]
    to_come = share_to_come(drawn.T, goal).T
    share = to_come < block.policy.early_share - ROUNDING
    chosen = np.where(clear.any(axis=1), clear.argmax(axis=1), share.argmax(axis=1))
    found[rows] = np.take_along_axis(k, chosen[:, None], axis=1)[:, 0]
    return found
