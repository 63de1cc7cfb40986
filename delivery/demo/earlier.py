"""What Meridian promised at first, where it has since agreed something else."""

from copy import deepcopy
from typing import Any

FIRST: dict[tuple[str, str], dict[str, Any]] = {
    ("chronic-absence", "*"): {
        "target": {"period": "2026-06", "value": 12},
        "reason": "Back to the level of 2017 by June 2026.",
        "agreed_on": "2023-08-29",
    },
}
"""Metric and segment to what its promise said differently."""


def as_first_agreed(tables: dict[str, Any]) -> dict[str, Any]:
    """The system file as it was before the promises of today."""
    first = deepcopy(tables)
    for metric in first["metrics"]:
        for path in metric.get("trajectories", ()):
            path |= FIRST.get((metric["slug"], path.get("segment", "all")), {})
    return first
