"""What Meridian promised at first, where it has since agreed something else, and since when."""

from copy import deepcopy
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

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


def first_agreed(tables: dict[str, Any]) -> datetime:
    """When the first path of a system file was agreed: its aspirations stood by then."""
    paths = [path for metric in tables["metrics"] for path in metric.get("trajectories", ())]
    day = min(date.fromisoformat(str(path["agreed_on"])) for path in paths if "agreed_on" in path)
    return at_ten(day, tables["system"]["time_zone"])


def at_ten(day: date, zone: str) -> datetime:
    """Ten in the morning of the day, there."""
    return datetime.combine(day, time(10), tzinfo=ZoneInfo(zone))
