"""The latest figure of each place, with what is needed to tell it from chance."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from statistics import median

import numpy as np

from aspirations.analysis import engine, periods
from aspirations.analysis.comparison import Spot
from aspirations.models import Metric, Observation, Series
from aspirations.services.blocks import gather


def spots_of(
    series: Sequence[Series], whole: Series | None, as_of: date | None = None
) -> dict[int, Spot]:
    """Series key to its spot, the whole system's among them. Needs metric and system loaded.

    The series may be of several systems, where their metrics have the same periods; `as_of` is
    then the one day for all of them. The number of queries does not depend on that of series.
    """
    metric = series[0].metric
    found: dict[int, Spot] = {}
    every = gather([*series, *([whole] if whole else [])], as_of)
    tracks = [(gathered.keys, engine.track(gathered.block)) for gathered in every]
    common = reference(tracks, whole.pk if whole else 0)
    for keys, track in tracks:
        for place, key in enumerate(keys):
            found[key] = spot_of(track, place, common)
    return counted(metric, found, as_of or metric.system.today())


def counted(metric: Metric, spots: dict[int, Spot], as_of: date) -> dict[int, Spot]:
    """The same with what was counted in the latest period, as far as that is public."""
    days = {key: day_of(metric, spot) for key, spot in spots.items()}
    seen = Observation.objects.filter(
        series__in=list(spots), period__in={day for day in days.values() if day},
        published_on__lte=as_of, denominator__isnull=False,
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


def reference(tracks: Sequence[tuple[Sequence[int], engine.Track]], whole: int) -> dict[int, float]:
    """What distances are taken from, by period: the whole system, or the middle of the places."""
    values: dict[int, list[float]] = defaultdict(list)
    for keys, track in tracks:
        if whole and whole not in keys:
            continue
        actual = track.actual[[keys.index(whole)]] if whole else track.actual
        for row, column in np.argwhere(np.isfinite(actual)).tolist():
            values[track.first + column].append(float(actual[row, column]))
    return {period: median(found) for period, found in values.items()}


def spot_of(track: engine.Track, row: int, common: dict[int, float]) -> Spot:
    """The latest figure of a row of the track; empty where nothing is observed."""
    seen = np.flatnonzero(np.isfinite(track.actual[row]))
    if not seen.size:
        return Spot()
    column = int(seen[-1])
    stretches = track.limits[row]
    start = max(int(stretches[-1]["start"]) - track.first, 0) if stretches else 0
    both = [at for at in seen.tolist() if at >= start and track.first + at in common]
    return Spot(
        period=track.first + column,
        value=float(track.actual[row, column]),
        distances=tuple(float(track.actual[row, at]) - common[track.first + at] for at in both),
        improving=str(track.reading[row, column]) == "improving",
    )
