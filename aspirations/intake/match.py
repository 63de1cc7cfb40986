"""Words of a file to things of the system: metrics, segments, periods, values, reasons."""

import difflib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from aspirations.analysis import periods
from aspirations.intake.faults import Fault
from aspirations.intake.parse import RawRow
from aspirations.models import Metric, Observation, Segment

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z")
GROUPED = re.compile(r"[+-]?\d{1,3}([,\s\u00a0\u202f]\d{3})+(\.\d+)?\Z|[+-]?\d+,\d+\Z")
ABSENT = {"", "n/a", "na", "..", "-", "–", "null", "none"}
# Numbers that old files use for absence. Read as figures only where a metric's bounds allow them.
CODES = {-9999.0: Observation.Missing.SUPPRESSED, -6666.0: Observation.Missing.MISSING}


@dataclass
class Known:
    """The words a system understands, and those first met in this file."""

    metrics: dict[str, Metric]
    segments: dict[str, Segment]
    create: bool = False
    new_metrics: dict[str, Metric] = field(default_factory=dict)
    new_segments: dict[str, Segment] = field(default_factory=dict)
    read: dict[tuple[str, int, str], date | periods.PeriodError] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """One row understood: what, for whom, when, how much, or why nothing."""

    row: int
    metric: Metric
    segment: Segment
    period: date
    value: float | None
    missing_reason: str


Thing = TypeVar("Thing", Metric, Segment)


def by_word(rows: Iterable[Thing], code: str) -> dict[str, Thing]:
    """Things by their code and, where no code is the same, by their name; case aside."""
    things = list(rows)
    named = {thing.name.casefold(): thing for thing in things}
    return {**named, **{getattr(thing, code).casefold(): thing for thing in things}}


def understand(raw: RawRow, known: Known) -> tuple[Figure | None, list[Fault]]:
    """The figure of a row, or every fault of the row."""
    faults: list[Fault] = []
    metric = find_metric(raw, known, faults)
    segment = find_segment(raw, known, faults)
    period = find_period(raw, metric, known, faults) if metric else None
    value, reason = find_value(raw, metric, faults)
    if faults or metric is None or segment is None or period is None:
        return None, faults
    return Figure(raw.row, metric, segment, period, value, reason), faults


def find_metric(raw: RawRow, known: Known, faults: list[Fault]) -> Metric | None:
    found = known.metrics.get(raw.metric.casefold()) or known.new_metrics.get(raw.metric)
    if found is None and known.create and raw.metric:
        return create_metric(raw, known, faults)
    if found is None:
        faults.append(unknown(raw, "metric", raw.metric, known.metrics, "metric"))
    return found


