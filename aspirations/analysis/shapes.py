"""The formulas of the shapes: expected value T at any period between baseline and target.

x = (k − k0)/(K − k0) runs from 0 to 1; B and G are the values of baseline and target. Each
function takes the paths of n rows and ordinals k (n, p) inside k0..K, and gives T (n, p).
"""

from collections.abc import Callable

import numpy as np

from aspirations.analysis import path_effects
from aspirations.analysis.arrays import Float, Int
from aspirations.analysis.path_seasons import seasoned
from aspirations.analysis.paths import SHAPE_NAMES, Paths

DEFAULTS: dict[str, dict[str, float]] = {
    "s_curve": {"c": 10.0, "m": 0.5},
    "early_gain": {"p": 0.5},
    "late_gain": {"p": 2.0},
    "interventions": {"drift": 0.0},
}
"""Parameters that a shape knows, with the value each has unless given."""


def draw(paths: Paths, k: Int, shape: str) -> Float:
    """Rows of one shape with their seasons; what cannot be drawn is NaN or infinite."""
    with np.errstate(all="ignore"):
        drawn = _DRAW[shape](paths, k)
        return seasoned(paths, drawn, k, share(paths, k)) if paths.details else drawn


def parameter(paths: Paths, name: str) -> Float:
    """One parameter of every row (n, 1), the default where a path does not give it."""
    defaults = np.array([DEFAULTS.get(shape, {}).get(name, 0.0) for shape in SHAPE_NAMES])
    values = defaults[paths.shape]
    for row, path in paths.details.items():
        values[row] = path.parameters.get(name, values[row])
    return np.asarray(values[:, None])


def share(paths: Paths, k: Int) -> Float:
    """x (n, p)."""
    k0 = paths.k0[:, None]
    return np.asarray((k - k0) / (paths.k1[:, None] - k0))


def linear(paths: Paths, k: Int) -> Float:
    """T = B + (G − B)·x"""
    return _between(paths, share(paths, k))


def compound(paths: Paths, k: Int) -> Float:
    """T = B·(G/B)^x, the same rate of change in every period."""
    baseline, target = paths.baseline[:, None], paths.target[:, None]
    return np.asarray(baseline * power(target / baseline, share(paths, k)))


def s_curve(paths: Paths, k: Int) -> Float:
    """T = B + (G − B)·(L(x) − L(0))/(L(1) − L(0)), L(x) = 1/(1 + e^(−c(x − m)))

    c is how steep the middle is, m where it lies.
    """
    steep, middle = parameter(paths, "c"), parameter(paths, "m")

    def logistic(x: Float) -> Float:
        return np.asarray(1.0 / (1.0 + np.exp(-steep * (x - middle))))

    none, whole = np.zeros_like(steep), np.ones_like(steep)
    opened, closed = logistic(none), logistic(whole)
    return _between(paths, (logistic(share(paths, k)) - opened) / (closed - opened))


def gain(paths: Paths, k: Int) -> Float:
    """T = B + (G − B)·x^p: early gain has p < 1, late gain p > 1."""
    return _between(paths, power(share(paths, k), parameter(paths, "p")))


def power(base: Float, exponent: Float) -> Float:
    """base^exponent for a base of 0 or more, the same to the last bit in arrays of any size.

    NumPy's own squares where it sees a single exponent of 2, and multiplies out elsewhere.
    """
    return np.asarray(np.exp(exponent * np.log(base)))


def points(paths: Paths, k: Int) -> Float:
    """Linear between the knots and exact at them."""
    times, values = _knots(paths)
    drawn = np.broadcast_to(paths.target[:, None], k.shape)
    for j in range(times.shape[1] - 1):
        left, right = times[:, j : j + 1], times[:, j + 1 : j + 2]
        start, stop = values[:, j : j + 1], values[:, j + 1 : j + 2]
        line = start + (stop - start) * ((k - left) / np.maximum(right - left, 1))
        drawn = np.where((k >= left) & (k < right), line, drawn)
    return np.asarray(drawn)


def step(paths: Paths, k: Int) -> Float:
    """The value of the last step at or before the period; B before the first, G at K."""
    times, values = _knots(paths)
    drawn = np.full(k.shape, np.nan)
    for j in range(times.shape[1]):
        drawn = np.where(k >= times[:, j : j + 1], values[:, j : j + 1], drawn)
    return drawn


def interventions(paths: Paths, k: Int) -> Float:
    """T = B + drift·(k − k0) + Σ eᵢ·rᵢ(k)·aᵢ, which need not reach G at K."""
    drawn = paths.baseline[:, None] + parameter(paths, "drift") * (k - paths.k0[:, None])
    for layer in path_effects.layers(paths):
        drawn[layer.rows] += layer.mid * layer.reached(k[layer.rows])
    return np.asarray(drawn)


_DRAW: dict[str, Callable[[Paths, Int], Float]] = {
    "linear": linear,
    "compound": compound,
    "s_curve": s_curve,
    "early_gain": gain,
    "late_gain": gain,
    "step": step,
    "points": points,
    "interventions": interventions,
}


def _between(paths: Paths, done: Float) -> Float:
    baseline, target = paths.baseline[:, None], paths.target[:, None]
    return np.asarray(baseline + (target - baseline) * done)


def _knots(paths: Paths) -> tuple[Int, Float]:
    """Times and values (n, knots) from k0 to K; short rows repeat their last."""
    knots = [
        sorted({path.k0: path.baseline, **dict(path.points), path.k1: path.target}.items())
        for path in paths
        if path is not None
    ]
    width = max(len(row) for row in knots)
    padded = [row + [row[-1]] * (width - len(row)) for row in knots]
    table = np.array(padded, dtype=np.float64).reshape(len(paths), width, 2)
    return table[:, :, 0].astype(np.int64), table[:, :, 1]
