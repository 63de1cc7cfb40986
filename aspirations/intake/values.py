"""The value of a row: a finite number within bounds, or absent with its reason."""

import math
import re

from aspirations.intake.faults import Fault
from aspirations.intake.parse import RawRow
from aspirations.models import Metric, Observation

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z")
GROUPED = re.compile(r"[+-]?\d{1,3}([,\s\u00a0\u202f]\d{3})+(\.\d+)?\Z|[+-]?\d+,\d+\Z")
ABSENT = {"", "n/a", "na", "..", "-", "–", "null", "none"}
# Numbers that old files use for absence. Read as figures only where a metric's bounds allow them.
CODES = {-9999.0: Observation.Missing.SUPPRESSED, -6666.0: Observation.Missing.MISSING}


def find_value(raw: RawRow, metric: Metric | None, faults: list[Fault]) -> tuple[float | None, str]:
    """A finite value as it is written, or None and the reason it is absent."""
    reason = raw.flag.lower().replace(" ", "_").replace("-", "_")
    if reason and reason not in Observation.Missing.values:
        faults.append(
            Fault(raw.row, "flag", raw.flag, "is not a known flag",
                  "Use suppressed, missing, not_applicable or withheld, or leave it blank.")
        )  # fmt: skip
        return None, ""
    if raw.value.lower() in ABSENT:
        coded = code(raw.numerator) or code(raw.denominator)
        return None, reason or coded or Observation.Missing.MISSING
    value = number(raw, faults)
    if value is None:
        return None, ""
    if value in CODES and not allows(metric, value):
        return None, reason or CODES[value]
    if reason:
        faults.append(contradiction(raw))
    return value, ""


def number(raw: RawRow, faults: list[Fault], column: str = "value") -> float | None:
    """The number of a cell; NaN, infinity, text and unclear separators are faults."""
    text: str = getattr(raw, column)
    if NUMBER.match(text):
        value = float(text)
        if math.isfinite(value):
            return value
        faults.append(Fault(raw.row, column, text, "is too large a number", "Mend the figure."))
    elif GROUPED.match(text):
        faults.append(
            Fault(raw.row, column, text, "could be a decimal comma or thousands",
                  "Write a point for decimals and nothing between thousands.")
        )  # fmt: skip
    else:
        faults.append(
            Fault(raw.row, column, text, "is not a number",
                  "Write digits and a decimal point, or leave it blank with a flag.")
        )  # fmt: skip
    return None


def code(text: str) -> str:
    """The reason that a number stands for in old files, '' where it stands for itself."""
    return CODES.get(float(text), "") if NUMBER.match(text) else ""


def contradiction(raw: RawRow) -> Fault:
    problem, remedy = "says the value is absent, yet there is one", "Clear the flag or the value."
    return Fault(raw.row, "flag", raw.flag, problem, remedy)


def check_bounds(raw: RawRow, metric: Metric, value: float, faults: list[Fault]) -> None:
    if not within(metric, value):
        problem = f"lies outside {bounds_text(metric)}"
        remedy = "Mend the figure, or the metric’s bounds."
        faults.append(Fault(raw.row, "value", raw.value or f"{value:g}", problem, remedy))


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
