"""What the unit says of one metric, beside the rules: its view, the doubts, and those before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from aspirations.analysis import assessments as analysis
from aspirations.models import Assessment, Challenge, Metric
from aspirations.models.assessments import AssessmentQuerySet
from aspirations.sentences import assessments as words
from people.models import Membership, System, User

SHOWN = 12
READ, WRITE, MODERATE = "assessment.read", "assessment.write", "assessment.moderate"


def with_offices(rows: AssessmentQuerySet) -> AssessmentQuerySet:
    """Sheets with `office`: the one that their author speaks for in that system, if any."""
    offices = Membership.objects.filter(user=OuterRef("author"), system=OuterRef("system"))
    named = offices.exclude(office="").order_by("pk").values("office")[:1]
    return rows.select_related("author").annotate(office=Subquery(named))


def name_of(user: User | None) -> str:
    """The name or office of an account; never an address, which only the unit may read."""
    return (user.name if user else "") or _("Someone of the delivery unit")


@dataclass(frozen=True)
class Doubt:
    """A challenge as a page shows it."""

    row: Challenge
    day: date
    may_answer: bool

    @property
    def author(self) -> str:
        return name_of(self.row.author)

    @property
    def answered_by(self) -> str:
        return name_of(self.row.answered_by)


@dataclass(frozen=True)
class View:
    """A sheet as a page shows it; `day` is where the system is."""

    row: Assessment
    day: date
    doubts: tuple[Doubt, ...] = ()

    @property
    def light(self) -> str:
        return self.row.light

    @property
    def author(self) -> str:
        """The office, where the person speaks for one."""
        return getattr(self.row, "office", None) or name_of(self.row.author)

    @property
    def is_warning(self) -> bool:
        return analysis.is_warning(self.row.light, self.row.computed_light)

    @property
    def differs(self) -> bool:
        return bool(analysis.steps(self.row.light, self.row.computed_light))

    @property
    def difference(self) -> str:
        """How it stood to the rules' light as it was sent in."""
        return words.difference_text(self.row.light, self.row.computed_light)

    @property
    def open_doubts(self) -> int:
        return sum(doubt.row.answered_at is None for doubt in self.doubts)

    @property
    def planning(self) -> str:
        return words.scale_word("planning", self.row.planning)

    @property
    def capacity(self) -> str:
        return words.scale_word("capacity", self.row.capacity)

    @property
    def progress(self) -> str:
        return words.scale_word("progress", self.row.progress)


def viewed(row: Assessment, system: System, doubts: Iterable[Doubt] = ()) -> View:
    return View(row, system.day_of(row.submitted_at or row.written_at), tuple(doubts))


@dataclass
class HumanPanel:
    """The unit's view of a metric beside `computed`, the rules' light now. Two queries."""

    metric: Metric
    user: Any
    rights: frozenset[str]
    computed: str

    @property
    def may_write(self) -> bool:
        return WRITE in self.rights and self.metric.retired_at is None

    @cached_property
    def views(self) -> list[View]:
        """The latest views, newest first, with their doubts."""
        rows = Assessment.objects.visible_to(self.user).of_metrics().filter(metric=self.metric)
        newest = with_offices(rows).with_newer_figures().order_by("-submitted_at", "-pk")
        found = list(newest[:SHOWN])
        doubts = self._doubts(found)
        return [viewed(row, self.metric.system, doubts.get(row.pk, ())) for row in found]

    def _doubts(self, found: list[Assessment]) -> dict[int, list[Doubt]]:
        rows = Challenge.objects.filter(assessment__in=found).select_related(
            "author", "answered_by", "assessment"
        )
        kept: dict[int, list[Doubt]] = {}
        for row in rows if found else ():
            assert row.assessment is not None
            day = self.metric.system.day_of(row.at)
            doubt = Doubt(row, day, self._may_answer(row.assessment) and row.answered_at is None)
            kept.setdefault(row.assessment.pk, []).append(doubt)
        return kept

    def _may_answer(self, sheet: Assessment) -> bool:
        mine = sheet.author_id == self.user.pk and WRITE in self.rights
        return mine or MODERATE in self.rights

    @cached_property
    def latest(self) -> View | None:
        return self.views[0] if self.views else None

    @cached_property
    def standing(self) -> analysis.Standing:
        """Whether the latest view still counts."""
        if self.latest is None:
            return analysis.Standing.LAPSED
        row: Any = self.latest.row
        return analysis.standing(self.metric.system.today(), row.expires_on, row.newer)

    @property
    def current(self) -> View | None:
        """The latest view while it counts."""
        return None if self.standing == analysis.Standing.LAPSED else self.latest

    @property
    def light(self) -> str:
        return self.current.light if self.current else "N"

    @property
    def standing_text(self) -> str:
        row = self.latest.row if self.latest else None
        if row is None or row.expires_on is None:
            return ""
        return words.standing_text(self.standing, row.expires_on, self.metric.system.today())

    @property
    def beside(self) -> str:
        return words.beside_text(self.current.light, self.computed) if self.current else ""

    @property
    def is_warning(self) -> bool:
        return analysis.is_warning(self.light, self.computed)

    @property
    def difference(self) -> str:
        """How the current view stands to the rules' light now; empty where they agree."""
        if self.current is None or not analysis.steps(self.current.light, self.computed):
            return ""
        return words.difference_text(self.current.light, self.computed)

    @property
    def may_challenge(self) -> bool:
        """Whether the reader may doubt the current view: nobody challenges their own."""
        shown = self.current
        return bool(shown and self.may_write and shown.row.author_id != self.user.pk)
