"""Who still owes a sheet, and how far a round has come."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from aspirations.models import Aspiration, Assessment, AssessmentRound, Assessor
from people.models import System, User
from people.permissions import people_who_may


@dataclass(frozen=True)
class Owed:
    """A sheet that someone is asked for and has not sent in."""

    round: AssessmentRound
    aspiration: Aspiration
    is_begun: bool

    @property
    def system(self) -> System:
        return self.aspiration.system


def to_write(user: Any) -> list[Owed]:
    """The sheets that this person is asked for and has not sent in, everywhere; two queries."""
    places = System.objects.visible_to(user, "assessment.write")
    asked = Assessor.objects.filter(
        user=user.pk, round__status=AssessmentRound.Status.OPEN, round__system__in=places
    )
    rounds = {row.round.system_id: row.round for row in asked.select_related("round")}
    if not rounds:
        return []
    mine = sheets_on(OuterRef("pk"), rounds.values()).filter(author=user.pk)
    rows: Any = (
        Aspiration.objects.active()
        .filter(~Exists(mine.submitted()), system__in=list(rounds))
        .annotate(is_begun=Exists(mine))
        .select_related("system")
        .order_by("system__name", "order", "pk")
    )
    return [Owed(rounds[row.system_id], row, row.is_begun) for row in rows]


def sheets_on(aspiration: Any, rounds: Any) -> Any:
    """Sheets of people, moderated ones left out, on an aspiration in these rounds."""
    return Assessment.objects.sheets().filter(aspiration=aspiration, round__in=list(rounds))


@dataclass(frozen=True)
class Progress:
    """How many of those asked have sent in all of their sheets; `people` only for a moderator."""

    people: list[tuple[User, int]]
    aspirations: int
    any_sheet: bool

    @property
    def asked(self) -> int:
        return len(self.people)

    @property
    def done(self) -> int:
        return sum(count >= self.aspirations for _user, count in self.people)

    @property
    def all_in(self) -> bool:
        return self.done == self.asked


def progress(round: AssessmentRound) -> Progress:
    """Each person asked who still may assess, with the number of aspirations they sent a sheet on.

    Three queries. What is told of it to others than a moderator is two numbers.
    """
    active = Q(aspiration__in=round.system.aspirations.active())
    sent = Assessment.objects.sheets().submitted().filter(active, round=round).order_by()
    pairs = set(sent.values_list("author", "aspiration"))
    able = people_who_may("assessment.write", round.system)
    asked = User.objects.filter(able, pk__in=round.assessors.values("user")).order_by("name", "pk")
    people = [(row, sum(author == row.pk for author, _about in pairs)) for row in asked]
    return Progress(people, round.system.aspirations.active().count(), bool(pairs))


def may_be_asked(system: System) -> QuerySet[User]:
    """People who may assess here, by name."""
    able = people_who_may("assessment.write", system)
    return User.objects.filter(able).order_by("name", "email")
