"""Whose notices they are: the systems they work in, what they may do there, and their offices."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone

from people.models import Membership, System
from people.permissions import memberships, systems_where

ASKED = (
    "dashboard.read", "observation.read", "observation.write", "plan.write", "trajectory.write",
    "trajectory.agree", "assessment.read", "assessment.write", "routine.read", "members.write",
    "appointment.decide", "review.write", "result.first",
)  # fmt: skip


class Reader:
    """Someone in the systems where they have a role of their own, in two queries.

    What one reads from a system above is for its own people to look after.
    """

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def held(self) -> list[Membership]:
        """The roles that count now."""
        return list(memberships(self.user))

    @cached_property
    def systems(self) -> dict[int, System]:
        """By key, each with `may_<number>` for the actions of `ASKED`."""
        asks = {
            named(action): ExpressionWrapper(
                systems_where(self.user, action), output_field=BooleanField()
            )
            for action in ASKED
        }
        keys = {row.system_id for row in self.held}
        return System.objects.filter(pk__in=keys).annotate(**asks).in_bulk()

    def where(self, *actions: str) -> list[int]:
        """Keys of the systems where any of the actions is theirs."""
        return [
            key
            for key, row in self.systems.items()
            if any(getattr(row, named(action)) for action in actions)
        ]

    def may(self, action: str, system: int) -> bool:
        return system in self.where(action)

    @cached_property
    def offices(self) -> dict[int, set[str]]:
        """The offices they speak for, by system."""
        found: dict[int, set[str]] = {}
        for row in self.held:
            if row.office:
                found.setdefault(row.system_id, set()).add(row.office)
        return found

    def looks_after(self, *, metric: str, actions: Iterable[str]) -> Q:
        """The condition on rows that their metric is this person's to look after.

        `metric` is the lookup to it. Theirs is what their office owns or keeps; the unit's people
        without an office look after the whole system.
        """
        mine = Q(pk__in=[])
        for key in self.where(*actions):
            for office in self.offices.get(key, ()):
                owned = Q(**{f"{metric}__owner__iexact": office})
                kept = Q(**{f"{metric}__custodian__iexact": office})
                mine |= Q(**{f"{metric}__system": key}) & (owned | kept)
        unit = [key for key in self.where("plan.write") if key not in self.offices]
        mine |= Q(**{f"{metric}__system__in": unit})
        return mine & Q(**{f"{metric}__retired_at": None})

    def why(self, system: int, owner: str) -> str:
        """The office through which something is theirs; empty for people of the unit."""
        offices = self.offices.get(system, set())
        return owner if owner.casefold() in {office.casefold() for office in offices} else ""

    def today(self, system: int) -> date:
        day: date = self.systems[system].today()
        return day

    @cached_property
    def days(self) -> tuple[date, date]:
        """The first and the last of the systems' days: what a query can be narrowed by."""
        days = {self.today(key) for key in self.systems} or {timezone.now().date()}
        return min(days), max(days)


def named(action: str) -> str:
    return f"may_{ASKED.index(action)}"
