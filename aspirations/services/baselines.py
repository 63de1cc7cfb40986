"""The value each series starts from: as stated, or taken from its figures once they are there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aspirations.analysis import baselines, periods, rates
from aspirations.models import Commitment, Metric, Observation
from aspirations.models.agreements import Method

FEWEST = {Method.MEAN: 2, Method.TREND: 3}
"""Periods, and known figures among them, that a method needs."""
NAMED = 3
Figure = tuple[float | None, float | None, float | None]


@dataclass(frozen=True)
class Start:
    """Where a path starts; without a value it comes from the figures by `method`."""

    period: date
    value: float | None = None
    method: str = Method.SINGLE.value
    periods: int = 1


@dataclass(frozen=True)
class Found:
    """The value of a baseline, or in words what it still waits for."""

    value: float | None
    wanting: str = ""


def start_of(commitment: Commitment) -> Start:
    return Start(
        commitment.baseline_period, commitment.baseline_value, commitment.baseline_method,
        commitment.baseline_periods,
    )  # fmt: skip


def check_start(metric: Metric, start: Start) -> None:
    """Refuse a method that cannot be meant; ValidationError says what to do instead."""
    if start.method not in Method.values:
        raise ValidationError(
            _("baseline method “%(method)s” is not known. Use one of %(known)s.")
            % {"method": start.method, "known": ", ".join(Method.values)}
        )
    if start.method == Method.SINGLE:
        if start.periods != 1:
            raise ValidationError(
                _("a baseline of a single period is given %(count)s periods. Leave them out.")
                % {"count": start.periods}
            )
        return
    if start.value is not None:
        raise ValidationError(
            _("a baseline by %(method)s comes from the figures, but its value is given as "
              "%(value)s. Leave one of them out.")
            % {"method": start.method, "value": start.value}
        )  # fmt: skip
    if start.periods < FEWEST[Method(start.method)]:
        raise ValidationError(
            _("a baseline by %(method)s is taken over %(count)s periods. Give at least %(fewest)s.")
            % {"method": start.method, "count": start.periods,
               "fewest": FEWEST[Method(start.method)]}
        )  # fmt: skip
    if metric.kind == Metric.Kind.CUMULATIVE:
        raise ValidationError(
            _("a running total has no %(method)s over periods. Use a single period.")
            % {"method": start.method}
        )


def found(asked: Mapping[int, tuple[Metric, Start]]) -> dict[int, Found]:
    """Series key to its starting value; one query, however many series there are."""
    open_ended = {key: pair for key, pair in asked.items() if pair[1].value is None}
    windows = _windows(open_ended.values())
    figures = _figures(open_ended, windows)
    stated = {key: Found(start.value) for key, (_m, start) in asked.items() if key not in figures}
    taken = {
        key: _taken(metric, start, windows[_place(metric, start)], figures[key])
        for key, (metric, start) in open_ended.items()
    }
    return stated | taken


def _place(metric: Metric, start: Start) -> tuple[int, date, int]:
    return metric.pk, start.period, start.periods


def _windows(asked: Iterable[tuple[Metric, Start]]) -> dict[tuple[int, date, int], list[date]]:
    return {_place(metric, start): _window(metric, start) for metric, start in asked}


def _window(metric: Metric, start: Start) -> list[date]:
    """First days of the periods a baseline is taken over, without those that bring no figure."""
    frequency = periods.Frequency(metric.frequency)
    last = periods.ordinal(frequency, start.period, metric.year_starts)
    days = [
        periods.start(frequency, k, metric.year_starts)
        for k in range(last - start.periods + 1, last + 1)
    ]
    months = metric.expected_months
    return [day for day in days if not months or day.month in months or day == start.period]


def _figures(
    asked: Mapping[int, tuple[Metric, Start]], windows: dict[tuple[int, date, int], list[date]]
) -> dict[int, dict[date, Figure]]:
    """Series key to its figures by period: value, numerator, denominator."""
    kept: dict[int, dict[date, Figure]] = {key: {} for key in asked}
    days = {day for window in windows.values() for day in window}
    rows = Observation.objects.filter(series__in=asked, period__in=days)
    for key, day, *figure in rows.values_list(
        "series_id", "period", "value", "numerator", "denominator"
    ):
        kept[key][day] = (figure[0], figure[1], figure[2])
    return kept


def _taken(metric: Metric, start: Start, days: list[date], figures: dict[date, Figure]) -> Found:
    if start.method == Method.SINGLE:
        value = figures.get(start.period, (None,))[0]
        return Found(value, "" if value is not None else _waits(metric, [start.period]))
    absent = [day for day in days if day not in figures]
    if absent:
        return Found(None, _waits(metric, absent))
    known = [figures[day] for day in days if figures[day][0] is not None]
    fewest = FEWEST[Method(start.method)]
    if len(known) < fewest:
        return Found(
            None,
            _("only %(known)s of the figures of its baseline are known, and %(fewest)s are needed")
            % {"known": len(known), "fewest": fewest},
        )
    without = [figure for figure in known if None in figure]
    if metric.kind == Metric.Kind.RATE and without:
        return Found(
            None,
            _("%(count)s of the %(all)s rates of its baseline have no numerator and denominator, "
              "and a mean of rates would give few cases the weight of many")
            % {"count": len(without), "all": len(known)},
        )  # fmt: skip
    return Found(_worked(metric, start, [figures[day] for day in days]))


def _worked(metric: Metric, start: Start, figures: list[Figure]) -> float:
    """The mean or the end of the trend; rates count by their denominators."""
    table = np.array(figures, dtype=np.float64).T[:, None, :]
    values, above, below = table
    if metric.kind == Metric.Kind.RATE:
        if start.method == Method.MEAN:
            return float(rates.pooled(above, below, metric.rate_per)[0])
        return float(baselines.trend(values, below)[0])
    worked = baselines.mean if start.method == Method.MEAN else baselines.trend
    return float(worked(values)[0])


def _waits(metric: Metric, days: list[date]) -> str:
    frequency = periods.Frequency(metric.frequency)
    labels = [periods.label(frequency, day, metric.year_starts) for day in days[:NAMED]]
    more = ", …" if len(days) > NAMED else ""
    return _("the figures of its baseline are still to come (%(periods)s)") % {
        "periods": ", ".join(labels) + more
    }
