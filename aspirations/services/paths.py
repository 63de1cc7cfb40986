"""From a promise as it is kept to the path the arithmetic reads: periods counted, not dated."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aspirations.analysis import periods, trajectories
from aspirations.models import Effect, Metric, Trajectory

FORM = ("shape", "points", "parameters", "season", "low", "high")
"""What says how a path goes from its baseline to its target, beside the effects that carry it."""
SEASONS = {"day": 7, "month": 12, "quarter": 4, "half_year": 2}
"""Values that a season has, from Monday, January or the first part of the metric's year on."""
COUNTED = re.compile(r"(?<=period )\d+|(?<=\()\d+(?= to \d+\))|(?<=\d to )\d+(?=\))")
"""Ordinals in what the arithmetic says: “period 24291”, “(24288 to 24336)”."""
EFFECT = ("lag", "ramp", "low", "mid", "high", "attribution", "evidence", "sources")


def path_of(
    metric: Metric, *, shape: str, baseline: tuple[date, float], target: tuple[date, float],
    points: Iterable[Sequence[Any]] = (), parameters: Mapping[str, float] | None = None,
    season: Mapping[str, Any] | None = None, low: float | None = None, high: float | None = None,
    effects: Iterable[Mapping[str, Any]] = (),
) -> trajectories.Path:  # fmt: skip
    """The path of these terms, unchecked; effects are written as `stated_effect` writes them."""
    count = counting(metric)
    return trajectories.Path(
        shape=shape, k0=count(baseline[0]), baseline=baseline[1],
        k1=count(target[0]), target=target[1],
        points=tuple((count(as_date(day)), float(value)) for day, value in points),
        parameters=dict(parameters or {}), season=season_of(season), low=low, high=high,
        effects=tuple(effect_of(effect, count) for effect in effects),
    )  # fmt: skip


def check_path(metric: Metric, path: trajectories.Path) -> None:
    """Refuse a path that cannot be drawn; ValidationError says which value and what to do."""
    try:
        trajectories.check(path)
    except trajectories.PathError as problem:
        raise ValidationError(dated(metric, str(problem))) from problem
    check_bounds(metric, path.target)
    wanted = SEASONS.get(metric.frequency)
    if path.season and len(path.season.values) != wanted:
        raise ValidationError(
            _("The season has %(count)s values; a metric of this frequency needs %(wanted)s.")
            % {"count": len(path.season.values), "wanted": wanted}
            if wanted
            else _("A season needs periods shorter than a year, and not weeks. Leave it out.")
        )


def check_bounds(metric: Metric, target: float) -> None:
    """A target beyond what the metric can be would never be met."""
    low, high = metric.lower_bound, metric.upper_bound
    if (low is not None and target < low) or (high is not None and target > high):
        bound = low if low is not None and target < low else high
        raise ValidationError(
            _("The target is %(target)s, beyond the bound of the metric, %(bound)s. Move one.")
            % {"target": f"{target:g}", "bound": f"{bound:g}"}
        )


def dated(metric: Metric, words: str) -> str:
    """The arithmetic counts periods; a person reads their labels."""
    frequency = periods.Frequency(metric.frequency)

    def label(found: re.Match[str]) -> str:
        day = periods.start(frequency, int(found[0]), metric.year_starts)
        return periods.label(frequency, day, metric.year_starts)

    return COUNTED.sub(label, words)


def stored_path(metric: Metric, row: Trajectory) -> trajectories.Path:
    """The path of a version; its baseline, target and `effects__intervention` are best fetched."""
    return path_of(
        metric,
        baseline=(row.baseline.period, row.baseline.value),
        target=(row.target.due, row.target.value),
        effects=[stated_effect(effect) for effect in row.effects.all()],
        **{name: getattr(row, name) for name in FORM},
    )


def counting(metric: Metric) -> Callable[[date], int]:
    """The ordinal of a period of this metric, from its first day."""
    frequency = periods.Frequency(metric.frequency)
    return lambda day: periods.ordinal(frequency, day, metric.year_starts)


def season_of(season: Mapping[str, Any] | None) -> trajectories.SeasonalForm | None:
    if not season:
        return None
    return trajectories.SeasonalForm(season["kind"], tuple(map(float, season["values"])))


def effect_of(effect: Mapping[str, Any], count: Callable[[date], int]) -> trajectories.Effect:
    return trajectories.Effect(
        start=count(as_date(effect["start"])), mid=effect["mid"],
        low=effect.get("low"), high=effect.get("high"),
        lag=effect.get("lag", 0), ramp=effect.get("ramp", 1),
        attribution=effect.get("attribution", 1.0),
        name=effect.get("name") or effect["intervention"],
    )  # fmt: skip


def stated_effect(row: Effect) -> dict[str, Any]:
    """An effect in the words in which promises state it; `intervention` is a slug."""
    work = row.intervention
    return {
        "intervention": work.slug, "name": work.name, "start": row.start.isoformat(),
        **{name: getattr(row, name) for name in EFFECT},
    }  # fmt: skip


def as_date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day
