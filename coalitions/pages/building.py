"""How a coalition is kept alive: with each member, and in the whole group."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Max, Prefetch, Q

from coalitions.analysis.contact import FADING, LAPSED
from coalitions.models import (
    Barrier,
    Candidate,
    Circle,
    Coalition,
    CommonGround,
    Contact,
    MemberCommitment,
    NextStep,
    Status,
    Vacancy,
)
from coalitions.pages.building_words import headline
from coalitions.pages.drawings import Figure, circles_figure
from coalitions.pages.members import Member, Touch
from coalitions.pages.overlap import Overlaps, overlaps
from coalitions.services.considered import Considered, by_candidate, considered

SHOWN = 30


class BuildingPage:
    """What one reader sees of the work: as many queries for three members as for ten."""

    def __init__(self, coalition: Coalition, user: Any, page: str = "") -> None:
        self.coalition, self.user, self.page = coalition, user, page
        self.today = coalition.system.today()

    @cached_property
    def people(self) -> list[Considered]:
        return considered(self.coalition)

    @cached_property
    def has_members(self) -> bool:
        return any(one.is_member for one in self.people)

    @cached_property
    def members(self) -> list[Member]:
        """The members; before there are any, the short list."""
        wanted = Status.MEMBER if self.has_members else Status.SHORTLISTED
        return [self.member(one) for one in self.people if one.status == wanted]

    def member(self, one: Considered) -> Member:
        key = one.candidate.pk
        return Member(
            one, self.coalition, self.today, self.touches.get(key, Touch()),
            next(iter(self.grounds[key]), None), self.by_whom["commitments"][key],
            self.by_whom["steps"][key], self.by_whom["removed"][key],
        )  # fmt: skip

    @cached_property
    def by_whom(self) -> dict[str, dict[int, list[Any]]]:
        """Rows of the whole page by the candidate they are about."""
        return {
            "commitments": by_candidate(self.commitments),
            "steps": by_candidate(row for row in self.steps if row.candidate_id),
            "removed": by_remover(self.removed),
        }

    @cached_property
    def touches(self) -> dict[int, Touch]:
        """By candidate, when they were last met; a message one way refreshes nothing."""
        one_way = Q(kind=Contact.Kind.MESSAGE)
        rows = Contact.objects.filter(coalition=self.coalition).order_by().values("candidates")
        found = rows.annotate(
            last=Max("held_on", filter=~one_way), sent=Max("held_on", filter=one_way)
        )
        return {row["candidates"]: Touch(row["last"], row["sent"]) for row in found}

    @cached_property
    def grounds(self) -> dict[int, list[Any]]:
        return by_candidate(CommonGround.objects.filter(candidate__coalition=self.coalition))

    @cached_property
    def contacts(self) -> Page[Contact]:
        """Newest first, some at a time."""
        with_whom = Prefetch("candidates", Candidate.objects.select_related("actor"))
        rows = Contact.objects.filter(coalition=self.coalition).prefetch_related(with_whom)
        return Paginator(rows, SHOWN).get_page(self.page)

    @cached_property
    def commitments(self) -> list[MemberCommitment]:
        """Open ones first, the longest due on top."""
        rows = MemberCommitment.objects.filter(candidate__coalition=self.coalition)
        found = rows.select_related("candidate__actor")
        return sorted(found, key=lambda row: (not row.is_open, row.due, row.pk))

    @cached_property
    def overdue(self) -> list[MemberCommitment]:
        return [row for row in self.commitments if row.is_overdue(self.today)]

    @cached_property
    def barriers(self) -> list[Barrier]:
        rows = Barrier.objects.filter(coalition=self.coalition)
        return list(rows.select_related("removed_by__actor"))

    @cached_property
    def standing(self) -> list[Barrier]:
        """Barriers that still stand in the way, the oldest first."""
        return [row for row in self.barriers if row.removed_on is None]

    @cached_property
    def removed(self) -> list[Barrier]:
        """The latest first."""
        return [row for row in reversed(self.barriers) if row.removed_on is not None]

    @cached_property
    def steps(self) -> list[NextStep]:
        rows = NextStep.objects.filter(coalition=self.coalition)
        return list(rows.select_related("candidate__actor"))

    @cached_property
    def to_do(self) -> list[NextStep]:
        return [row for row in self.steps if row.done_on is None]

    @cached_property
    def done(self) -> list[NextStep]:
        """The latest first."""
        rows = [row for row in self.steps if row.done_on is not None]
        return sorted(rows, key=lambda row: (row.done_on, row.pk), reverse=True)

    @cached_property
    def vacancies(self) -> list[Vacancy]:
        """Those to come first."""
        rows = Vacancy.objects.filter(coalition=self.coalition).select_related("actor")
        return sorted(rows, key=lambda row: (row.filled_on is not None, row.falls_vacant_on))

    @cached_property
    def circles(self) -> list[Circle]:
        return list(Circle.objects.filter(coalition=self.coalition))

    @property
    def figure(self) -> Figure:
        """The circles around the coalition, drawn."""
        return circles_figure(len(self.members), self.circles)

    @cached_property
    def overlap(self) -> Overlaps:
        return overlaps(self.coalition, self.people, self.user)

    @cached_property
    def headline(self) -> str:
        states = [one.state for one in self.members]
        return headline(
            len(states), fading=states.count(FADING), lapsed=states.count(LAPSED),
            unmet=sum(one.is_unmet for one in self.members), overdue=len(self.overdue),
            barriers=len(self.standing), formed=self.has_members,
        )  # fmt: skip


def by_remover(rows: Iterable[Barrier]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        if row.removed_by_id:
            found[row.removed_by_id].append(row)
    return found
