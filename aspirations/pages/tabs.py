"""The tabs of a metric: each a page of its own, with an address that keeps the segment."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aspirations.models import Metric, Segment

TABS: tuple[tuple[str, Promise, str], ...] = (
    ("metric", _("Evidence"), "dashboard.read"),
    ("metric_trajectory", _("Trajectory and plan"), "plan.read"),
    ("metric_judgments", _("Judgments"), "assessment.read"),
    ("metric_definition", _("Definition"), "dashboard.read"),
    ("metric_data", _("Data"), "observation.read"),
)
"""Name of the address, title, and the action that opens it."""
OPENING = tuple(sorted({action for _name, _title, action in TABS}))


@dataclass(frozen=True)
class Tab:
    title: str
    address: str
    is_here: bool


def tabs(metric: Metric, segment: Segment | None, here: str, allowed: frozenset[str]) -> list[Tab]:
    """The tabs that open to the reader; an address that this installation lacks is left out."""
    return [
        Tab(str(title), found, name == here)
        for name, title, action in TABS
        if action in allowed and (found := address(name, metric, segment))
    ]


def address(name: str, metric: Metric, segment: Segment | None = None, **more: str) -> str:
    """Where a page of the metric is, for this segment; empty where there is no such page."""
    try:
        page = reverse(name, args=[metric.system.slug, metric.slug])
    except NoReverseMatch:
        return ""
    asked = more if segment is None or segment.is_whole else {"segment": segment.code, **more}
    return f"{page}?{urlencode(asked)}" if asked else page
