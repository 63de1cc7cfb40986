"""The latest figure of each place, with what is needed to tell it from chance."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from aspirations.analysis import engine, periods
from aspirations.analysis.arrays import Float
from aspirations.analysis.comparison import Spot
from aspirations.models import Metric, Observation, Series
from aspirations.services.blocks import gather


def spots_of(series: Sequence[Series], whole: Series | None) -> dict[int, Spot]:
    """Series key to its spot, the whole system's among them. Needs metric and its system loaded.

    The number of queries does not depend on the number of series.
    """
    metric = series[0].metric
    found: dict[int, Spot] = {}
    for gathered in gather([*series, *([whole] if whole else [])]):
        track = engine.track(gathered.block)
        common = reference(track.actual, gathered.keys, whole.pk if whole else 0)
        for place, key in enumerate(gathered.keys):
            found[key] = spot_of(track, place, common)
    return counted(metric, found)


def counted(metric: Metric, spots: dict[int, Spot]) -> dict[int, Spot]:
    """The same with what was counted in the latest period, as far as that is public."""
    days = {key: day_of(metric, spot) for key, spot in spots.items()}
    seen = Observation.objects.filter(
        series__in=list(spots), period__in={day for day in days.values() if day},
        published_on__lte=metric.system.today(), denominator__isnull=False,
    )  # fmt: skip
    for key, day, above, below in seen.values_list("series", "period", "numerator", "denominator"):
        if days[key] == day:
            spots[key] = replace(spots[key], numerator=above, denominator=below)
    return spots


def day_of(metric: Metric, spot: Spot) -> date | None:
    """The first day of the spot's period."""
    if spot.period is None:
        return None
    return periods.start(periods.Frequency(metric.frequency), spot.period, metric.year_starts)


def reference(actual: Float, keys: Sequence[int], whole: int) -> Float:
    """What distances are taken from, by period: the whole system, or the middle of the places."""
    if whole in keys:
        return np.asarray(actual[keys.index(whole)])
    seen = np.isfinite(actual).any(axis=0)
    middle = np.full(actual.shape[1], np.nan)
    middle[seen] = np.nanmedian(actual[:, seen], axis=0)
    return middle


def spot_of(track: engine.Track, row: int, common: Float) -> Spot:
    """The latest figure of a row of the track; empty where nothing is observed."""
    seen = np.flatnonzero(np.isfinite(track.actual[row]))
    if not seen.size:
        return Spot()
    column = int(seen[-1])
    stretches = track.limits[row]
    start = max(int(stretches[-1]["start"]) - track.first, 0) if stretches else 0
    distances = (track.actual[row] - common)[start : column + 1]
    return Spot(
        period=track.first + column,
        value=float(track.actual[row, column]),
        distances=tuple(distances[np.isfinite(distances)].tolist()),
        improving=str(track.reading[row, column]) == "improving",
    )
