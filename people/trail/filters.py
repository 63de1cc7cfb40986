"""What a reader of the trail asks to see; the address holds it, and so does an export."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from django.db.models import Q

from people.models.systems import YEARS
from people.models.trail import AuditEntryQuerySet
from people.permissions import MODELS
from people.trail.acts import ACTIONS

WORDS = 5
LONGEST = 120
SEARCHED = ("actor__name", "actor__email", "action", "object_key", "reason")
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class TrailFilters:
    """The fields bear the names they have in the address.

    q       words, each of them in the actor's name or address, the action, the key or the reason
    object  label of a model, e.g. `aspirations.Target`
    key     what the trail calls one object of that model
    person  key of the actor
    since, until    days, both included
    """

    q: str = ""
    action: str = ""
    object: str = ""
    key: str = ""
    person: int | None = None
    since: date | None = None
    until: date | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, Any]) -> "TrailFilters":
        """Words that mean nothing ask for everything."""
        action, kind = text(query, "action"), text(query, "object")
        known = kind in MODELS
        return cls(
            q=" ".join(text(query, "q").split()[:WORDS]),
            action=action if action in ACTIONS else "",
            object=kind if known else "",
            key=text(query, "key") if known else "",
            person=number(text(query, "person")),
            since=day(text(query, "since")),
            until=day(text(query, "until")),
        )

    @property
    def query(self) -> dict[str, str]:
        """What narrows, as the address and an export hold it."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in named.items() if value not in ("", None)}

    def applied(self, rows: AuditEntryQuerySet, zone: tzinfo = UTC) -> AuditEntryQuerySet:
        """The lines that are asked for; days are those of `zone`."""
        for word in self.q.split():
            found = Q()
            for name in SEARCHED:
                found |= Q(**{f"{name}__icontains": word})
            rows = rows.filter(found)
        return rows.filter(**self.exact(zone))

    def exact(self, zone: tzinfo) -> dict[str, Any]:
        asked = {
            "action": self.action,
            "object_type": self.object,
            "object_key": self.key,
            "actor": self.person,
            "at__gte": self.since and midnight(self.since, zone),
            "at__lt": self.until and midnight(self.until + timedelta(1), zone),
        }
        return {name: value for name, value in asked.items() if value not in ("", None)}


def text(query: Mapping[str, Any], name: str) -> str:
    # TRAP: PostgreSQL takes no NUL, not even to look for it.
    return str(query.get(name, "")).replace("\x00", "").strip()[:LONGEST]


def number(written: str) -> int | None:
    """A key of a row; None where it cannot be one."""
    if not (written.isascii() and written.isdigit()):
        return None
    key = int(written)
    return key if key <= LARGEST_KEY else None


def day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if found.year in YEARS else None


def midnight(on: date, zone: tzinfo) -> datetime:
    return datetime.combine(on, time.min, tzinfo=zone)
