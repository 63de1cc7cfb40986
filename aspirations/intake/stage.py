"""Rows understood, set beside what is stored: what is new, what changed, what is the same."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from aspirations.intake.faults import Fault, Refused
from aspirations.intake.match import Figure, Known, fold, understand
from aspirations.intake.parse import PARTS, RawRow
from aspirations.intake.values import code
from aspirations.models import Observation, Series


@dataclass(frozen=True)
class Staged:
    """A whole file understood: a frame of figures and the words first met in it.

    `frame` has one row per (metric, segment, period): row, metric, segment (positions in the
    two lists), period, value, numerator, denominator (NaN where absent), missing_reason.
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
    known.rates = {fold(raw.metric) for raw in raws if raw.numerator and raw.denominator}
    for raw in raws:
        figure, wrong = understand(raw, known)
        faults += wrong
        if figure:
            figures.append(figure)
    faults += repeats(figures, raws)
    if faults:
        raise Refused(file_name, sorted(faults, key=lambda fault: fault.row))
    frame = framed(figures)
    unique = frame.drop_duplicates(["metric", "segment", "period"])
    coded = sum(
        figure.value is None and any(map(code, (raw.value, raw.numerator, raw.denominator)))
        for raw, figure in zip(raws, figures, strict=True)
    )
    return Staged(figures, unique, len(frame) - len(unique), coded)


def framed(figures: list[Figure]) -> pd.DataFrame:
    numbers = {
        name: np.array([getattr(figure, name) for figure in figures], dtype="float64")
        for name in ("value", *PARTS)
    }
    return pd.DataFrame(
        {
            "row": [figure.row for figure in figures],
            "metric": [figure.metric.slug for figure in figures],
            "segment": [figure.segment.code for figure in figures],
            "period": [figure.period for figure in figures],
            **numbers,
            "missing_reason": [figure.missing_reason for figure in figures],
        }
    )


def repeats(figures: list[Figure], raws: list[RawRow]) -> list[Fault]:
    """A fault for each row that gives a key a second, different value."""
    seen: dict[tuple[str, str, object], Figure] = {}
    faults = []
    text = {raw.row: written(raw) for raw in raws}
    for figure in figures:
        key = (figure.metric.slug, figure.segment.code, figure.period)
        first = seen.setdefault(key, figure)
        if first.told != figure.told:
            faults.append(
                Fault(figure.row, "value", text[figure.row],
                      f"differs from row {first.row} (“{text[first.row]}”), which has the same "
                      "metric, segment and period", "Keep one of the two rows.")
            )  # fmt: skip
    return faults


def written(raw: RawRow) -> str:
    """The figures of a row as they stand there."""
    parts = f"{raw.numerator} of {raw.denominator}" if raw.numerator or raw.denominator else ""
    return " = ".join(filter(None, (raw.value, parts)))


def compare(frame: pd.DataFrame, series: dict[tuple[str, str], Series]) -> pd.DataFrame:
    """The frame with `series_id`, the stored observation beside it, and `change`.

    `change` is "added", "changed" or "unchanged": a value, a reason or parts that differ. A row
    without parts leaves those of the same value alone. `corrects` marks the changes that put
    something else in the place of a figure. One query, whatever the number of rows.
    """
    keys = list(zip(frame["metric"], frame["segment"], strict=True))
    frame = frame.assign(series_id=[series[key].pk for key in keys])
    both = frame.merge(stored(frame, series), how="left", on=["series_id", "period"])
    same = both["value"].isna() & (both["missing_reason"] == both["old_missing_reason"])
    same |= (both["value"] == both["old_value"]) & (
        both["numerator"].isna()
        | (both["numerator"] == both["old_numerator"])
        & (both["denominator"] == both["old_denominator"])
    )
    change = np.where(both["pk"].isna(), "added", np.where(same, "unchanged", "changed"))
    moved = (both["value"] != both["old_value"]) | both["old_numerator"].notna()
    corrects = (change == "changed") & both["old_value"].notna() & moved
    return both.assign(change=change, corrects=corrects).sort_values(["series_id", "period"])


def stored(frame: pd.DataFrame, series: dict[tuple[str, str], Series]) -> pd.DataFrame:
    """Observations of the same metrics between the first and the last period of the frame."""
    near = Observation.objects.filter(
        series__metric__in={row.metric_id for row in series.values()},
        period__range=(frame["period"].min(), frame["period"].max()),
    )
    old = {f"old_{name}": name for name in ("value", *PARTS, "missing_reason")}
    rows = near.order_by().values_list("series_id", "period", "pk", *old.values())
    found = pd.DataFrame(rows, columns=["series_id", "period", "pk", *old])
    return found.astype({f"old_{name}": "float64" for name in ("value", *PARTS)})
