"""The page on which a group is chosen: the long list with its boxes, and what the choice comes to.

Whoever asks has been through the gate and within the log of openings: all of it is confidential.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.sentences.assessments import in_words
from coalitions.models import Coalition, Difficulty, Status
from coalitions.pages.balance import Checks, Group, chosen_now, group_checks, spheres_on_map
from coalitions.pages.drawings import Figure, power_figure
from coalitions.pages.table import Row, pairs_of, table
from coalitions.services.candidates import SET_ASIDE
from coalitions.services.choosing import standings
from coalitions.services.considered import Considered, considered


@dataclass(frozen=True, repr=False)
class Box:
    """A row with its box; without one until it is judged."""

    row: Row
    ticked: bool

    @property
    def can_tick(self) -> bool:
        return self.row.one.seat is not None or self.row.one.is_chosen


@dataclass(frozen=True, repr=False)
class Choice:
    """All that stands on the page. `ready`: who would become members by the second step."""

    boxes: list[Box]
    apart: list[Row]
    seen: str
    figure: Figure
    checks: Checks
    finding: str
    ready: tuple[str, ...]
    kept: Checks

    @property
    def people(self) -> list[Considered]:
        """Whoever can be chosen, or is."""
        return [box.row.one for box in self.boxes]


def choice(coalition: Coalition, ticked: Group | None = None) -> Choice:
    """The page as it is kept; with `ticked`, as these boxes are. Members stay ticked."""
    rows = considered(coalition)
    pairs = pairs_of(coalition, rows)
    difficulties = [pair.row for pair in pairs]
    group = chosen_now(rows) if ticked is None else with_members(rows, ticked)
    on_map = spheres_on_map(coalition)
    checks = group_checks(coalition, rows, difficulties, group, on_map=on_map)
    lines = table(rows, pairs)
    return Choice(
        boxes=[Box(row, row.one.number in group) for row in lines if is_open(row.one)],
        apart=[row for row in lines if not is_open(row.one)],
        seen=shown(standings(rows)), figure=power_figure(rows, group), checks=checks,
        finding=finding(checks, rows),
        ready=tuple(row.letter for row in rows if row.status == Status.SHORTLISTED),
        kept=group_checks(coalition, rows, difficulties, on_map=on_map),
    )  # fmt: skip


@dataclass(frozen=True, repr=False)
class Tried:
    """What a choice comes to that nobody keeps."""

    figure: Figure
    checks: Checks
    finding: str


def tried(coalition: Coalition, ticked: Group) -> Tried:
    """The map and the checks of these boxes."""
    rows = considered(coalition)
    group = with_members(rows, ticked)
    difficulties = list(Difficulty.objects.filter(coalition=coalition))
    on_map = spheres_on_map(coalition)
    checks = group_checks(coalition, rows, difficulties, group, on_map=on_map)
    return Tried(power_figure(rows, group), checks, finding(checks, rows))


def is_open(one: Considered) -> bool:
    return one.status not in SET_ASIDE


def with_members(rows: Sequence[Considered], ticked: Group) -> Group:
    """Those of the ticked who can be chosen, and every member: a member leaves on its own page."""
    return frozenset(
        one.number for one in rows if one.is_member or (one.number in ticked and is_open(one))
    )


def finding(checks: Checks, rows: Sequence[Considered]) -> str:
    """The page's heading: what the choice comes to."""
    size, points = checks.balance.size, len(checks.warnings)
    if not rows:
        return _("There is nobody to choose from yet.")
    if not size:
        return _("Nobody is chosen yet. Tick seven to ten who are strong together.")
    group = _("A group of %s") % in_words(size)
    if not points:
        return _("%s, and no check warns of anything.") % group
    return ngettext(
        "%(group)s, and %(n)s check to talk about.",
        "%(group)s, and %(n)s checks to talk about.", points,
    ) % {"group": group, "n": in_words(points)}  # fmt: skip


def shown(standings: dict[int, int]) -> str:
    """Where everybody stood when the page was read, as its hidden field holds it."""
    return " ".join(f"{number}:{standing}" for number, standing in standings.items())
