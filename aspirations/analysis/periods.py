"""Periods of a metric: their ordinals and days (`frequencies`), their names (`labels`)."""

from aspirations.analysis.frequencies import (
    PER_YEAR,
    AmbiguousPeriod,
    Frequency,
    PeriodError,
    end,
    ends,
    ordinal,
    ordinals,
    start,
    starts,
)
from aspirations.analysis.labels import FIRST_YEAR, LAST_YEAR, label, long_label, parse

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "PER_YEAR",
    "AmbiguousPeriod",
    "Frequency",
    "PeriodError",
    "end",
    "ends",
    "label",
    "long_label",
    "ordinal",
    "ordinals",
    "parse",
    "start",
    "starts",
]
