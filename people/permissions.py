"""Who may do what: the one table of actions and roles, and the questions asked of it.

Pages, interface, exports and tests read this table; no role is tested anywhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

SL, DL, US = "system_leader", "delivery_leader", "unit_staff"
LO, AH, PO = "leader_office", "accountable_head", "plan_owner"
DP, RV, ST, VW = "data_provider", "reviewer", "steward", "viewer"

UNIT = {SL, DL, US}
OWNERS = {AH, PO}
READERS = UNIT | OWNERS | {LO, ST, VW}
EVERYONE = READERS | {DP, RV}


@dataclass(frozen=True)
class Rule:
    """Roles that may act in their own system, and those of a parent that may act in it too."""

    own: frozenset[str]
    from_parent: frozenset[str] = frozenset()


def allow(own: Iterable[str], *, from_parent: Iterable[str] = ()) -> Rule:
    return Rule(frozenset(own), frozenset(from_parent))


# action                        roles in the system itself       roles in a system above it
ACTIONS: dict[str, Rule] = {
    "system.read":           allow(EVERYONE,                     from_parent=READERS),
    "system.write":          allow({DL}),
    "dashboard.read":        allow(READERS,                      from_parent=READERS),
    "plan.read":             allow(READERS),
    "plan.write":            allow(UNIT),
    "trajectory.write":      allow(UNIT | {PO}),
    "trajectory.agree":      allow({SL, DL}),
    "observation.read":      allow(READERS | {DP}),
    "observation.write":     allow({DL, US, AH, PO, DP}),
    "members.read":          allow(UNIT),
    "members.write":         allow({DL}),
    "trail.read":            allow(UNIT),
}  # fmt: skip

# Which action opens the rows of a model. A model without a row fails the suite.
MODELS: dict[str, str] = {
    "people.User": "nobody: reached through memberships",
    "people.System": "system.read",
    "people.Membership": "members.read",
    "people.AuditEntry": "trail.read",
    "people.Heartbeat": "nobody: kept by timed jobs",
    "aspirations.Aspiration": "dashboard.read",
    "aspirations.Placement": "dashboard.read",
    "aspirations.Metric": "dashboard.read",
    "aspirations.Segment": "dashboard.read",
    "aspirations.Series": "dashboard.read",
    "aspirations.Judgment": "dashboard.read",
    "aspirations.Rebase": "dashboard.read",
    "aspirations.Baseline": "plan.read",
    "aspirations.Target": "plan.read",
    "aspirations.Trajectory": "plan.read",
    "aspirations.Commitment": "plan.read",
    "aspirations.Definition": "dashboard.read",
    "aspirations.DataQuality": "dashboard.read",
    "aspirations.Intervention": "plan.read",
    "aspirations.Effect": "plan.read",
    "aspirations.Overlap": "plan.read",
    "aspirations.Policy": "plan.read",
    "aspirations.Observation": "observation.read",
    "aspirations.ObservationRevision": "observation.read",
    "aspirations.Import": "observation.read",
}


def systems_where(user: Any, action: str) -> Q:
    """The condition on System rows that this person may do `action` there."""
    rule = ACTIONS[action]
    if not getattr(user, "is_active", False) or user.is_anonymous:
        return Q(pk__in=[])
    member = apps.get_model("people", "Membership")
    mine = member.objects.filter(user=user.pk)
    where = Q(pk__in=mine.filter(role__in=rule.own).values("system"))
    if rule.from_parent:
        above = mine.filter(role__in=rule.from_parent).values("system")
        for level in range(1, 6):
            where |= Q(**{f"{'parent__' * level}pk__in": above})
    return where


def may(user: Any, action: str, system: Any) -> bool:
    """Whether this person may do `action` in this system, asked of the database now."""
    return bool(type(system).objects.filter(systems_where(user, action), pk=system.pk).exists())
