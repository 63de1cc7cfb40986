"""Thresholds and constants of a judgment, as one versioned bundle.

A system owns a policy, a metric may override named fields, and every judgment stores the
resolved values.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


class PolicyError(ValueError):
    """A policy value that cannot be used; says which field, which value and what to do."""


@dataclass(frozen=True)
class Policy:
    """Every field has the default of the published rules.

    Shares are shares of the planned change |G − B|; likelihoods are between 0 and 1; `hold_*`
    are gaps in units of the natural variation; run lengths and counts are observed points.
    """

    # delivered means 1 − tau of the planned change by the target period
    tau: float = 0.10
    # damped trend of the gap: level, drift and damping
    alpha: float = 0.3
    beta: float = 0.1
    phi: float = 0.9
    # what is still to come may fall short: its uncertainty and its expected shortfall
    kappa: float = 0.20
    delta: float = 0.0
    # noise: errors beyond `clip` root-mean-squares are clipped once `clip_after` stand before
    clip: float = 3.0
    clip_after: int = 5
    errors_needed: int = 6
    errors_dropped: int = 2
    range_width: float = 1.2816
    season: str = "auto"
    season_years: int = 2
    hold_noise: float = 0.5
    straight_line_points: int = 12
    # lights
    likelihood_green: float = 0.65
    likelihood_amber_green: float = 0.40
    likelihood_amber_red: float = 0.10
    distance_green: float = -0.05
    distance_amber_green: float = -0.15
    distance_amber_red: float = -0.30
    hold_green: float = -1.0
    hold_amber_green: float = -2.0
    hold_amber_red: float = -3.0
    cap_share: float = 0.4
    early_share: float = 0.75
    early_noise: float = 2.0
    confirm: bool = True
    # natural variation
    limit_width: float = 2.66
    near_share: float = 2 / 3
    range_limit: float = 3.267
    limits_from: int = 5
    trial_below: int = 12
    trend_run: int = 7
    shift_run: int = 7
    screen_outliers: bool = False
    lock_after: int | None = None
    # a rebase is suggested once so many points hold on one side of so many before them
    rebase_run: int = 8
    rebase_before: int = 12
    compat: str = ""
    # what a trend is read by: its slope, its side of the centre, or as `compat` has it
    trend_by: str = "auto"

    def __post_init__(self) -> None:
        for field in fields(self):
            _check(field.name, getattr(self, field.name))
        for name in ("likelihood", "distance", "hold"):
            _check_falling(name, self.thresholds(name))

    def thresholds(self, name: str) -> tuple[float, float, float]:
        """Lowest Green, Amber-Green and Amber-Red of 'likelihood', 'distance' or 'hold'."""
        green, amber_green, amber_red = (
            getattr(self, f"{name}_{light}") for light in ("green", "amber_green", "amber_red")
        )
        return green, amber_green, amber_red

    @property
    def nhs(self) -> bool:
        """Limits from any number of points, also where nothing varies, as NHS tools draw them."""
        return self.compat == "nhs"

    @property
    def trend_by_side(self) -> bool:
        """NHS tools read a trend by its side, so a rise from below the mean is a concern."""
        return self.trend_by == "side" or (self.trend_by == "auto" and self.nhs)

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "Policy":
        """A policy from stored values; fields left out keep their defaults."""
        known = {field.name for field in fields(cls)}
        for name in values:
            if name not in known:
                raise PolicyError(
                    f"Unknown policy field {name!r}: use one of {', '.join(sorted(known))}."
                )
        return cls(**values)

    def as_values(self) -> dict[str, Any]:
        """All fields as plain JSON values."""
        return asdict(self)


_FRACTION = (0.0, 1.0)
_RANGES: dict[str, tuple[float, float]] = {
    "tau": (0.0, 0.9),
    "alpha": (0.01, 1.0),
    "beta": _FRACTION,
    "phi": _FRACTION,
    "kappa": (0.0, 2.0),
    "delta": (-1.0, 1.0),
    "clip": (1.0, 100.0),
    "clip_after": (1, 100),
    "errors_needed": (2, 100),
    "errors_dropped": (0, 24),
    "range_width": (0.1, 5.0),
    "season_years": (2, 20),
    "hold_noise": (0.0, 10.0),
    "straight_line_points": (3, 1000),
    **{f"likelihood_{light}": _FRACTION for light in ("green", "amber_green", "amber_red")},
    **{f"distance_{light}": (-10.0, 1.0) for light in ("green", "amber_green", "amber_red")},
    **{f"hold_{light}": (-100.0, 3.0) for light in ("green", "amber_green", "amber_red")},
    "cap_share": _FRACTION,
    "early_share": _FRACTION,
    "early_noise": (0.0, 10.0),
    "limit_width": (0.5, 10.0),
    "near_share": (0.1, 0.99),
    "range_limit": (1.0, 20.0),
    "limits_from": (2, 100),
    "trial_below": (2, 1000),
    "trend_run": (3, 50),
    "shift_run": (3, 50),
    "lock_after": (2, 10_000),
    "rebase_run": (3, 100),
    "rebase_before": (3, 1000),
}
_CHOICES = {
    "season": ("auto", "on", "off"),
    "compat": ("", "nhs"),
    "trend_by": ("auto", "slope", "side"),
}
_SWITCHES = ("confirm", "screen_outliers")
_COUNTS = (
    "clip_after",
    "errors_needed",
    "errors_dropped",
    "season_years",
    "straight_line_points",
    "limits_from",
    "trial_below",
    "trend_run",
    "shift_run",
    "lock_after",
    "rebase_run",
    "rebase_before",
)


def _check(name: str, value: Any) -> None:
    if name in _CHOICES:
        if value not in _CHOICES[name]:
            choices = ", ".join(repr(choice) for choice in _CHOICES[name])
            raise PolicyError(f"{name} is {value!r}: use one of {choices}.")
    elif name in _SWITCHES:
        if not isinstance(value, bool):
            raise PolicyError(f"{name} is {value!r}: use true or false.")
    elif name != "lock_after" or value is not None:
        _check_number(name, value)


def _check_number(name: str, value: Any) -> None:
    kind = int if name in _COUNTS else (int, float)
    low, high = _RANGES[name]
    if isinstance(value, bool) or not isinstance(value, kind):
        noun = "whole number" if name in _COUNTS else "number"
        raise PolicyError(f"{name} is {value!r}: use a {noun} from {low:g} to {high:g}.")
    if not low <= value <= high:  # nor is NaN, and a whole number may be too long for a float
        raise PolicyError(f"{name} is {value!r}: use a value from {low:g} to {high:g}.")


def _check_falling(name: str, thresholds: tuple[float, float, float]) -> None:
    green, amber_green, amber_red = thresholds
    if not green > amber_green > amber_red:
        raise PolicyError(
            f"The {name} thresholds are {green}, {amber_green}, {amber_red}: "
            "give falling values for green, amber_green and amber_red."
        )
