"""Where a person can go: the pages of a system that open to them, and their other systems."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition
from coalitions.urls import names as of_coalitions
from people.gate import system_or_404
from people.models import System
from people.permissions import opens_to, roles_here, systems_where
from reviews.models import Round
from reviews.urls import urlpatterns as of_reviews


@dataclass(frozen=True)
class Page:
    """One entry of the navigation. `parts` are the addresses that lie beneath it."""

    name: str
    title: Promise
    action: str
    parts: frozenset[str] = frozenset()


# Every page of the room lies beneath its first one.
OF_REVIEWS = frozenset(str(route.name) for route in of_reviews)
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
    Page("actions", _("Actions"), "routine.read", frozenset({"settle_action"})),
    Page("capacity", _("Capacity"), "review.read", OF_REVIEWS),
    Page("coalitions", _("Coalitions"), "coalition.read", of_coalitions),
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
                "add_benchmark",
                "withdraw_benchmark",
                "segments",
                "new_segment",
                "edit_segment",
            }
        ),
    ),
)
UNIT = (
    Page("actors", _("Actors"), "actor.read",
         frozenset({"new_actor", "edit_actor", "retire_actor", "reinstate_actor",
                    "add_relation", "remove_relation"})),
    Page("members", _("People"), "members.read",
         frozenset({"invite_member", "change_member", "remove_member"})),
    Page("settings", _("Settings"), "settings.read", frozenset({"settings_words", "policy"})),
    Page("trail", _("Trail"), "trail.read", frozenset({"trail_exports"})),
    Page("tokens", _("Tokens"), "token.read", frozenset({"make_token"})),
)  # fmt: skip
ASKED = frozenset(page.action for page in MAIN + UNIT)
FRONT = "dashboard.read"
# A review or a coalition opens the way to itself for those who are named on it.
NAMED: dict[str, type[Round] | type[Coalition]] = {
    "review.read": Round,
    "coalition.read": Coalition,
}
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
    found = reached(request.user, Q(slug=slug))
    at = next((row for row in found if row.slug == slug), None)
    allowed = opens(request.user, at, (action, *rights)) if at else set()
    if at is None or action not in allowed:
        at = system_or_404(request, slug, action)
    arrival = Arrival(at, frozenset(allowed), found)
    request.arrival = arrival  # type: ignore[attr-defined]
    return arrival


def navigation(
    user: Any, system: System | None, here: str, found: list[System] | None = None
) -> Navigation:
    """All that the frame of a page asks about its reader, in one query, or in none if `found`."""
    if found is None:
        found = reachable(user, system)
    places = [row for row in found if has(row, FRONT)]
    at = next((row for row in found if system and row.pk == system.pk), None)
    allowed = opens(user, at, ASKED) if at else set()
    main, unit = (
        [link(page, at, here) for page in pages if at and page.action in allowed]
        for pages in (MAIN, UNIT)
    )
    return Navigation(main, unit, places[:MOST_PLACES], len(places) > MOST_PLACES)


def link(page: Page, system: System, here: str) -> Link:
    is_here = here == page.name or here in page.parts
    address = reverse(page.name, args=[system.slug])
    return Link(str(page.title), address, is_here, KEYS.get(page.name, ""))


def opens(user: Any, row: System, actions: Iterable[str]) -> set[str]:
    """Which of the actions are open to the person in a system that `reached` found."""
    roles = row.roles  # type: ignore[attr-defined]
    return {action for action in actions if has(row, action) or opens_to(user, action, roles)}


def has(row: System, action: str) -> bool:
    """Whether the database itself said that an action is open there."""
    return bool(getattr(row, key(action), False))


def key(action: str) -> str:
    return f"has_{action.replace('.', '_')}"


def reachable(user: Any, system: System | None) -> list[System]:
    """The system one is at, where one is at any, and the others that open."""
    return reached(user, Q(pk=system.pk) if system else None)


def reached(user: Any, at: Q | None) -> list[System]:
    """The system one is at first, then those whose dashboards open, by name; with the roles there.

    TRAP: at most one more than the switcher names, so that an installation of hundreds stays quick.
    """
    front = {key(FRONT): ExpressionWrapper(systems_where(user, FRONT), BooleanField())}
    rows, open_ = System.objects.annotate(**front), Q(**{key(FRONT): True})
    if at is None:
        return list(rows.filter(open_).order_by("name", "pk")[: MOST_PLACES + 1])
    is_at = ExpressionWrapper(at, output_field=BooleanField())
    rows = rows.filter(at | open_).annotate(is_at=is_at, roles=roles_here(user), **by_name(user))
    shown = list(rows.order_by("-is_at", "name", "pk")[: MOST_PLACES + 2])
    return sorted(shown, key=lambda row: (row.name, row.pk))


def by_name(user: Any) -> dict[str, Any]:
    """Whether something of a system opens to the person because it names them."""
    return {
        key(action): Exists(
            kind.objects.naming_now(user, action).filter(system=OuterRef("pk"))
        )
        for action, kind in NAMED.items()
    }  # fmt: skip
