"""The trail as its readers see it: lines as sentences, filters, and pages of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, tzinfo
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from people.forms.trail import TrailForm
from people.models import AuditEntry, Membership, System, User
from people.models.trail import AuditEntryQuerySet
from people.pages.keyset import Slice, slice_of
from people.trail import words as trail_words
from people.trail.filters import TrailFilters

LATEST = 5
MOST_PEOPLE = 1000


@dataclass(frozen=True)
class Line:
    """One line of the trail in words."""

    entry: AuditEntry
    day: date
    said: str
    changes: list[trail_words.Change]
    door: str
    roles: str

    @classmethod
    def of(cls, entry: AuditEntry, zone: tzinfo) -> "Line":
        return cls(
            entry=entry,
            day=entry.at.astimezone(zone).date(),
            said=trail_words.sentence(entry),
            changes=trail_words.changes(entry),
            door=trail_words.door_name(entry.door),
            roles=trail_words.role_names(entry.role),
        )

    @property
    def is_change(self) -> bool:
        """Whether there is something to show of what was before."""
        return bool(self.entry.before)

    @property
    def history(self) -> str:
        """The part of the address that asks for all lines of the same object."""
        return urlencode({"object": self.entry.object_type, "key": self.entry.object_key})


@dataclass(frozen=True)
class TrailPage:
    """One page of the trail, its filters as they were understood, and the way on."""

    filters: TrailFilters
    form: TrailForm
    lines: list[Line]
    newer: str
    older: str

    @property
    def is_narrowed(self) -> bool:
        """Whether more than words narrows what is shown."""
        return bool(self.filters.query.keys() - {"q", "key"})

    @property
    def about(self) -> str:
        """The one object whose history this is; empty where it is everybody's."""
        if not self.filters.key:
            return ""
        return f"{trail_words.kind_name(self.filters.object)} {self.filters.key}"


def trail_page(user: Any, system: System, query: Mapping[str, str]) -> TrailPage:
    """What this person may read of the trail of a system."""
    rows = AuditEntry.objects.visible_to(user, "trail.read").filter(system=system)
    members = Q(pk__in=Membership.objects.filter(system=system).values("user"))
    return page_of(rows, actors_of(rows, members, query), query, ZoneInfo(system.time_zone))


def installation_page(user: Any, query: Mapping[str, str]) -> TrailPage:
    """The lines that belong to no system, for an administrator."""
    rows = AuditEntry.objects.of_installation(user)
    return page_of(rows, actors_of(rows, Q(is_staff=True), query), query, UTC)


def page_of(
    rows: AuditEntryQuerySet, people: list[User], query: Mapping[str, str], zone: tzinfo
) -> TrailPage:
    filters = TrailFilters.from_query(query)
    if filters.person not in {person.pk for person in people}:
        filters = replace(filters, person=None)
    found = slice_of(filters.applied(rows, zone).select_related("actor"), query)
    return TrailPage(
        filters, TrailForm(filters, people), lines_of(found, zone), found.newer, found.older
    )


def lines_of(found: Slice, zone: tzinfo) -> list[Line]:
    return [Line.of(entry, zone) for entry in found.rows]


def actors_of(rows: AuditEntryQuerySet, listed: Q, query: Mapping[str, str]) -> list[User]:
    """Whom one may ask for: those listed, and who was asked for where a line one may read has them.

    TRAP: any other line would tell who wrote what the reader may not see.
    """
    asked = TrailFilters.from_query(query).person
    here = rows.order_by().filter(actor=OuterRef("pk"))
    people: QuerySet[User] = User.objects.filter(listed | Q(pk=asked) & Exists(here))
    return list(people.order_by("name", "email")[:MOST_PEOPLE])


def trail_of(user: Any, system: System, row: Model, key: str = "") -> list[Line]:
    """The latest lines of one object, for who may read the trail of its system; one query.

    `key` is what the trail calls the object, where that is not its primary key.
    """
    rows = AuditEntry.objects.visible_to(user, "trail.read").filter(system=system)
    latest = rows.about(row, key).select_related("actor").order_by("-at", "-pk")[:LATEST]
    return [Line.of(entry, ZoneInfo(system.time_zone)) for entry in latest]
