"""The path that is asked for, from its baseline to its target."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError

from aspirations.analysis import periods
from aspirations.analysis.arrays import Float
from aspirations.analysis.trajectories import Effect, Path
from aspirations.bench.figures import Figures
from aspirations.bench.grids import Grid
from aspirations.bench.question import Question
from aspirations.bench.refusal import Refusal
from aspirations.models import Metric
from aspirations.services.paths import check_path


def counted(label: str, grid: Grid, option: str) -> int:
    """The ordinal of a period that an option names."""
    try:
        return grid.ordinal(label)
    except periods.PeriodError as problem:
        raise Refusal(f"{option} {label}: {problem}") from problem


def path_of(figures: Figures, known: Float, question: Question) -> Path | None:
    """The path from baseline to target, refused with its reason where it cannot be drawn."""
    if question.baseline is None or question.target is None:
        return None
    grid = figures.grid
    k0, k1 = counted(question.baseline[0], grid, "--baseline"), target_of(question, grid)
    if k1 <= k0:
        raise Refusal(
            f"--target {grid.label(k1)} does not come after --baseline {grid.label(k0)}. "
            "Give a later target or an earlier baseline."
        )
    path = Path(
        shape=question.shape, k0=k0, baseline=baseline_of(figures, known, k0, question), k1=k1,
        target=float(question.target[1] or 0.0),
        points=tuple(
            (counted(label, grid, "--points"), float(value or 0.0))
            for label, value in question.points
        ),
        effects=tuple(effect_of(effect, grid) for effect in question.effects),
        **question.form,
    )  # fmt: skip
    try:
        check_path(Metric(frequency=grid.frequency.value, year_starts=grid.year_starts), path)
    except ValidationError as problem:
        raise Refusal(" ".join(problem.messages)) from problem
    return path


def effect_of(effect: Mapping[str, Any], grid: Grid) -> Effect:
    return Effect(**{**effect, "start": counted(effect["start"], grid, "--effect start")})


def target_of(question: Question, grid: Grid) -> int:
    assert question.target is not None
    return counted(question.target[0], grid, "--target")


def baseline_of(figures: Figures, known: Float, k0: int, question: Question) -> float:
    """The value given, else the one observed in the baseline period."""
    assert question.baseline is not None
    label, value = question.baseline
    if value is not None:
        return value
    column = k0 - figures.first
    inside = 0 <= column < len(known)
    if inside and np.isfinite(known[column]):
        return float(known[column])
    late = inside and np.isfinite(figures.values[column])
    what = "its figure was not known by --as-of" if late else "the data have no figure for it"
    raise Refusal(f"--baseline {label}: {what}. Give it a value, as {label}=71.5, or name another.")
