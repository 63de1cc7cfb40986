"""The one list of actions, as one person may read it."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Min, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from people.models import Action, System
from people.services.actions import offices_settled_by
from reviews.models import Round

OPEN = Action.Status.OPEN
SHOWN = 50
"""Actions on one page of the list."""
MOST_DIGITS = 6
STATES = {
    "open": lazy("Open"), "late": lazy("Late"), "done": lazy("Done"), "dropped": lazy("Dropped"),
    "all": lazy("All of them"),
}  # fmt: skip


class ActionsPage:
    """Shared actions of a system, narrowed by `owner` and `state` as far as these are known."""

    def __init__(self, system: System, user: Any, query: Mapping[str, str]) -> None:
        self.system, self.user, self.query = system, user, query
        self.today = system.today()
        self.state = query.get("state", "") if query.get("state") in STATES else "open"

    @cached_property
    def shared(self) -> QuerySet[Action]:
        return Action.objects.visible_to(self.user).filter(system=self.system)

    @cached_property
    def counts(self) -> dict[str, Any]:
        """How many there are, are open and late, and when the next open one is due."""
        is_open, late = Q(status=OPEN), Q(status=OPEN, due__lt=self.today)
        return self.shared.aggregate(
            all=Count("pk"), open=Count("pk", filter=is_open), late=Count("pk", filter=late),
            next=Min("due", filter=is_open & ~late),
        )  # fmt: skip

    @cached_property
    def owners(self) -> list[str]:
        names = self.shared.order_by("owner").values_list("owner", flat=True)
        return list(names.distinct())

    @property
    def owner(self) -> str:
        """The office the list is narrowed to; "" where it is none of those known."""
        asked = self.query.get("owner", "")
        return asked if asked in self.owners else ""

    @property
    def states(self) -> list[tuple[str, str]]:
        return [(code, str(words)) for code, words in STATES.items()]

    def narrowed(self) -> QuerySet[Action]:
        """Open ones by the day they are due, late first; settled ones behind, the latest first."""
        rows = self.shared.filter(**({"owner": self.owner} if self.owner else {}))
        rows = rows.filter(self.condition())
        settled = Case(When(status=OPEN, then=Value(0)), default=Value(1))
        due = Case(When(status=OPEN, then="due"))
        rows = rows.annotate(behind=settled, first=due)
        return rows.order_by("behind", "first", "-settled_on", "pk")

    def condition(self) -> Q:
        if self.state == "all":
            return Q()
        if self.state == "late":
            return Q(status=OPEN, due__lt=self.today)
        return Q(status=self.state)

    @cached_property
    def rows(self) -> Page[Any]:
        """One page of the list, each row with `is_late`, `may_settle` and `round` to read on."""
        related = "of_review__implication__finding__round"
        asked = self.query.get("page", "")[:MOST_DIGITS]
        page = Paginator(self.narrowed().select_related(related), SHOWN).get_page(
            asked if asked.isascii() and asked.isdigit() else 1
        )
        for row in page.object_list:
            self.complete(row)
        return page

    def complete(self, row: Any) -> None:
        row.late = row.is_late(self.today)
        row.may_settle = self.offices is None or row.owner.casefold() in self.offices
        of_review = getattr(row, "of_review", None)
        round = of_review.implication.finding.round if of_review else None
        row.round = round if round and round.pk in self.readable else None

    @cached_property
    def offices(self) -> set[str] | None:
        return offices_settled_by(self.user, self.system)

    @cached_property
    def readable(self) -> set[int]:
        """Reviews whose results this person reads: the actions of these lead there."""
        rounds = Round.objects.filter(system=self.system).with_results_for(self.user)
        return set(rounds.values_list("pk", flat=True))

    @property
    def headline(self) -> str:
        """How many are open and late, in one sentence."""
        count = self.counts
        if not count["all"]:
            return _("No action is agreed on yet.")
        if not count["open"]:
            return _("No action is open: all that was agreed on is settled.")
        if count["late"]:
            words = ngettext(
                "%(late)s of %(open)s open actions is late.",
                "%(late)s of %(open)s open actions are late.",
                count["late"],
            )
            return words % count
        words = ngettext(
            "One action is open; it is due on %(day)s.",
            "%(open)s actions are open; the next is due on %(day)s.",
            count["open"],
        )
        return words % {**count, "day": date_format(count["next"], "j F Y")}
