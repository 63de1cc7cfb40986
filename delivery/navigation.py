"""Where a person can go: the pages of a system that open to them, and their other systems."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition
from people.gate import system_or_404
from people.models import System
from people.permissions import systems_where
from reviews.models import Round


@dataclass(frozen=True)
class Page:
    """One entry of the navigation. `parts` are the addresses that lie beneath it."""

    name: str
    title: Promise
    action: str
    parts: frozenset[str] = frozenset()


MAIN = (
    Page(
        "dashboard",
        _("Dashboard"),
        "dashboard.read",
        frozenset(
            {
                "welcome",
                "headline",
                "children",
                "places",
            }
        ),
    ),
    Page(
        "aspirations",
        _("Aspirations"),
        "dashboard.read",
        frozenset(
            {
                "aspiration",
                "new_aspiration",
                "metric",
                "metric_data",
                "metric_definition",
                "metric_trajectory",
                "metric_judgments",
                "record_assessment",
                "rebase",
                "edit_aspiration",
                "place_metrics",
                "retire_aspiration",
                "reinstate_aspiration",
                "add_quality_review",
                "withdraw_quality_review",
                "add_influence",
                "withdraw_influence",
                "add_consultation",
                "withdraw_consultation",
                "add_probe",
                "withdraw_probe",
            }
        ),
    ),
    Page(
        "trajectories",
        _("Trajectories"),
        "plan.read",
        frozenset(
            {
                "new_draft",
                "draft",
                "preview_draft",
                "save_draft",
                "send_draft",
                "challenge_draft",
                "answer_draft_challenge",
                "agree_draft",
                "withdraw_draft",
                "edit_intervention",
            }
        ),
    ),
    Page(
        "assessments",
        _("Assessments"),
        "assessment.read",
        frozenset(
            {
                "assessment_round",
                "open_assessment_round",
                "close_assessment_round",
                "moderate_assessments",
                "lock_assessment_round",
                "assessment_sheet",
                "challenge_assessment",
                "answer_challenge",
            }
        ),
    ),
    Page(
        "stocktakes",
        _("Stocktakes"),
        "routine.read",
        frozenset({"plan_stocktake", "change_stocktake", "cancel_stocktake"}),
    ),
    Page("capacity", _("Capacity"), "review.read", frozenset({"review"})),
    Page("coalitions", _("Coalitions"), "coalition.read", frozenset({"coalition"})),
    Page(
        "metrics",
        _("Data"),
        "observation.read",
        frozenset(
            {
                "new_metric",
                "edit_metric",
                "retire_metric",
                "reinstate_metric",
                "enter_figures",
                "rate_quality",
                "add_event",
                "finish_milestone",
                "withdraw_event",
                "segments",
                "new_segment",
                "edit_segment",
            }
        ),
    ),
)
UNIT = (
    Page("members", _("People"), "members.read",
         frozenset({"invite_member", "change_member", "remove_member"})),
    Page("settings", _("Settings"), "settings.read", frozenset({"settings_words", "policy"})),
    Page("trail", _("Trail"), "trail.read", frozenset({"trail_exports"})),
    Page("tokens", _("Tokens"), "token.read", frozenset({"make_token"})),
)  # fmt: skip
ASKED = {page.action: f"may_{number}" for number, page in enumerate(MAIN + UNIT)}
# The letter after “g” that leads to a page of the system at hand.
KEYS = {"dashboard": "d", "aspirations": "a", "trajectories": "t", "stocktakes": "s"}
MOST_PLACES = 12
"""Systems that the switcher names; the list of all has the rest."""


@dataclass(frozen=True)
class Link:
    title: str
    address: str
    is_here: bool
    key: str = ""
    """The letter that leads here after “g”, if any."""


@dataclass(frozen=True)
class Navigation:
    """The pages of one system that open to the reader, and the systems whose dashboards do."""

    main: list[Link]
    unit: list[Link]
    places: list[System]
    has_more: bool


@dataclass(frozen=True)
class Arrival:
    """A system whose page is opened, the reader's rights there, and all the frame asks."""

    system: System
    rights: frozenset[str]
    found: list[System]


def arrive(request: HttpRequest, slug: str, action: str, rights: Sequence[str]) -> Arrival:
    """Through the gate, with what the frame and the page ask of the reader, in one query.

    Where the system does not open, the gate itself says why.
    """
    found = reached(request.user, Q(slug=slug), (action, *rights))
    at = next((row for row in found if row.slug == slug), None)
    allowed = {name for place, name in enumerate((action, *rights)) if had(at, place)}
    if at is None or action not in allowed:
        at = system_or_404(request, slug, action)
    arrival = Arrival(at, frozenset(allowed), found)
    request.arrival = arrival  # type: ignore[attr-defined]
    return arrival


def had(row: System | None, place: int) -> bool:
    return row is not None and bool(getattr(row, f"has_{place}"))


def navigation(
    user: Any, system: System | None, here: str, found: list[System] | None = None
) -> Navigation:
    """All that the frame of a page asks about its reader, in one query, or in none if `found`."""
    if found is None:
        found = reachable(user, system)
    places = [row for row in found if "dashboard.read" in opens(row)]
    at = next((row for row in found if system and row.pk == system.pk), None)
    main, unit = (
        [link(page, at, here) for page in pages if at and page.action in opens(at)]
        for pages in (MAIN, UNIT)
    )
    return Navigation(main, unit, places[:MOST_PLACES], len(places) > MOST_PLACES)


def link(page: Page, system: System, here: str) -> Link:
    is_here = here == page.name or here in page.parts
    address = reverse(page.name, args=[system.slug])
    return Link(str(page.title), address, is_here, KEYS.get(page.name, ""))


def opens(row: System) -> set[str]:
    """Actions of the navigation that were found open for a system of `reachable`."""
    return {action for action, name in ASKED.items() if getattr(row, name)}


def reachable(user: Any, system: System | None) -> list[System]:
    """The system one is at, where one is at any, and the others that open."""
    return reached(user, Q(pk=system.pk) if system else Q(pk__in=[]))


def reached(user: Any, at: Q, rights: Sequence[str] = ()) -> list[System]:
    """The system one is at first, then those whose dashboards open, by name; all with `ASKED`.

    With `rights`, whether the person has each of them, as `has_0` and so on.

    TRAP: at most one more than the switcher names, so that an installation of hundreds stays quick.
    """
    rows = System.objects.filter(at | systems_where(user, "dashboard.read"))
    is_at = ExpressionWrapper(at, output_field=BooleanField())
    has = {
        f"has_{place}": ExpressionWrapper(systems_where(user, action), output_field=BooleanField())
        for place, action in enumerate(rights)
    }
    found = rows.annotate(is_at=is_at, **has, **conditions(user)).order_by("-is_at", "name", "pk")
    shown = list(found.distinct()[: MOST_PLACES + 2])
    return sorted(shown, key=lambda row: (row.name, row.pk))


def conditions(user: Any) -> dict[str, Any]:
    """Whether the person may do each action of the navigation, by role or by name."""
    asked: dict[str, Any] = {
        name: ExpressionWrapper(systems_where(user, action), output_field=BooleanField())
        for action, name in ASKED.items()
    }
    # A review or a coalition opens the way to itself for those who are named on it.
    for action, kind in (("review.read", Round), ("coalition.read", Coalition)):
        named = kind.objects.visible_to(user, action).filter(system=OuterRef("pk"))
        asked[ASKED[action]] |= Exists(named)
    return asked
