"""Which kinds of metric an aspiration has, and which it lacks."""

from collections.abc import Iterable
from dataclasses import dataclass

ROLES = ("headline", "early", "balancing")
"""The result that leads; what moves before it, or the work itself; harm elsewhere."""


@dataclass(frozen=True)
class Kinds:
    """What a metric is for, in the words of its fields."""

    name: str
    function: str
    timing: str
    prominence: str


def plays(metric: Kinds) -> list[str]:
    """The roles that a metric fills; one that is only wanted fills none."""
    if metric.prominence == "development":
        return []
    filled = {
        "headline": metric.function == "outcome" and metric.prominence == "headline",
        "early": metric.function == "process"
        or (metric.timing == "leading" and metric.function != "balancing"),
        "balancing": metric.function == "balancing",
    }
    return [role for role in ROLES if filled[role]]


def by_role(metrics: Iterable[Kinds]) -> dict[str, list[str]]:
    """Role to the names of the metrics that fill it; an empty list is a gap.

    A headline outcome that moves first does not stand in for an early sign of itself.
    """
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for metric in metrics:
        roles = plays(metric)
        if "headline" in roles:
            roles = ["headline"]
        for role in roles:
            found[role].append(metric.name)
    return found
