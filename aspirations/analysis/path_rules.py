"""What makes a trajectory one that can be drawn and kept; each fault with its remedy."""

import math
from collections.abc import Callable

import numpy as np

from aspirations.analysis import shapes
from aspirations.analysis.paths import Effect, Path, PathError, Paths, shape_code

LARGEST = 1e300
"""Values beyond overflow as soon as they are squared or subtracted."""
MOST_PERIODS = 100_000
EVEN = 1e-6
"""How far the mean of indices may be from 1, and the sum of offsets from 0 per season."""


def check(path: Path) -> None:
    """Refuse a path that cannot be drawn: PathError with the reason and what to do."""
    shape_code(path.shape)
    _check_ends(path)
    _check_parameters(path)
    _OF_SHAPE.get(path.shape, _check_no_points)(path)
    _check_season(path)
    _check_effects(path)
    _check_drawn(path)
    _check_range(path)


def _check_ends(path: Path) -> None:
    if path.k1 <= path.k0:
        raise PathError(
            f"The target (period {path.k1}) does not come after the baseline (period {path.k0}): "
            "choose a later target period."
        )
    if path.k1 - path.k0 > MOST_PERIODS:
        raise PathError(
            f"The target lies {path.k1 - path.k0} periods after the baseline: "
            f"choose one within {MOST_PERIODS}."
        )
    _check_number("baseline", path.baseline)
    _check_number("target", path.target)


