"""How well what was said agrees with what came: plain scores of a forecast of yes or no."""

from typing import Any

import numpy as np
from scipy.stats import rankdata

from aspirations.analysis.arrays import Bool, Float, Int

Score = float | None
"""None where there is nothing to score."""


def auc(said: Float | Int, came: Bool) -> Score:
    """Area under the curve: the chance that a case that came true was ranked above one that
    did not, ties counting half (Mann & Whitney 1947). 1 foretells all, ½ nothing."""
    true, false = int(came.sum()), int((~came).sum())
    if not true or not false:
        return None
    ranks = rankdata(said)
    return float((ranks[came].sum() - true * (true + 1) / 2) / (true * false))


def brier(said: Float, came: Bool) -> Score:
    """Mean squared distance between likelihood and outcome (Brier 1950): 0 is perfect."""
    return float(np.mean((said - came) ** 2)) if len(came) else None


def skill(said: Float, came: Bool) -> Score:
    """1 − Brier score over that of always saying the base rate: 1 is perfect, 0 no better."""
    if not len(came):
        return None
    rate = float(came.mean())
    score, plain = brier(said, came), rate * (1 - rate)
    return None if score is None or plain == 0 else 1 - score / plain


def share(came: Bool) -> Score:
    """Share that came true."""
    return float(came.mean()) if len(came) else None


def came_true(light: Int, came: Bool, names: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Per light how often it was shown, and how often the target was then delivered."""
    return {
        name: {"n": int((light == code).sum()), "delivered": share(came[light == code])}
        for code, name in enumerate(names)
    }


def calibration(said: Float, came: Bool) -> list[dict[str, Any]]:
    """Per tenth of the likelihood: how many, what was said on average, what came true."""
    tenth = np.clip((said * 10).astype(np.int64), 0, 9)
    return [
        {
            "from": number / 10,
            "to": (number + 1) / 10,
            "n": int(own.sum()),
            "said": float(said[own].mean()) if own.any() else None,
            "delivered": share(came[own]),
        }
        for number, own in ((number, tenth == number) for number in range(10))
    ]


def changes(light: Int, trial: Int) -> Score:
    """Share of steps from one judged moment of a trial to the next at which the light changed."""
    step = (trial[1:] == trial[:-1]) & (light[1:] >= 0) & (light[:-1] >= 0)
    return share((light[1:] != light[:-1])[step])
