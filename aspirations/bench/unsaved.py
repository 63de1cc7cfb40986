"""Metric, series and judgment as the sentences want them: rows that are never stored."""

from datetime import date
from typing import Any

from aspirations.analysis.engine import ENGINE_VERSION
from aspirations.bench.answer import Row
from aspirations.bench.asking import Asked
from aspirations.models import Baseline, Judgment, Metric, Segment, Series, Target, Trajectory
from aspirations.models.metrics import WHOLE
from aspirations.sentences import as_day

FIELDS = {field.name: field for field in Judgment._meta.concrete_fields}


def metric_of(asked: Asked, unit: str) -> Metric:
    question, grid = asked.question, asked.grid
    return Metric(
        slug=asked.name[:80], name=asked.name, unit=unit, decimals=asked.figures.decimals,
        direction=question.direction, band_low=question.band[0], band_high=question.band[1],
        frequency=grid.frequency.value, year_starts=grid.year_starts,
        lower_bound=question.bounds[0], upper_bound=question.bounds[1],
        expected_lag=question.lag,
    )  # fmt: skip


def judgment_of(asked: Asked, said: Row, metric: Metric) -> Judgment:
    segment = Segment(code=asked.segment or WHOLE, name=asked.segment)
    figures = said["judgment"]
    return Judgment(
        series=Series(metric=metric, segment=segment),
        trajectory=trajectory_of(said["series"]["path"]),
        as_of=asked.block.as_of, engine_version=ENGINE_VERSION,
        policy=asked.block.policy.as_values(), earlier=figures["earlier_lights"],
        **{name: stored(name, value) for name, value in figures.items() if name in FIELDS},
    )  # fmt: skip


def stored(name: str, value: Any) -> Any:
    """A day as a date, and no word as an empty one, as the record keeps them."""
    kind = FIELDS[name].get_internal_type()
    if kind == "DateField":
        return as_day(value)
    return "" if value is None and not FIELDS[name].null else value


def trajectory_of(path: Row | None) -> Trajectory | None:
    if path is None:
        return None
    start, goal = path["baseline"], path["target"]
    return Trajectory(
        shape=path["shape"],
        baseline=Baseline(period=date.fromisoformat(start["period"]), value=start["value"]),
        target=Target(due=date.fromisoformat(goal["period"]), value=goal["value"]),
    )
