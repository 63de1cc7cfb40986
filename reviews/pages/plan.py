"""The plan of a round: its steps, how long each takes at most, and how each stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.analysis.plan import state_of
from reviews.models import Round, Step

Words = str | Promise
Kind = Step.Kind

# What each step is for, and how long it takes at most.
ABOUT: dict[str, tuple[Words, Words]] = {
    Kind.INTRODUCTION: (_("Purpose, process and roles, said to everyone."), _("1 hour")),
    Kind.SELF_REVIEW: (_("The team and those who take part score alone."), _("1–2 days")),
    Kind.FOCUS_GROUPS: (
        _("A cross-section: history, approach and barriers."), _("Half a day to a day")
    ),
    Kind.INTERVIEWS: (
        _("One to one: leaders, middle, front line, and experts from outside."), _("2–3 days")
    ),
    Kind.CONCLUSIONS: (_("With the leader first, then the top team."), _("2 days")),
    Kind.FOLLOW_UP: (
        _("By a fresh joint team."), _("2–3 days, every 18–24 months")
    ),
}  # fmt: skip
STATES: dict[str, Words] = {
    "done": _("Done"), "late": _("Late"), "now": _("Under way"), "ahead": _("Ahead"),
}  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """One step as the reader's table shows it."""

    row: Step
    state: str

    @property
    def about(self) -> Words:
        return ABOUT[self.row.kind][0]

    @property
    def usual(self) -> Words:
        return ABOUT[self.row.kind][1]

    @property
    def state_name(self) -> Words:
        return STATES[self.state]

    @property
    def is_done(self) -> bool:
        return self.state == "done"


@dataclass(frozen=True)
class Plan:
    """The steps of a round as they stand today."""

    steps: list[Planned]

    @property
    def done(self) -> list[Planned]:
        return [step for step in self.steps if step.is_done]

    @property
    def late(self) -> list[Planned]:
        return [step for step in self.steps if step.state == "late"]

    @property
    def late_names(self) -> str:
        return ", ".join(step.row.get_kind_display() for step in self.late)

    @property
    def next(self) -> Planned | None:
        """The first step that is not done."""
        return next((step for step in self.steps if not step.is_done), None)


def plan_of(round: Round, today: date) -> Plan:
    return standing(round.steps.all(), today)


def standing(steps: Iterable[Step], today: date) -> Plan:
    return Plan([Planned(row, state_of(row.starts, row.ends, row.done_on, today)) for row in steps])
