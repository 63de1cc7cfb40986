"""The figures of a report: plain values that JSON can keep."""

from typing import Any

import numpy as np

from aspirations.analysis.backtest import plain, scores
from aspirations.analysis.backtest.records import Record
from aspirations.analysis.lights import LIGHTS

RULES = {
    "light": (lambda record: record.light, LIGHTS),
    "share_of_path": (plain.share_of_path, ("R", "A", "G")),
    "on_path": (plain.on_path, ("off", "on")),
}
QUARTERS = 4


def section(record: Record) -> dict[str, Any]:
    """Every score of a record. All rules are scored at the same moments, those with a light."""
    judged = record.where(record.judged)
    return {
        "trials": len(np.unique(record.trial)),
        "series": len(np.unique(record.origin)),
        "moments": len(record),
        "judged": len(judged),
        "delivered": scores.share(judged.delivered),
        "likelihood": likelihood(judged),
        "rules": {name: rule(record, name) for name in RULES},
    }


def likelihood(record: Record) -> dict[str, Any]:
    """Scores of the likelihoods, on the moments that have one."""
    known = ~np.isnan(record.likelihood)
    said, came = record.likelihood[known], record.delivered[known]
    return {
        "n": len(said),
        "auc": scores.auc(said, came),
        "brier": scores.brier(said, came),
        "skill": scores.skill(said, came),
        "calibration": scores.calibration(said, came),
    }


def rule(record: Record, name: str) -> dict[str, Any]:
    """How a rule's lights did, on the moments at which the light is judged."""
    lights_of, names = RULES[name]
    light = np.where(record.judged, lights_of(record), -1)
    shown, came = light[record.judged], record.delivered[record.judged]
    return {
        "auc": scores.auc(shown, came),
        "changes": scores.changes(light, record.trial),
        "lights": scores.came_true(shown, came, names),
    }


def horizons(record: Record) -> list[dict[str, Any]]:
    """Short scores for each horizon of the trials."""
    return [
        {"horizon": int(horizon), **_short(record.where(record.horizon == horizon))}
        for horizon in np.unique(record.horizon)
    ]


def _short(record: Record) -> dict[str, Any]:
    whole = section(record)
    return {
        "moments": whole["moments"],
        "delivered": whole["delivered"],
        "light_auc": whole["rules"]["light"]["auc"],
        "likelihood_auc": whole["likelihood"]["auc"],
        "skill": whole["likelihood"]["skill"],
    }


def quarters(record: Record) -> list[dict[str, Any]]:
    """Shares of the lights in each quarter of the way; 'N' is too early to tell."""
    place = np.minimum((record.way * QUARTERS).astype(np.int64), QUARTERS - 1)
    return [_shares(record.light[place == quarter]) for quarter in range(QUARTERS)]


def _shares(light: Any) -> dict[str, Any]:
    codes = dict(enumerate(LIGHTS)) | {-1: "N"}
    return {name: scores.share(light == code) for code, name in codes.items()}
