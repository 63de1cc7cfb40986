"""What the page of one coalition shows. The caller has been through the gate."""

from dataclasses import dataclass
from datetime import date

from coalitions.models import Charter, Coalition, NextStep
from coalitions.pages.balance import Checks, group_checks, spheres_on_map
from coalitions.pages.drawings import Figure, circles_figure, power_figure
from coalitions.pages.headline import headline
from coalitions.pages.table import Row, pairs_of, table
from coalitions.services.considered import Considered, considered

MOST_STEPS = 6


@dataclass(frozen=True, repr=False)
class Step:
    """Something one of us does next; `letter` is empty where it is about the whole group."""

    row: NextStep
    letter: str
    is_overdue: bool


@dataclass(frozen=True, repr=False)
class Page:
    """`steps` are the open ones, soonest first; `more_steps` says how many are left out."""

    headline: str
    map: Figure
    checks: Checks
    rows: list[Row]
    charter: Charter | None
    steps: list[Step]
    more_steps: int
    circles: Figure | None
    review_overdue: bool


def page_of_coalition(coalition: Coalition) -> Page:
    """SealedError where the key is not there."""
    today = coalition.system.today()
    found = considered(coalition)
    pairs = pairs_of(coalition, found)
    difficulties, on_map = [pair.row for pair in pairs], spheres_on_map(coalition)
    checks = group_checks(coalition, found, difficulties, on_map=on_map)
    rings = list(coalition.circles.all())
    charter = Charter.objects.filter(coalition=coalition).first()
    has_charter = charter is not None and bool(charter.purpose)
    steps = open_steps(coalition, today)
    due = coalition.review_due
    return Page(
        headline=headline(found, has_charter=has_charter, group=checks.balance),
        map=power_figure(found), checks=checks, rows=table(found, pairs), charter=charter,
        steps=steps[:MOST_STEPS], more_steps=max(0, len(steps) - MOST_STEPS),
        circles=circles_figure(core_of(found), rings) if rings else None,
        review_overdue=due is not None and due < today,
    )  # fmt: skip


def open_steps(coalition: Coalition, today: date) -> list[Step]:
    """What is still to be done, soonest first."""
    rows = NextStep.objects.filter(coalition=coalition, done_on=None).select_related("candidate")
    return [
        Step(row, row.candidate.letter if row.candidate else "", row.due < today) for row in rows
    ]


def core_of(found: list[Considered]) -> int:
    """How many make up the coalition: its members, or before there are any its short list."""
    members = sum(one.is_member for one in found)
    return members or sum(one.is_chosen for one in found)
