"""The pages one can go to and the acts one may begin, by the words people call them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from delivery import navigation
from delivery.search.asking import Asked
from delivery.search.finding import MOST, Found, Group
from people.models import System
from people.permissions import administers, systems_where


@dataclass(frozen=True)
class Door:
    """A page of a system: `words` are other names that people give it."""

    name: str
    title: str | Promise
    action: str
    words: str | Promise = ""

    @property
    def text(self) -> str:
        return f"{self.title} {self.words}"


ACTS = (
    Door("new_aspiration", lazy("Write an aspiration"), "plan.write", lazy("new add goal")),
    Door("new_metric", lazy("Define a metric"), "plan.write", lazy("new add indicator measure")),
    Door("plan_stocktake", lazy("Plan a stocktake"), "routine.write", lazy("new add meeting")),
    Door("open_assessment_round", lazy("Open a round of assessment"), "assessment.moderate",
         lazy("new start human judgment")),
    Door("new_round", lazy("Set up a capacity review"), "review.write", lazy("new add round")),
    Door("rubrics", lazy("Rubrics"), "rubric.read", lazy("elements scale review")),
    Door("new_actor", lazy("Add an actor"), "actor.write", lazy("new office body map")),
    Door("invite_member", lazy("Invite someone"), "members.write", lazy("new add member person")),
    Door("make_token", lazy("Let a program in"), "token.write", lazy("new add token interface")),
    Door("settings_words", lazy("Words of the system"), "settings.read", lazy("labels rename")),
    Door("policy", lazy("Rules of judgment"), "settings.read", lazy("policy thresholds lights")),
)  # fmt: skip
OTHER_WORDS = {
    "dashboard": lazy("home league table lights"),
    "metrics": lazy("all metrics definitions figures indicators"),
    "actors": lazy("map landscape offices bodies relations stakeholders"),
    "members": lazy("members roles invitations"),
    "settings": lazy("name time zone second factor"),
    "trail": lazy("history changes audit log"),
    "tokens": lazy("programs interface"),
    "trajectories": lazy("paths plans targets"),
    "assessments": lazy("human judgments rounds sheets"),
    "stocktakes": lazy("meetings calendar"),
    "actions": lazy("tasks to do owners due"),
    "capacity": lazy("reviews rubric"),
}
EVERYWHERE = (
    ("home", lazy("All systems"), lazy("side by side home")),
    ("account", lazy("Your account"), lazy("name password roles leave")),
    ("notices", lazy("Notices"), lazy("attention waiting mail digest")),
    ("shortcuts", lazy("Keyboard shortcuts"), lazy("keys help")),
    ("rules", lazy("How judgments are made"), lazy("lights thresholds policy")),
    ("mfa_index", lazy("Passkeys, codes and recovery codes"), lazy("second factor sign in")),
)
OFFICE = (
    ("installation", lazy("Installation"), lazy("systems version")),
    ("installation_people", lazy("Accounts"), lazy("people users installation")),
    ("new_system", lazy("Make a system"), lazy("new add installation")),
)


def pages_found(user: Any, asked: Asked) -> Group | None:
    """Pages and acts that fit, near ones first; at most one query. None where nothing fits."""
    ranked = [*doors_found(user, asked), *(found_everywhere(user, asked))]
    found = [one for _rank, one in sorted(ranked, key=lambda pair: pair[0])]
    if not found:
        return None
    return Group("pages", _("Pages"), found[:MOST], len(found))


def found_everywhere(user: Any, asked: Asked) -> Iterable[tuple[int, Found]]:
    offered = EVERYWHERE + (OFFICE if administers(user) else ())
    for name, title, words in offered:
        if asked.fits(f"{title} {words}") and not asked.within:
            query = "?all=1" if name == "home" else ""
            yield asked.rank(str(title)), Found(str(title), reverse(name) + query)


def doors_found(user: Any, asked: Asked) -> list[tuple[int, Found]]:
    """Of the system one comes from, or looks in; where one is in none, of the first few."""
    doors = [door for door in all_doors() if asked.fits(door.text)]
    if not doors:
        return []
    return [
        (asked.rank(str(door.title)), Found(
            str(door.title), reverse(door.name, args=[system.slug]), system.name
        ))
        for system in systems_opening(user, doors, asked)
        for door in doors
        if getattr(system, opening(door))
    ]  # fmt: skip


def all_doors() -> list[Door]:
    entries = [
        Door(page.name, page.title, page.action, OTHER_WORDS.get(page.name, ""))
        for page in (*navigation.MAIN, *navigation.UNIT)
    ]
    return [*entries, *ACTS]


def opening(door: Door) -> str:
    return f"opens_{door.name}"


def systems_opening(user: Any, doors: list[Door], asked: Asked) -> Iterable[System]:
    """The system looked in, or the one come from; else the first `MOST` where any door opens."""
    by_name = navigation.by_name(user)
    asks: dict[str, Any] = {}
    for door in doors:
        by_role = ExpressionWrapper(systems_where(user, door.action), output_field=BooleanField())
        named = by_name.get(navigation.key(door.action))
        asks[opening(door)] = by_role | named if named else by_role
    rows = System.objects.annotate(**asks)
    opens = Q()
    for name in asks:
        opens |= Q(**{name: True})
    if only := asked.within or asked.near:
        rows = rows.filter(slug=only)
    return rows.filter(opens).order_by("name", "pk")[:MOST]
