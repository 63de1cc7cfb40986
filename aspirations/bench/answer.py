"""What the engine says of a series, as plain values: nothing is rounded, absent is None."""

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from aspirations.analysis import engine
from aspirations.analysis.evidence import findings, rows
from aspirations.analysis.policy import Policy
from aspirations.analysis.variation import assurance
from aspirations.bench.asking import Asked
from aspirations.bench.grids import Grid

FIGURES = (
    "actual", "expected", "gap", "relative", "journey", "noise", "low", "high",
    "centre", "lower", "upper",
)  # fmt: skip
# Said under another name, or with the series.
RENAMED = {"not_judged", "earlier", "policy"}
Row = dict[str, Any]


def answer(asked: Asked) -> Row:
    """Series, judgment, natural limits and track, by the functions that the jobs use."""
    result = engine.judge(asked.block)
    track = engine.track(asked.block)
    return {
        "series": series(asked),
        "judgment": judgment(asked, result),
        "limits": limits(asked, track),
        "track": points(asked.grid, track),
    }


def series(asked: Asked) -> Row:
    """What was read and asked, so that the answer can be checked and asked again."""
    grid, block, question, figures = asked.grid, asked.block, asked.question, asked.figures
    return {
        "metric": asked.metric or None,
        "segment": asked.segment or None,
        "frequency": grid.frequency.value,
        "year_starts": grid.year_starts,
        "first": grid.day(figures.first),
        "last": grid.day(figures.first + len(figures.values) - 1),
        "observed": int(np.isfinite(block.actual).sum()),
        "direction": question.direction,
        "band": two(question.band),
        "bounds": two(question.bounds),
        "cumulative": question.cumulative,
        "lag_days": question.lag,
        "as_of": block.as_of.isoformat(),
        "rebases": [grid.day(k) for k in block.rebases[0]],
        "path": path(asked),
        "policy": changed(question.policy),
        "engine_version": engine.ENGINE_VERSION,
    }


def two(bounds: tuple[float | None, float | None]) -> list[float | None] | None:
    return None if bounds == (None, None) else list(bounds)


def path(asked: Asked) -> Row | None:
    drawn, grid = asked.path, asked.grid
    if drawn is None:
        return None
    return {
        "shape": drawn.shape,
        "baseline": {"period": grid.day(drawn.k0), "value": drawn.baseline},
        "target": {"period": grid.day(drawn.k1), "value": drawn.target},
        "points": [{"period": grid.day(k), "value": value} for k, value in drawn.points],
        "parameters": dict(drawn.parameters),
        "season": asdict(drawn.season) if drawn.season else None,
        "low": drawn.low,
        "high": drawn.high,
        "effects": [{**asdict(one), "start": grid.day(one.start)} for one in drawn.effects],
    }


def changed(policy: Policy) -> Row:
    """The rules that differ from the published ones."""
    usual = Policy().as_values()
    return {name: value for name, value in policy.as_values().items() if value != usual[name]}


def judgment(asked: Asked, result: engine.BlockJudgment) -> Row:
    """Every figure of the judgment, its evidence, and its earlier lights; periods as days."""
    [figures] = rows(result, asked.grid.day)
    said = {name: value for name, value in figures.items() if name not in RENAMED}
    return {
        **{name: None if value == "" else value for name, value in said.items()},
        "not_judged_reason": figures["not_judged"] or None,
        "earlier_lights": figures["earlier"],
        "evidence": findings(figures),
    }


def limits(asked: Asked, track: engine.Track) -> list[Row]:
    """Natural limits of each stretch, and whether they keep the target in or out of reach."""
    grid = asked.grid
    return [
        {
            **one,
            "start": grid.day(one["start"]),
            "start_label": grid.label(one["start"]),
            "no_limits": absent(asked.question.policy, one),
            "assurance": reach(asked, one),
        }
        for one in track.limits[0]
    ]


def absent(policy: Policy, one: Row) -> str | None:
    """Why a stretch has no limits: `too_few` figures, or `no_variation` among them."""
    if one["lower"] is not None:
        return None
    return "too_few" if policy.nhs or one["n"] < policy.limits_from else "no_variation"


def reach(asked: Asked, one: Row) -> str | None:
    if asked.target is None or one["lower"] is None:
        return None
    low, high = np.array([one["lower"]]), np.array([one["upper"]])
    return str(assurance(asked.target, low, high, asked.question.sign)[0]) or None


def points(grid: Grid, track: engine.Track) -> list[Row]:
    """One row a period, from the first observation to the later of the latest and the target."""
    columns = {name: getattr(track, name)[0].tolist() for name in FIGURES}
    return [
        {
            "period": grid.day(track.first + place),
            "period_label": grid.label(track.first + place),
            **{name: finite(values[place]) for name, values in columns.items()},
            "signal": str(track.signal[0, place]) or None,
            "reading": str(track.reading[0, place]) or None,
        }
        for place in range(track.actual.shape[1])
    ]


def finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
