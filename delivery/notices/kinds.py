"""The kinds of notice, and what one notice says."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from people.models import System


@dataclass(frozen=True)
class Kind:
    """`title` stands on the notice, `told` beside the box that chooses it."""

    title: str | Promise
    told: str | Promise


LATE, FALLEN, SHEET, PATH = "late", "fallen", "sheet", "path"
CHALLENGE, MILESTONE, PEOPLE, STOCKTAKE = "challenge", "milestone", "people", "stocktake"
REVIEW, ACTION, CONFIDENTIAL = "review", "action", "confidential"
# In the order in which they stand.
KINDS: dict[str, Kind] = {
    SHEET: Kind(lazy("Assessment"), lazy("Sheets that you are asked for")),
    REVIEW: Kind(
        lazy("Capacity review"), lazy("Scores that you are asked for, and reviews that are due")
    ),
    PATH: Kind(lazy("Path to agree"), lazy("Drafted paths that wait for your agreement")),
    CHALLENGE: Kind(lazy("Challenge"), lazy("Doubts that you are asked to answer")),
    PEOPLE: Kind(lazy("People"), lazy("Leaders proposed, and invitations that ran out")),
    STOCKTAKE: Kind(lazy("Stocktake"), lazy("Stocktakes of the next seven days")),
    ACTION: Kind(
        lazy("Action"), lazy("Actions of your office that are late, or due within seven days")
    ),
    CONFIDENTIAL: Kind(
        lazy("Confidential"), lazy("Confidential pages of yours on which something is due")
    ),
    FALLEN: Kind(lazy("Light fell"), lazy("Lights that fell in the last 30 days")),
    LATE: Kind(lazy("Late figure"), lazy("Figures that are late")),
    MILESTONE: Kind(lazy("Milestone"), lazy("Milestones that are overdue")),
}
ORDER = list(KINDS)


@dataclass(frozen=True)
class Notice:
    """One thing that waits: what, why it is told to this reader, since when, and what to do.

    `address` is a path of this site, `act` the words of its link.
    """

    kind: str
    system: System
    what: str
    why: str
    since: date
    address: str
    act: str

    @property
    def title(self) -> str:
        return str(KINDS[self.kind].title)

    @property
    def place(self) -> tuple[int, date, str]:
        """Where it stands among the notices of its system."""
        return ORDER.index(self.kind), self.since, self.what