def _check_number(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise PathError(f"The {name} is {value}: give a finite number.")
    if abs(value) > LARGEST:
        raise PathError(f"The {name} is {value:g}: give a number between −1e300 and 1e300.")


# --- parameters -----------------------------------------------------------------------------

_LIMITS: dict[tuple[str, str], tuple[float, float, str]] = {
    ("s_curve", "c"): (0.01, 200.0, "above 0.01 and below 200"),
    ("s_curve", "m"): (0.0, 1.0, "between 0 and 1"),
    ("early_gain", "p"): (0.0, 1.0, "between 0 and 1"),
    ("late_gain", "p"): (1.0, 20.0, "above 1 and below 20"),
}
_FINITE = (-LARGEST, LARGEST, "as a finite number")


def _check_parameters(path: Path) -> None:
    known = set(shapes.DEFAULTS.get(path.shape, ()))
    if path.effects:
        known.add("drift")  # what would change anyway is part of every explanation
    for name, value in path.parameters.items():
        if name not in known:
            which = f"only {', '.join(sorted(known))}" if known else "no parameters"
            raise PathError(f"The shape '{path.shape}' knows {which}, not {name!r}: leave it out.")
        low, high, words = _LIMITS.get((path.shape, name), _FINITE)
        if not (_is_number(value) and low < value < high):
            raise PathError(f"{name} of the shape '{path.shape}' is {value}: give it {words}.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# --- shapes ---------------------------------------------------------------------------------


def _check_no_points(path: Path) -> None:
    if path.points:
        raise PathError(
            f"A path of the shape '{path.shape}' has no points, but {len(path.points)} were given: "
            "leave them out or choose the shape 'points'."
        )


def _check_compound(path: Path) -> None:
    _check_no_points(path)
    if min(path.baseline, path.target) <= 0 <= max(path.baseline, path.target):
        raise PathError(
            f"A compound path cannot go from {path.baseline:g} to {path.target:g}: both must be of "
            "one sign and neither 0. Choose another shape."
        )


def _check_points(path: Path) -> None:
    if not path.points:
        raise PathError("The trajectory has no points: give at least one between its ends.")
    previous = path.k0 - 1
    for k, value in path.points:
        _check_number(f"value at period {k}", value)
        if not path.k0 <= k <= path.k1:
            raise PathError(
                f"The point at period {k} lies outside the trajectory ({path.k0} to {path.k1}): "
                "remove it or move the target."
            )
        if k <= previous:
            raise PathError(f"The points do not go forward in time at period {k}: sort them.")
        previous = k
    _check_end("baseline", path.k0, path.baseline, path)
    _check_end("target", path.k1, path.target, path)


def _check_end(name: str, k: int, value: float, path: Path) -> None:
    given = dict(path.points).get(k, value)
    if given != value:
        raise PathError(
            f"The point at the {name} period {k} is {given}, but the {name} is {value}: "
            "make them equal or leave the point out."
        )


def _check_interventions(path: Path) -> None:
    _check_no_points(path)
    if not path.effects:
        raise PathError(
            "A sum of interventions has none: give at least one effect or choose another shape."
        )


_OF_SHAPE: dict[str, Callable[[Path], None]] = {
    "compound": _check_compound,
    "points": _check_points,
    "step": _check_points,
    "interventions": _check_interventions,
}


# --- season, effects, range -----------------------------------------------------------------


def _check_season(path: Path) -> None:
    if path.season is None:
        return
    values = path.season.values
    if path.season.kind not in ("index", "offset"):
        raise PathError(f"The season is of kind {path.season.kind!r}: use 'index' or 'offset'.")
    if len(values) < 2:
        raise PathError(f"The season has {len(values)} values: give one for each season.")
    for value in values:
        _check_number("season's value", value)
    if path.season.kind == "index":
        _check_index(values)
    elif abs(sum(values)) > EVEN * len(values) * max(1.0, *(abs(value) for value in values)):
        raise PathError(f"The offsets of the season sum to {sum(values):g}: make it 0.")


def _check_index(values: tuple[float, ...]) -> None:
    if min(values) <= 0:
        raise PathError(f"An index of the season is {min(values):g}: give numbers above 0.")
    mean = sum(values) / len(values)
    if abs(mean - 1) > EVEN:
        raise PathError(f"The indices of the season have mean {mean:g}: make it 1.")


def _check_effects(path: Path) -> None:
    for number, effect in enumerate(path.effects, start=1):
        name = effect.name or f"number {number}"
        for case in ("low", "mid", "high"):
            value = getattr(effect, case)
            if value is not None:
                _check_number(f"{case} effect of {name}", value)
        _check_timing(effect, name, path)
        if not 0 <= effect.attribution <= 1:
            raise PathError(
                f"The attribution of {name} is {effect.attribution}: give a share from 0 to 1."
            )
        _check_cases(effect, name)


def _check_timing(effect: Effect, name: str, path: Path) -> None:
    if effect.lag < 0 or effect.ramp < 0:
        raise PathError(
            f"The lag of {name} is {effect.lag} and its ramp {effect.ramp}: give 0 or more periods."
        )
    if effect.start < path.k0:
        raise PathError(
            f"{name} starts in period {effect.start}, before the baseline (period {path.k0}), "
            "where its effect is already counted: start it there or later, or leave it out."
        )


def _check_cases(effect: Effect, name: str) -> None:
    cases = [case for case in (effect.low, effect.mid, effect.high) if case is not None]
    if cases not in (sorted(cases), sorted(cases, reverse=True)):
        raise PathError(
            f"The low, middle and high effects of {name} are "
            f"{', '.join(f'{case:g}' for case in cases)}: give them in order."
        )


def _check_drawn(path: Path) -> None:
    k = np.arange(path.k0, path.k1 + 1)[None, :]
    paths = Paths.of([path])
    drawn = shapes.draw(paths, k, path.shape)
    inside = drawn[0, :-1]
    if not np.isfinite(inside).all() or np.abs(inside).max(initial=0.0) > LARGEST:
        at = int(k[0, np.argmax(~(np.abs(inside) <= LARGEST))])
        raise PathError(
            f"The path has no usable value in period {at}: choose another shape or parameters."
        )


def _check_range(path: Path) -> None:
    if (path.low is None) != (path.high is None):
        given = "low" if path.high is None else "high"
        raise PathError(f"Only the {given} end of the range is given: give both or neither.")
    if path.low is None or path.high is None:
        return
    _check_number("low end of the range", path.low)
    _check_number("high end of the range", path.high)
    if path.low > path.high:
        raise PathError(
            f"The low end of the range, {path.low:g}, lies above the high end, {path.high:g}: "
            "give the smaller value as the low end, also where lower is better."
        )
    if not path.low <= path.target <= path.high:
        raise PathError(
            f"The range from {path.low:g} to {path.high:g} leaves out the target, "
            f"{path.target:g}: widen it or move the target."
        )
