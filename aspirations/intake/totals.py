"""Running totals of a year: a fall is taken, since figures are revised, and it is counted."""

import numpy as np
import pandas as pd

from aspirations.analysis import flows, periods
from aspirations.models import Metric, Observation, Series


def falls(both: pd.DataFrame, series: dict[tuple[str, str], Series]) -> int:
    """How many totals lie below the one before in their year, where the file changed either.

    `both` as `stage.compare` gives it, already written. One query for each cumulative metric.
    """
    moved = both.loc[both["change"] != "unchanged", ["series_id", "period"]]
    touched = set(moved["series_id"])
    metrics = {
        row.metric
        for row in series.values()
        if row.metric.kind == Metric.Kind.CUMULATIVE and row.pk in touched
    }
    return sum(falls_of(metric, moved) for metric in metrics)


def falls_of(metric: Metric, moved: pd.DataFrame) -> int:
    rows = Observation.objects.filter(series__metric=metric, value__isnull=False)
    totals = pd.DataFrame(
        rows.order_by("series_id", "period").values_list("series_id", "period", "value"),
        columns=["series_id", "period", "value"],
    ).merge(moved, how="left", on=["series_id", "period"], indicator=True)
    frequency = periods.Frequency(metric.frequency)
    k = periods.ordinals(frequency, totals["period"].to_numpy("datetime64[D]"), metric.year_starts)
    series, value = totals["series_id"].to_numpy(), totals["value"].to_numpy("float64")
    year, new = flows.years(k, frequency, metric.year_starts), totals["_merge"].to_numpy() == "both"
    follows = (series[1:] == series[:-1]) & (year[1:] == year[:-1])
    return int(np.sum(follows & (value[1:] < value[:-1]) & (new[1:] | new[:-1])))
