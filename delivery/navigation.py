"""Where a person can go: the pages of a system that open to them, and their other systems."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition
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
    Page("dashboard", _("Dashboard"), "dashboard.read", frozenset({"metric", "rebase"})),
    Page("capacity", _("Capacity"), "review.read", frozenset({"review"})),
    Page("coalitions", _("Coalitions"), "coalition.read", frozenset({"coalition"})),
)
UNIT = (
    Page("members", _("People"), "members.read",
         frozenset({"invite_member", "change_member", "remove_member"})),
    Page("settings", _("Settings"), "settings.read", frozenset({"settings_words", "policy"})),
    Page("trail", _("Trail"), "trail.read", frozenset({"trail_exports"})),
    Page("tokens", _("Tokens"), "token.read", frozenset({"make_token"})),
)  # fmt: skip
ASKED = {page.action: f"may_{number}" for number, page in enumerate(MAIN + UNIT)}
MOST_PLACES = 12
"""Systems that the switcher names; the list of all has the rest."""


@dataclass(frozen=True)
class Link:
    title: str
    address: str
    is_here: bool


@dataclass(frozen=True)
class Navigation:
    """The pages of one system that open to the reader, and the systems whose dashboards do."""

    main: list[Link]
    unit: list[Link]
    places: list[System]
    has_more: bool


def navigation(user: Any, system: System | None, here: str) -> Navigation:
    """All that the frame of a page asks about its reader, in one query."""
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
    return Link(str(page.title), reverse(page.name, args=[system.slug]), is_here)


def opens(row: System) -> set[str]:
    """Actions of the navigation that were found open for a system of `reachable`."""
    return {action for action, name in ASKED.items() if getattr(row, name)}


def reachable(user: Any, system: System | None) -> list[System]:
    """The system one is at first, then those whose dashboards open, by name; all with `ASKED`.

    TRAP: at most one more than the switcher names, so that an installation of hundreds stays quick.
    """
    at = Q(pk=system.pk) if system else Q(pk__in=[])
    rows = System.objects.filter(at | systems_where(user, "dashboard.read"))
    is_at = ExpressionWrapper(at, output_field=BooleanField())
    found = rows.annotate(is_at=is_at, **conditions(user)).order_by("-is_at", "name", "pk")
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
