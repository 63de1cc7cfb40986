"""Lines of one series to figures on a row of periods."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aspirations.analysis import periods
from aspirations.analysis.arrays import Float
from aspirations.bench.grids import Grid, no_period
from aspirations.bench.refusal import Refusal, of_file
from aspirations.intake.faults import Fault
from aspirations.intake.parse import RawRow as Line
from aspirations.intake.rates import find_parts
from aspirations.intake.values import ABSENT, CODES, GROUPED, NUMBER, contradiction
from aspirations.models import Metric, Observation

LARGEST = 1e18
"""No measure of a public service is larger; a mistake of the file is."""
MOST_PERIODS = 100_000
MOST_DECIMALS = 6
WHOLE_FROM = 1000
"""Values from here on are read without decimals."""
Bounds = tuple[float | None, float | None]


@dataclass(frozen=True)
class Figures:
    """Values (m,) of the periods from ordinal `first` on, NaN where absent."""

    grid: Grid
    first: int
    values: Float
    decimals: int
    """To be read with: four figures or so, and no more than the file writes."""
    repeated: int
    """Lines that repeat another exactly."""
    coded: int
    """Lines whose number stands for an absent value."""

    @property
    def observed(self) -> int:
        return int(np.isfinite(self.values).sum())


def figures_of(
    lines: Sequence[Line], grid: Grid, bounds: Bounds, rate_per: float, name: str
) -> Figures:
    """The figures by period. Raises Refusal with a line for every fault."""
    rate = Metric(slug="the series", kind=Metric.Kind.RATE, rate_per=rate_per)
    faults: list[Fault] = []
    found: dict[int, tuple[float, Line]] = {}
    for line in lines:
        k, value = period_of(line, grid, faults), value_of(line, bounds, rate, faults)
        if k is None or value is None:
            continue
        before, first_line = found.setdefault(k, (value, line))
        if not same(before, value):
            faults.append(doubled(line, first_line))
    if faults:
        raise of_file(name, faults)
    first, last = min(found), max(found)
    if last - first >= MOST_PERIODS:
        raise Refusal(
            f"{name}: the periods run from {grid.label(first)} to {grid.label(last)}, more than "
            f"{MOST_PERIODS:,}. Mend the odd one, or give a longer --frequency."
        )
    values = np.full(last - first + 1, np.nan)
    values[np.array(list(found)) - first] = [value for value, _line in found.values()]
    return Figures(
        grid, first, values,
        decimals=decimals(values, max(places(line.value) for line in lines)),
        repeated=len(lines) - len(found),
        coded=sum(math.isnan(v) and is_number(line.value) for v, line in found.values()),
    )  # fmt: skip


def same(one: float, other: float) -> bool:
    return one == other or (math.isnan(one) and math.isnan(other))


def doubled(line: Line, before: Line) -> Fault:
    problem = f"differs from row {before.row} (“{before.value}”), which has the same period"
    return Fault(line.row, "value", line.value, problem, "Keep one of the two rows.")


def period_of(line: Line, grid: Grid, faults: list[Fault]) -> int | None:
    try:
        return grid.ordinal(line.period)
    except periods.PeriodError as problem:
        faults.append(no_period(line, problem))
        return None


def value_of(line: Line, bounds: Bounds, rate: Metric, faults: list[Fault]) -> float | None:
    """The number of a line or of its parts, NaN where it says that there is none; None for a
    fault."""
    count = len(faults)
    value = written(line, bounds, faults)
    if value is not None and (line.numerator or line.denominator):
        parts = find_parts(line, rate, None if math.isnan(value) else value, faults)
        value = parts.value if parts else value
    if len(faults) > count or value is None:
        return None
    if abs(value) > LARGEST or not (math.isnan(value) or within(value, bounds)):
        text = line.value or f"{value:g}"
        faults.append(Fault(line.row, "value", text, *out_of_place(value)))
        return None
    return value


def written(line: Line, bounds: Bounds, faults: list[Fault]) -> float | None:
    """The value as it stands in the file. Only flags that the import knows say it is absent."""
    text = line.value
    if text.lower() in ABSENT:
        return math.nan
    if line.flag.lower().replace(" ", "_") in Observation.Missing.values:
        faults.append(contradiction(line))
    elif is_number(text):
        value = float(text)
        coded = value in CODES and not (bounds[0] is not None and bounds[0] <= value)
        return math.nan if coded else value
    else:
        faults.append(Fault(line.row, "value", text, *no_number(text)))
    return None


def out_of_place(value: float) -> tuple[str, str]:
    if abs(value) > LARGEST:
        return "is too large a number", "Mend the figure."
    return "lies outside --bounds", "Mend the figure, or give wider bounds."


def within(value: float, bounds: Bounds) -> bool:
    low, high = bounds
    return (low is None or low <= value) and (high is None or value <= high)


def is_number(text: str) -> bool:
    return NUMBER.match(text) is not None


def no_number(text: str) -> tuple[str, str]:
    if GROUPED.match(text):
        remedy = "Write a point for decimals and nothing between thousands."
        return "could be a decimal comma or thousands", remedy
    return "is not a finite number", "Write digits and a decimal point, or leave it blank."


def places(text: str) -> int:
    """Decimals as written: 2 for 90.35."""
    match = re.fullmatch(r"[+-]?\d*\.(\d+)", text)
    return len(match[1]) if match else 0


def decimals(values: Float, written: int) -> int:
    """Four figures or so of the largest value; one decimal for a path between whole numbers."""
    size = float(np.nanmax(np.abs(values), initial=0.0))
    if size >= WHOLE_FROM:
        return 0
    wanted = 3 - math.floor(math.log10(size)) if size else 1
    return min(max(written, 1), wanted, MOST_DECIMALS)
