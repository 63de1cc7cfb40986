"""Two rounds side by side, and all those before them, element by element."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from reviews.analysis import comparison
from reviews.analysis.comparison import Movement, Pair
from reviews.charts.movement import Move, move
from reviews.models import AgreedScore, Element, Round
from reviews.pages.results import Results, when
from reviews.pages.scales import Cell, scale_of

KINDS: dict[Movement, str | Promise] = {
    Movement.STRONGER: lazy("Stronger"),
    Movement.WEAKER: lazy("Weaker"),
    Movement.SAME: lazy("Not moved"),
    Movement.OPEN: lazy("Not judged in both reviews"),
}
WHY_NOT: dict[Movement, str | Promise] = {
    Movement.NEW: lazy("New: the earlier review did not ask it."),
    Movement.REMOVED: lazy("Removed: this review does not ask it any more."),
    Movement.REWORDED: lazy("Worded anew: the two reviews do not ask the same."),
    Movement.RESCALED: lazy("The scale has changed: the same number means something else."),
    Movement.OTHER: lazy("The earlier review used another rubric."),
}


@dataclass(frozen=True)
class Compared:
    """One element in both rounds, with the reasons of then and now."""

    pair: Pair
    earlier: AgreedScore | None
    now: AgreedScore | None
    before: Cell
    after: Cell
    words: str
    drawing: Move | None

    @property
    def title(self) -> str:
        row = self.pair.now or self.pair.earlier
        return row.title if row else ""


@dataclass(frozen=True)
class Kind:
    """All elements that made one movement."""

    key: str
    title: str | Promise
    rows: tuple[Compared, ...]


@dataclass
class Comparison:
    """What the page of a comparison says; empty where no earlier round is open to the reader."""

    results: Results

    @property
    def earlier(self) -> Round | None:
        return self.results.earlier

    @property
    def earlier_title(self) -> str:
        return when(self.earlier, self.results.round) if self.earlier else ""

    @property
    def now_title(self) -> str:
        return when(self.results.round, self.earlier)

    @cached_property
    def rows(self) -> list[Compared]:
        return [self.compared(pair) for pair in self.results.pairs]

    @cached_property
    def kinds(self) -> list[Kind]:
        """What compares, by movement; movements that no element made are left out."""
        return [
            Kind(movement.value, title, rows)
            for movement, title in KINDS.items()
            if (rows := tuple(row for row in self.rows if row.pair.movement == movement))
        ]

    @property
    def apart(self) -> list[tuple[Compared, str | Promise]]:
        """What does not compare, and why."""
        return [
            (row, WHY_NOT[row.pair.movement]) for row in self.rows if row.pair.movement in WHY_NOT
        ]

    @cached_property
    def counts(self) -> Counter[Movement]:
        return comparison.counts(self.results.pairs)

    @property
    def alike(self) -> int:
        return comparison.alike(self.results.pairs)

    @cached_property
    def history(self) -> list[tuple[str, Round]]:
        """Every round of the chain, oldest first and this one last, by when it was."""
        rounds = [*self.results.chain, self.results.round]
        years = [when(row) for row in rounds]
        return [
            (when(row, row if years.count(year) > 1 else None), row)
            for row, year in zip(rounds, years, strict=True)
        ]

    @property
    def table(self) -> list[tuple[Element, list[Cell]]]:
        """Each element of this round with its cell in every round of the chain."""
        columns = [self.column(row) for row in self.results.chain]
        agreed, scale = self.results.agreed, self.results.scale
        return [
            (row, [*(column[row.code] for column in columns), scale.agreed(agreed.get(row.pk))])
            for row in self.results.elements
        ]

    def column(self, row: Round) -> dict[str, Cell]:
        """Code of now to what an earlier round agreed, where it asked the same."""
        pairs = comparison.compare(self.results.sheet(row), self.results.sheet(self.results.round))
        return {pair.now.code: self.results.before(pair, row) for pair in pairs if pair.now}

    def compared(self, pair: Pair) -> Compared:
        earlier = self.judged(self.earlier, pair.earlier)
        now = self.judged(self.results.round, pair.now)
        drawing = self.drawn(earlier, now) if pair.movement in comparison.COMPARED else None
        alike = pair.movement in comparison.ALIKE
        after = self.results.scale.agreed(now)
        before = self.results.before(pair) if alike else self.then(earlier)
        return Compared(pair, earlier, now, before, after, self.words(pair), drawing)

    def judged(self, row: Round | None, asked: comparison.Asked | None) -> AgreedScore | None:
        if row is None or asked is None:
            return None
        return self.results.judged_in.get((row.pk, asked.code))

    def then(self, earlier: AgreedScore | None) -> Cell:
        """What the earlier round agreed, in the words of its own scale."""
        return scale_of(self.earlier.rubric if self.earlier else None).agreed(earlier)

    def drawn(self, earlier: AgreedScore | None, now: AgreedScore | None) -> Move | None:
        if not (earlier and earlier.value and now and now.value):
            return None
        return move(earlier.value, now.value, self.results.scale.points)

    def words(self, pair: Pair) -> str:
        """The movement in words: “Red to Amber-Green, two points stronger”."""
        if pair.movement not in comparison.COMPARED or not (pair.earlier and pair.now):
            return ""
        names = self.results.scale.names
        before, after = (names[(row.value or 1) - 1] for row in (pair.earlier, pair.now))
        if not pair.steps:
            return _("still %(name)s") % {"name": after}
        return by_points(pair.steps) % {
            "from": before,
            "to": after,
            "points": apnumber(abs(pair.steps)),
        }


def by_points(steps: int) -> str:
    if steps > 0:
        return ngettext(
            "%(from)s to %(to)s, one point up", "%(from)s to %(to)s, %(points)s points up", steps
        )
    return ngettext(
        "%(from)s to %(to)s, one point down", "%(from)s to %(to)s, %(points)s points down", -steps
    )