def create_metric(raw: RawRow, known: Known, faults: list[Fault]) -> Metric | None:
    """A metric named by the file alone: its frequency is read off its first period."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,80}", raw.metric):
        faults.append(
            Fault(raw.row, "metric", raw.metric, "cannot become a metric’s address",
                  "Use letters, digits, - and _ only, at most 80.")
        )  # fmt: skip
        return None
    frequency = frequency_of(raw.period)
    if frequency is None:
        faults.append(
            Fault(raw.row, "period", raw.period, "does not tell how often the new metric comes",
                  "Describe the metric in a system file first.")
        )  # fmt: skip
        return None
    metric = Metric(
        slug=raw.metric, name=raw.metric.replace("_", " ").capitalize(),
        direction=Metric.Direction.NONE, frequency=frequency,
    )  # fmt: skip
    known.new_metrics[raw.metric] = metric
    return metric


def frequency_of(label: str) -> periods.Frequency | None:
    """The only frequency a label can belong to, or None where it fits several or none."""
    fits = []
    for frequency in periods.Frequency:
        try:
            periods.parse(label, frequency)
        except periods.PeriodError:
            continue
        fits.append(frequency)
    return fits[0] if len(fits) == 1 else None


def find_segment(raw: RawRow, known: Known, faults: list[Fault]) -> Segment | None:
    found = known.segments.get(raw.segment.casefold()) or known.new_segments.get(raw.segment)
    if found is None and known.create and 0 < len(raw.segment) <= 255:
        found = Segment(code=raw.segment, name=raw.segment, parts=parts_of(raw.segment))
        known.new_segments[raw.segment] = found
    if found is None and not raw.segment:
        faults.append(Fault(raw.row, "segment", "", "is blank", "Write all for the whole system."))
    elif found is None:
        faults.append(unknown(raw, "segment", raw.segment, known.segments, "segment"))
    return found


def parts_of(label: str) -> dict[str, str]:
    """Pairs of dimension and value in a label such as `org:R0A|type:1`.

    A piece without a dimension is kept under its place, so that nothing of the label is lost.
    """
    parts: dict[str, str] = {}
    for place, piece in enumerate(label.split("|"), start=1):
        dimension, colon, value = piece.partition(":")
        parts[dimension.strip() if colon else f"part {place}"] = (value if colon else piece).strip()
    return parts


def unknown(raw: RawRow, column: str, value: str, words: Iterable[str], noun: str) -> Fault:
    near = difflib.get_close_matches(value.casefold(), list(words), n=1)
    remedy = f"Did you mean “{near[0]}”?" if near else "Add it to the system, or use --create."
    return Fault(raw.row, column, value, f"is not a known {noun}", remedy)


def find_period(raw: RawRow, metric: Metric, known: Known, faults: list[Fault]) -> date | None:
    key = (metric.frequency, metric.year_starts, raw.period)
    if key not in known.read:
        try:
            known.read[key] = periods.parse(
                raw.period, periods.Frequency(metric.frequency), metric.year_starts
            )
        except periods.PeriodError as refusal:
            known.read[key] = refusal
    found = known.read[key]
    if isinstance(found, periods.PeriodError):
        problem, remedy = sentence(found)
        faults.append(Fault(raw.row, "period", raw.period, problem, remedy))
        return None
    return found


def sentence(problem: periods.PeriodError) -> tuple[str, str]:
    """What is wrong and what to do, from a period's refusal."""
    remedy = getattr(problem, "remedy", "") or "Write it as the metric’s other periods are."
    text = str(problem).removesuffix(remedy).strip().rstrip(".;:")
    return text, remedy


def find_value(raw: RawRow, metric: Metric | None, faults: list[Fault]) -> tuple[float | None, str]:
    """A finite value within the metric's bounds, or None and the reason it is absent."""
    reason = raw.flag.lower().replace(" ", "_").replace("-", "_")
    if reason and reason not in Observation.Missing.values:
        faults.append(
            Fault(raw.row, "flag", raw.flag, "is not a known flag",
                  "Use suppressed, missing, not_applicable or withheld, or leave it blank.")
        )  # fmt: skip
        return None, ""
    if raw.value.lower() in ABSENT:
        return None, reason or Observation.Missing.MISSING
    value = number(raw, faults)
    if value is None:
        return None, ""
    if value in CODES and not allows(metric, value):
        return None, reason or CODES[value]
    if reason:
        faults.append(
            Fault(raw.row, "flag", raw.flag, "says the value is absent, yet there is one",
                  "Clear the flag or the value.")
        )  # fmt: skip
    if metric and not within(metric, value):
        faults.append(
            Fault(raw.row, "value", raw.value, f"lies outside {bounds_text(metric)}",
                  "Mend the figure, or the metric’s bounds.")
        )  # fmt: skip
    return value, ""


def number(raw: RawRow, faults: list[Fault]) -> float | None:
    """The number of a cell; NaN, infinity, text and unclear separators are faults."""
    if NUMBER.match(raw.value):
        value = float(raw.value)
        if math.isfinite(value):
            return value
        faults.append(
            Fault(raw.row, "value", raw.value, "is too large a number", "Mend the figure.")
        )
    elif GROUPED.match(raw.value):
        faults.append(
            Fault(raw.row, "value", raw.value, "could be a decimal comma or thousands",
                  "Write a point for decimals and nothing between thousands.")
        )  # fmt: skip
    else:
        faults.append(
            Fault(raw.row, "value", raw.value, "is not a number",
                  "Write digits and a decimal point, or leave it blank with a flag.")
        )  # fmt: skip
    return None


def allows(metric: Metric | None, value: float) -> bool:
    return bool(metric and metric.lower_bound is not None and metric.lower_bound <= value)


def within(metric: Metric, value: float) -> bool:
    low, high = metric.lower_bound, metric.upper_bound
    return (low is None or value >= low) and (high is None or value <= high)


def bounds_text(metric: Metric) -> str:
    low, high = metric.lower_bound, metric.upper_bound
    if low is None or high is None:
        return f"the bound {high if low is None else low:g} of {metric.slug}"
    return f"{low:g} to {high:g}, the bounds of {metric.slug}"
