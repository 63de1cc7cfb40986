"""Rows understood, set beside what is stored: what is new, what changed, what is the same."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from aspirations.intake.faults import Fault, Refused
from aspirations.intake.match import Figure, Known, understand
from aspirations.intake.parse import RawRow
from aspirations.intake.values import ABSENT
from aspirations.models import Observation, Series


@dataclass(frozen=True)
class Staged:
    """A whole file understood: a frame of figures and the words first met in it.

    `frame` has one row per (metric, segment, period): row, metric, segment (positions in the
    two lists), period, value (NaN where absent), missing_reason.
    """

    figures: list[Figure]
    frame: pd.DataFrame
    repeated: int
    """Rows that repeat another exactly."""
    coded: int
    """Rows whose number stands for an absent value."""


def stage(raws: list[RawRow], known: Known, file_name: str) -> Staged:
    """Understand every row; `Refused` with all faults if one row has any."""
    figures: list[Figure] = []
    faults: list[Fault] = []
    for raw in raws:
        figure, wrong = understand(raw, known)
        faults += wrong
        if figure:
            figures.append(figure)
    faults += repeats(figures, raws)
    if faults:
        raise Refused(file_name, sorted(faults, key=lambda fault: fault.row))
    frame = pd.DataFrame(
        {
            "metric": [figure.metric.slug for figure in figures],
            "segment": [figure.segment.code for figure in figures],
            "period": [figure.period for figure in figures],
            "value": np.array(
                [np.nan if f.value is None else f.value for f in figures], dtype="float64"
            ),
            "missing_reason": [figure.missing_reason for figure in figures],
        }
    )
    unique = frame.drop_duplicates(["metric", "segment", "period"])
    coded = sum(
        figure.value is None and raw.value.lower() not in ABSENT
        for raw, figure in zip(raws, figures, strict=True)
    )
    return Staged(figures, unique, len(frame) - len(unique), coded)


def repeats(figures: list[Figure], raws: list[RawRow]) -> list[Fault]:
    """A fault for each row that gives a key a second, different value."""
    seen: dict[tuple[str, str, object], Figure] = {}
    faults = []
    text = {raw.row: raw.value for raw in raws}
    for figure in figures:
        key = (figure.metric.slug, figure.segment.code, figure.period)
        first = seen.setdefault(key, figure)
        if (first.value, first.missing_reason) != (figure.value, figure.missing_reason):
            faults.append(
                Fault(figure.row, "value", text[figure.row],
                      f"differs from row {first.row} (“{text[first.row]}”), which has the same "
                      "metric, segment and period", "Keep one of the two rows.")
            )  # fmt: skip
    return faults


def compare(frame: pd.DataFrame, series: dict[tuple[str, str], Series]) -> pd.DataFrame:
    """The frame with `series_id`, the stored observation beside it, and `change`.

    `change` is "added", "changed" or "unchanged". One query, whatever the number of rows.
    """
    keys = list(zip(frame["metric"], frame["segment"], strict=True))
    frame = frame.assign(series_id=[series[key].pk for key in keys])
    near = Observation.objects.filter(
        series__metric__in={row.metric_id for row in series.values()},
        period__range=(frame["period"].min(), frame["period"].max()),
    )
    stored = pd.DataFrame(
        near.order_by().values_list("series_id", "period", "pk", "value", "missing_reason"),
        columns=["series_id", "period", "pk", "old_value", "old_missing_reason"],
    )
    both = frame.merge(stored, how="left", on=["series_id", "period"])
    same = (both["value"] == both["old_value"].astype("float64")) | (
        both["value"].isna() & (both["missing_reason"] == both["old_missing_reason"])
    )
    change = np.where(both["pk"].isna(), "added", np.where(same, "unchanged", "changed"))
    return both.assign(change=change).sort_values(["series_id", "period"])
