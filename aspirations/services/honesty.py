"""Is a path honest? What the arithmetic asks of a plan, gathered from the rows behind it."""

from collections.abc import Sequence

import numpy as np

from aspirations.analysis import honesty, periods
from aspirations.analysis.arrays import Float
from aspirations.analysis.paths import Path
from aspirations.models import (
    Effect,
    Intervention,
    Metric,
    Observation,
    Overlap,
    Series,
    Trajectory,
)
from aspirations.services.paths import counting, stored_path

PER_YEAR = {**{str(key): value for key, value in periods.PER_YEAR.items()}, "week": 52, "day": 365}


def plan_of(
    trajectory: Trajectory, effects: Sequence[Effect], overlaps: Sequence[Overlap], first: int,
    history: Float, peers_best: float | None,
) -> honesty.Plan:  # fmt: skip
    """A version as the arithmetic asks about it; `history` are its values from `first` on."""
    metric = trajectory.series.metric
    places = {row.pk: place for place, row in enumerate(effects)}
    claimed = [
        honesty.Overlap(places[row.first_id], places[row.second_id], row.amount, row.note)
        for row in overlaps
    ]
    path = stored_path(metric, trajectory)
    return plan_from(metric, path, effects, claimed, first, history, peers_best)


def plan_from(
    metric: Metric, path: Path, effects: Sequence[Effect], overlaps: Sequence[honesty.Overlap],
    first: int, history: Float, peers_best: float | None,
) -> honesty.Plan:  # fmt: skip
    """A path that may not be stored yet, with the effects that carry it, in their order."""
    return honesty.Plan(
        path=path, sign=metric.sign, per_year=PER_YEAR[metric.frequency], first=first,
        history=history, overlaps=overlaps, evidence=[row.evidence for row in effects],
        funded=[row.intervention.funding != Intervention.Funding.NOT for row in effects],
        peers_best=peers_best,
    )  # fmt: skip


def history_of(series: Series) -> tuple[int, Float]:
    """Ordinal of the first figure, and all of them; NaN where one is missing."""
    count = counting(series.metric)
    rows = Observation.objects.filter(series=series, value__isnull=False)
    known = {count(day): value for day, value in rows.values_list("period", "value")}
    if not known:
        return 0, np.empty(0)
    first = min(known)
    history = np.full(max(known) - first + 1, np.nan)
    for k, value in known.items():
        history[k - first] = value
    return first, history
