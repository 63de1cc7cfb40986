"""Who works in a system, as its page shows it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from people.labels import role_name
from people.models import Appointment, Invitation, Membership, Role, System, User
from people.permissions import ACTIONS, may
from people.services.appointments import why_not
from people.services.invitations import backers
from people.services.roles import leaders_in_post


@dataclass(frozen=True)
class Held:
    """One role of a person, by the system's name for it."""

    membership: Membership
    name: str


@dataclass(frozen=True)
class Person:
    user: User
    roles: list[Held]


@dataclass(frozen=True)
class Offer:
    """An invitation that waits, and why its link does not work, if it does not."""

    row: Invitation
    role: str
    is_backed: bool


@dataclass(frozen=True)
class Proposal:
    """Someone put forward as a leader; `refusal` says why the reader cannot decide."""

    row: Appointment
    role: str
    refusal: str


@dataclass(frozen=True)
class Above:
    """A system above, and how many of its members read this one."""

    system: System
    count: int
    is_open: bool


def rank(held: Held) -> int:
    """Leaders come first, as in the list of roles."""
    return Role.values.index(held.membership.role)


class MembersPage:
    """Everyone with a role, invitations and proposals that wait, and who reads from above."""

    def __init__(self, system: System, user: Any) -> None:
        self.system, self.user = system, user
        self.may_change = may(user, "members.write", system)
        self.people = self._people()
        self.offers = self._offers()
        self.proposals = self._proposals()
        self.above = self._above()

    @property
    def waiting(self) -> int:
        return len(self.offers) + len(self.proposals)

    def _people(self) -> list[Person]:
        rows = Membership.objects.visible_to(self.user).filter(system=self.system)
        found: dict[int, Person] = {}
        for row in rows.select_related("user").order_by("user__name", "user__email", "since"):
            person = found.setdefault(row.user_id, Person(row.user, []))
            person.roles.append(Held(row, role_name(self.system, row.role)))
        return sorted(found.values(), key=lambda person: min(map(rank, person.roles)))

    def _offers(self) -> list[Offer]:
        rows = Invitation.objects.visible_to(self.user).open().filter(system=self.system)
        able = backers(self.system)
        return [
            Offer(row, role_name(self.system, row.role), row.invited_by_id in able)
            for row in rows.select_related("invited_by")
        ]

    def _proposals(self) -> list[Proposal]:
        rows = Appointment.objects.visible_to(self.user).waiting().filter(system=self.system)
        leaders = leaders_in_post(self.system)
        able = may(self.user, "appointment.decide", self.system)
        return [
            Proposal(row, role_name(self.system, row.role), why_not(row, self.user, leaders, able))
            for row in rows.select_related("user", "proposed_by", "system")
        ]

    def _above(self) -> list[Above]:
        """Counts only: who they are is for the system above to tell."""
        chain = self.system.ancestors()
        reading = Membership.objects.filter(
            system__in=chain, role__in=ACTIONS["dashboard.read"].from_parent, user__is_active=True
        )
        counts = dict(
            reading.order_by().values_list("system").annotate(count=Count("user", distinct=True))
        )
        mine = System.objects.visible_to(self.user, "members.read").filter(
            pk__in=[s.pk for s in chain]
        )
        open_to = set(mine.values_list("pk", flat=True))
        return [Above(s, counts[s.pk], s.pk in open_to) for s in chain if s.pk in counts]
