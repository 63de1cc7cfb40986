"""What stands on the pages of own lists: one's own names, how many lists are sent, the spheres."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalitions.analysis.names import unique_names
from coalitions.models import Candidate, Coalition, Nomination, OwnList
from coalitions.services.lists import FEWEST, MOST, being_pooled, how_many_sent
from coalitions.services.pooling import AT_LEAST
from people.models import Actor


@dataclass(frozen=True, repr=False)
class Breadth:
    """Which spheres the long list covers, and which of the system's have nobody on it."""

    covered: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        return ngettext(
            "The long list covers one sphere.", "The long list covers %(count)s spheres.",
            len(self.covered),
        ) % {"count": len(self.covered)}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Earlier:
    """Lists that were put together at one moment: each name, and how many had it."""

    at: datetime
    lists: int
    names: list[tuple[str, int]]


@dataclass(frozen=True, repr=False)
class OwnListPage:
    """One person's list; of the others only how many are sent."""

    names: list[Nomination]
    is_sent: bool
    is_closed: bool
    sent: int
    people: int
    earlier: list[Earlier]
    breadth: Breadth
    fewest: int = FEWEST
    most: int = MOST

    @property
    def takes_more(self) -> bool:
        return not self.is_sent and len(self.names) < MOST

    @property
    def can_be_sent(self) -> bool:
        return not self.is_sent and not self.is_closed and FEWEST <= len(self.names) <= MOST

    @property
    def can_be_pooled(self) -> bool:
        return self.sent >= AT_LEAST

    @property
    def counter(self) -> str:
        """“5 of 7 to 10”."""
        return _("%(count)s of %(fewest)s to %(most)s") % {
            "count": len(self.names), "fewest": FEWEST, "most": MOST,
        }  # fmt: skip

    @property
    def headline(self) -> str:
        count = len(self.names)
        if self.is_sent:
            return _("Your list is sent, and closed until the lists are put together.")
        if self.is_closed:
            return being_pooled()
        if not count:
            return _("Your list is empty. Name seven to ten offices, by yourself.")
        if count >= FEWEST:
            return _("Your list has %s names and can be sent.") % count
        return ngettext(
            "Your list has one name; it is sent with seven to ten.",
            "Your list has %(count)s names; it is sent with seven to ten.", count,
        ) % {"count": count}  # fmt: skip

    @property
    def sent_words(self) -> str:
        return sent_words(self.sent, self.people)


def sent_words(sent: int, people: int) -> str:
    """How many lists are sent; never whose."""
    words = ngettext(
        "No list is sent yet; one person is asked for one.",
        "No list is sent yet; %(people)s people are asked for one.", people,
    )  # fmt: skip
    if sent:
        words = ngettext(
            "%(sent)s of %(people)s lists is sent.", "%(sent)s of %(people)s lists are sent.", sent
        )
    return words % {"sent": sent, "people": people}


def unsent_words(sent: int, people: int) -> str:
    """What becomes of the others’ lists when those that are sent are closed."""
    count = people - sent
    if not count:
        return _("Everyone has sent theirs.")
    return ngettext(
        "One has not sent theirs, and it will not count.",
        "%(count)s have not sent theirs, and will not count.", count,
    ) % {"count": count}  # fmt: skip


def own_list_page(coalition: Coalition, user: Any) -> OwnListPage:
    """SealedError where the key is not there."""
    rows = OwnList.objects.visible_to(user).filter(coalition=coalition, author=user)
    own = rows.filter(pooled_at=None).first()
    readable = Nomination.objects.visible_to(user).filter(own_list__coalition=coalition)
    sent, people = how_many_sent(coalition)
    return OwnListPage(
        names=list(readable.filter(own_list=own)) if own else [],
        is_sent=bool(own and own.sent_at), is_closed=coalition.lists_closed_at is not None,
        sent=sent, people=people,
        earlier=earlier(readable), breadth=breadth_of(coalition),
    )  # fmt: skip


def earlier(readable: Any) -> list[Earlier]:
    """What was put together before, the latest first; without whose each name was."""
    rows = readable.filter(own_list__pooled_at__isnull=False).select_related("own_list")
    ranked = rows.order_by("-own_list__pooled_at", "pk")
    return [told(at, list(group)) for at, group in groupby(ranked, lambda row: pooled(row))]


def pooled(row: Nomination) -> datetime:
    moment = row.own_list.pooled_at
    assert moment is not None
    return moment


def told(at: datetime, rows: Sequence[Nomination]) -> Earlier:
    names = [
        (one.name, len({rows[place].own_list_id for place in one.at}))
        for one in unique_names([row.office for row in rows])
    ]
    names.sort(key=lambda one: -one[1])
    return Earlier(at, len({row.own_list_id for row in rows}), names)


def breadth_of(coalition: Coalition) -> Breadth:
    """The spheres of the long list beside those of the system's map; two queries."""
    rows = Candidate.objects.filter(coalition=coalition).values_list("actor__sphere", flat=True)
    known = Actor.objects.filter(system=coalition.system).active()
    return breadth(rows, known.values_list("sphere", flat=True))


def breadth(covered: Iterable[str], known: Iterable[str]) -> Breadth:
    there = set(covered)
    return Breadth(tuple(sorted(there)), tuple(sorted(set(known) - there)))
