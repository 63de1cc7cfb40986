"""What the page of a system's policy shows beside its form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.models import Metric, Policy, Series
from aspirations.sentences.policy import TERMS, USUAL, change_in_words
from people.models import System


@dataclass(frozen=True)
class Version:
    """One version of the policy, and in words what it changed of the one before."""

    number: int
    by: str
    at: datetime
    reason: str
    changes: list[str]


@dataclass(frozen=True)
class PolicyPage:
    """Which rules are in force, whom a change would reach, and all versions, newest first."""

    latest: Policy
    headline: str
    series: int
    own_metrics: int
    versions: list[Version]


def policy_page(user: Any, system: System) -> PolicyPage:
    rows = list(
        Policy.objects.visible_to(user, "plan.read")
        .filter(system=system)
        .select_related("author")
        .order_by("-version")
    )
    metrics = Metric.objects.visible_to(user, "plan.read").filter(system=system)
    latest = rows[0] if rows else Policy(system=system, version=0)
    return PolicyPage(
        latest=latest,
        headline=headline(system, latest),
        series=Series.objects.visible_to(user, "plan.read").filter(metric__system=system).count(),
        own_metrics=metrics.exclude(policy_overrides={}).count(),
        versions=told(rows),
    )


def headline(system: System, latest: Policy) -> str:
    """“Meridian judges by the published rules.” or by how many of its own."""
    own = sum(name in TERMS for name in latest.values)
    if not own:
        return _("%(system)s judges by the published rules") % {"system": system}
    return ngettext(
        "%(system)s judges by the published rules, save for one value of its own",
        "%(system)s judges by the published rules, save for %(count)s values of its own",
        own,
    ) % {"system": system, "count": own}


def told(rows: list[Policy]) -> list[Version]:
    """Versions, newest first, each with what it changed."""
    before: list[dict[str, Any]] = [row.values for row in rows[1:]] + [{}]
    return [
        Version(
            number=row.version,
            by=str(row.author) if row.author else "",
            at=row.created_at,
            reason=row.reason,
            changes=changes(earlier, row.values),
        )
        for row, earlier in zip(rows, before, strict=False)
    ]


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """In the order of the page; a value that is left out is the published one."""
    was, now = {**USUAL, **before}, {**USUAL, **after}
    return [change_in_words(name, was[name], now[name]) for name in TERMS if was[name] != now[name]]
