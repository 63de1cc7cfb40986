"""One round: what it is for, how it stands, what to do next, and to the unit who takes part."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, Min, OuterRef

from aspirations.pages.rights import rights
from reviews.analysis.plan import window
from reviews.models import AgreedScore, Participant, Round
from reviews.pages.next_step import Next, Standing, next_step
from reviews.pages.plan import Plan, plan_of
from reviews.services.progress import Finished, finished
from reviews.services.reminders import reminded_lately

BY_ROLE = ("review.read", "review.write", "rubric.read", "result.release", "result.first")
NAMED = ("note.read", "conclusion.read", "conclusion.write", "result.read")


KINDS = [kind.value for kind in Participant.Kind]


def place_of(part: Participant) -> tuple[int, str]:
    """By kind, then by name."""
    return KINDS.index(part.kind), part.who.lower()


class ReviewPage:
    """A round as one reader sees it."""

    def __init__(self, user: Any, row: Round) -> None:
        self.user, self.round, self.place = user, row, row.system
        self.today: date = row.system.today()

    # --- who reads -------------------------------------------------------------------------

    @cached_property
    def rights(self) -> frozenset[str]:
        return rights(self.user, self.place, BY_ROLE)

    @property
    def is_of_unit(self) -> bool:
        return "review.read" in self.rights

    @property
    def may_write(self) -> bool:
        return "review.write" in self.rights

    @property
    def may_read_rubric(self) -> bool:
        return "rubric.read" in self.rights

    @property
    def may_change(self) -> bool:
        """Whether people and purpose can be changed now."""
        return self.may_write and not self.round.is_closed

    @cached_property
    def named(self) -> dict[str, bool]:
        """What the reader may do on this round by role or by name, in one query."""
        asked = {
            action.replace(".", "_"): Exists(
                Round.objects.visible_to(self.user, action).filter(pk=OuterRef("pk"))
            )
            for action in NAMED
        }
        readable = Round.objects.with_results_for(self.user).filter(pk=OuterRef("pk"))
        rows = Round.objects.filter(pk=self.round.pk).annotate(**asked, results=Exists(readable))
        return rows.values(*asked, "results").get()

    @property
    def may_read_notes(self) -> bool:
        return self.named["note_read"]

    @property
    def may_read_protocol(self) -> bool:
        return self.may_read_notes or self.is_of_unit

    @property
    def has_results(self) -> bool:
        return self.named["results"]

    @property
    def draws(self) -> bool:
        """Whether the reader draws the conclusions, and can now: of a light review while it is
        open too."""
        now = self.round.is_closed or (self.round.is_light and self.round.is_open)
        return now and self.named["conclusion_read"]

    @property
    def will_read(self) -> bool:
        """Whether the results open to the reader once they are released."""
        return self.named["result_read"] or "result.first" in self.rights

    # --- who takes part --------------------------------------------------------------------

    @cached_property
    def visible_parts(self) -> list[Participant]:
        rows = Participant.objects.visible_to(self.user).present().filter(round=self.round)
        # TRAP: the first link only. A later one would tell who has not finished, or who came.
        rows = rows.with_reach().annotate(sent_at=Min("links__sent_at"))
        return sorted(rows.select_related("user", "named_by"), key=place_of)

    @property
    def parts(self) -> list[Participant] | None:
        """Everyone, to the unit; None to others."""
        return self.visible_parts if self.is_of_unit else None

    @property
    def mine(self) -> Participant | None:
        key = self.user.pk
        return next((part for part in self.visible_parts if part.user_id == key), None)

    @cached_property
    def finished(self) -> Finished:
        return finished(self.round)

    @cached_property
    def may_remind(self) -> bool:
        open_to_it = self.may_write and self.round.is_open and self.finished.asked > 0
        return open_to_it and not reminded_lately(self.round)

    # --- how it stands ---------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.round, self.today)

    @property
    def is_late(self) -> bool:
        return self.round.is_late(self.today)

    @property
    def usual_next(self) -> tuple[date, date]:
        return window(self.round.due)

    @cached_property
    def next(self) -> Next:
        return next_step(self.standing)

    @property
    def standing(self) -> Standing:
        row = self.round
        return Standing(
            state=row.state,
            may_write=self.may_write,
            draws=self.draws,
            releases="result.release" in self.rights,
            reads_results=self.has_results,
            will_read=self.will_read,
            sheet_waits=self.sheet_waits,
            is_light=row.is_light,
            is_asked=self.finished.asked > 0,
            has_rubric=row.rubric_id is not None,
            has_people=bool(self.visible_parts),
            is_late=self.is_late,
            all_finished=self.finished.is_told and self.finished.done == self.finished.asked,
            all_agreed=self.draws and self.all_agreed,
            has_findings=self.draws and row.findings.filter(withdrawn_at=None).exists(),
            to_leader=row.leader_at is not None,
            to_team=row.team_at is not None,
        )

    @property
    def sheet_waits(self) -> bool:
        mine = self.mine
        if mine is None or not mine.is_rater:
            return False
        return mine.finished_at is None and mine.taken_back_at is None

    @property
    def all_agreed(self) -> bool:
        if self.round.rubric is None or self.round.is_light:
            return True
        agreed = AgreedScore.objects.filter(round=self.round).values("element")
        return not self.round.rubric.elements.exclude(pk__in=agreed).exists()
