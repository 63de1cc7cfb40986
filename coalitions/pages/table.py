"""Candidates as a table shows them: every fact of the map, in words.

TRAP: what stands on a page may come into a log with the error of a template, as its `repr`. So
nothing here that holds confidential words has one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coalitions.analysis.balance import KEEP_CLOSE, LISTEN, WIN_OVER, WORK_AROUND
from coalitions.models import Coalition, Difficulty, Level, Power, Status
from coalitions.services.considered import Considered
from people.models import Actor

# What the levels come to, in words; never whether to choose somebody.
ADVICE: dict[str, Promise] = {
    WIN_OVER: _("Win over"),
    KEEP_CLOSE: _("Keep close"),
    LISTEN: _("Listen"),
    WORK_AROUND: _("Work around"),
}
WIDTH = 9
ORDER = {
    Status.MEMBER: 0, Status.SHORTLISTED: 0, Status.PROPOSED: 1, Status.LEFT: 2,
    Status.EXCLUDED: 3,
}  # fmt: skip


@dataclass(frozen=True, repr=False)
class Marks:
    """A level in words, and as four marks of which so many are filled: where each stands."""

    words: str
    filled: tuple[float, ...]
    empty: tuple[float, ...]


def marks(level: str) -> Marks:
    places = tuple(0.5 + WIDTH * place for place in range(4))
    return Marks(str(Level(level).label), places[: int(level)], places[int(level) :])


@dataclass(frozen=True, repr=False)
class Side:
    """One of a pair; without a letter where it is no candidate."""

    key: int
    office: str
    letter: str = ""
    number: int = 0


@dataclass(frozen=True, repr=False)
class Pair:
    """Two who find it hard to work together."""

    row: Difficulty
    first: Side
    second: Side

    def other(self, key: int) -> Side:
        return self.second if self.first.key == key else self.first


@dataclass(frozen=True, repr=False)
class Row:
    """One candidate of the table; `difficulties` are the open ones."""

    one: Considered
    alignment: Marks | None = None
    potential: Marks | None = None
    power: Marks | None = None
    main: str = ""
    also: str = ""
    advice: str = ""
    difficulties: list[tuple[Pair, Side]] = field(default_factory=list)

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Chosen first, then by power and potential; who is excluded last."""
        seat = self.one.seat
        power, potential = (seat.power, seat.potential) if seat else (0, 0)
        return ORDER[Status(self.one.status)], -power, -potential, self.one.number


def table(found: Sequence[Considered], pairs: Iterable[Pair]) -> list[Row]:
    """One row a candidate, in the order in which a reader wants them."""
    open_pairs: dict[int, list[tuple[Pair, Side]]] = defaultdict(list)
    for pair in pairs:
        if pair.row.settled_on is None:
            open_pairs[pair.first.key].append((pair, pair.second))
            open_pairs[pair.second.key].append((pair, pair.first))
    rows = [row_of(one, open_pairs[one.candidate.actor_id]) for one in found]
    return sorted(rows, key=lambda row: row.rank)


def row_of(one: Considered, difficulties: list[tuple[Pair, Side]]) -> Row:
    view = one.latest
    if view is None:
        return Row(one, difficulties=difficulties)
    main, also = kinds(view.kinds)
    return Row(
        one, marks(view.alignment), marks(view.potential), marks(view.power),
        main=main, also=also, advice=str(ADVICE[one.advice]), difficulties=difficulties,
    )  # fmt: skip


def kinds(found: Sequence[str]) -> tuple[str, str]:
    """The main kind of power, and the others as a sentence goes on: “also position, expertise”."""
    words = [str(Power(kind).label) for kind in found]
    return words[0], ", ".join(word.lower() for word in words[1:])


def pairs_of(coalition: Coalition, found: Iterable[Considered]) -> list[Pair]:
    """All pairs noted in a coalition, settled ones too, in two queries."""
    rows = list(Difficulty.objects.filter(coalition=coalition))
    sides = {
        one.candidate.actor_id: Side(one.candidate.actor_id, one.office, one.letter, one.number)
        for one in found
    }
    keys = {key for row in rows for key in row.pair}
    for key, name in Actor.objects.filter(pk__in=keys).values_list("pk", "name"):
        sides.setdefault(key, Side(key, name))
    return [Pair(row, sides[row.pair[0]], sides[row.pair[1]]) for row in rows]
