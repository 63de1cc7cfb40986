"""Expected values of every shape again, one period at a time, for comparison only.

Written from the published formulas without looking at the vectorised code.
"""

import math

from aspirations.analysis.trajectories import Path


def expected(path: Path, k: int) -> float:
    """T(k) with the path's own season, from k0 on; the target from K on."""
    if k >= path.k1:
        return path.target
    base = shape_at(path, k)
    if path.season is None or k == path.k0:
        return base
    values = path.season.values
    opening, own, closing = (values[at % len(values)] for at in (path.k0, k, path.k1))
    line = opening + (closing - opening) * (k - path.k0) / (path.k1 - path.k0)
    return base * own / line if path.season.kind == "index" else base + own - line


def shape_at(path: Path, k: int) -> float:
    """The shape itself without a season, up to K."""
    x = (k - path.k0) / (path.k1 - path.k0)
    change, given = path.target - path.baseline, path.parameters
    if path.shape == "linear":
        return path.baseline + change * x
    if path.shape == "compound":
        return float(path.baseline * (path.target / path.baseline) ** x)
    if path.shape == "s_curve":
        steep, middle = given.get("c", 10.0), given.get("m", 0.5)
        rise = [1 / (1 + math.exp(-steep * (at - middle))) for at in (0.0, x, 1.0)]
        return path.baseline + change * (rise[1] - rise[0]) / (rise[2] - rise[0])
    if path.shape in ("early_gain", "late_gain"):
        power = given.get("p", 0.5 if path.shape == "early_gain" else 2.0)
        return float(path.baseline + change * x**power)
    if path.shape == "interventions":
        return path.baseline + given.get("drift", 0.0) * (k - path.k0) + _effects(path, k)
    return _between_points(path, k)


def end_of(path: Path) -> float:
    """T(K) as the shape itself ends."""
    return shape_at(path, path.k1) if path.shape == "interventions" else path.target


def _effects(path: Path, k: int) -> float:
    whole = 0.0
    for effect in path.effects:
        since = k - effect.start - effect.lag
        share = float(since >= 0) if effect.ramp == 0 else min(max(since / effect.ramp, 0.0), 1.0)
        whole += effect.mid * share * effect.attribution
    return whole


def _between_points(path: Path, k: int) -> float:
    knots = sorted({path.k0: path.baseline, **dict(path.points), path.k1: path.target}.items())
    before = max(knot for knot in knots if knot[0] <= k)
    if path.shape == "step" or before[0] == k:
        return before[1]
    after = min(knot for knot in knots if knot[0] > k)
    return before[1] + (after[1] - before[1]) * (k - before[0]) / (after[0] - before[0])
