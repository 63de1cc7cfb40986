"""What a closed round says to one reader: elements, frozen figures, what the panel agreed."""

from functools import cached_property

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.permissions import may
from reviews.analysis import comparison, gaps
from reviews.analysis.anonymity import word_beside_signed
from reviews.models import EVERYONE, GROUPS, SIGNED, Element, Figure, Round
from reviews.pages.chain import Chain
from reviews.pages.scales import Cell, Scale, scale_of
from reviews.services.figures import figures_of
from reviews.services.notes import conversations_held


class Results(Chain):
    """One round as this reader may see it; each part is fetched once, when it is asked for."""

    @cached_property
    def draws(self) -> bool:
        """Whether the reader draws the conclusions, and so sees signed figures."""
        return self.named("conclusion.read")

    @cached_property
    def writes(self) -> bool:
        return self.draws and self.named("conclusion.write")

    @cached_property
    def may_release(self) -> bool:
        return self.round.team_at is None and may(self.user, "result.release", self.round.system)

    def named(self, action: str) -> bool:
        found: bool = Round.objects.visible_to(self.user, action).filter(pk=self.round.pk).exists()
        return found

    @cached_property
    def scale(self) -> Scale:
        return scale_of(self.round.rubric)

    @cached_property
    def figures(self) -> dict[tuple[int, str], Figure]:
        """By element and group, signed ones only for who draws the conclusions.

        None while the round is not closed: what a reopened one published is hidden with it.
        """
        if not self.round.is_closed:
            return {}
        found: dict[tuple[int, str], Figure] = figures_of(self.round)
        if self.draws:
            return found
        return {key: figure for key, figure in found.items() if key[1] not in SIGNED}

    def open_elements(self) -> list[Element]:
        return [row for row in self.elements if row.pk not in self.agreed]

    def word(self, element: Element) -> str:
        """How far the views on an element lie apart, of the figures this reader sees: “close”,
        “discuss”, or nothing."""
        seen = {
            group: figure
            for group in (*GROUPS, *SIGNED, EVERYONE)
            if (figure := self.figures.get((element.pk, group)))
        }
        bodies = [seen[group] for group in SIGNED if group in seen]
        signed = [figure.median for figure in bodies if figure.median is not None]
        ends = [
            end
            for figure in seen.values()
            if figure.group not in SIGNED
            for end in (figure.median, figure.low, figure.high)
            if end is not None
        ]
        return word_beside_signed(seen[EVERYONE].spread if EVERYONE in seen else "", ends, signed)

    def is_apart(self, element: Element) -> bool:
        """Whether the views on an element lie two points apart or more."""
        return self.word(element) == Figure.Spread.DISCUSS

    @cached_property
    def apart(self) -> list[Element]:
        return [row for row in self.elements if self.is_apart(row)]

    @cached_property
    def to_discuss(self) -> list[Element]:
        """Those apart on which nothing is agreed yet."""
        return [row for row in self.apart if row.pk not in self.agreed]

    def gap(self, element: Element) -> gaps.Gap | None:
        """The widest between the self-view and those outside, of what this reader sees."""
        seen = {
            group: figure.median
            for group in (gaps.SELF, *gaps.OUTSIDE)
            if (figure := self.figures.get((element.pk, group))) and figure.median is not None
        }
        return gaps.widest(seen)

    def before(self, pair: comparison.Pair, row: Round | None = None) -> Cell:
        """What an earlier round, else the one before this, agreed where it asked the same."""
        row = row or self.earlier
        if row is None or pair.earlier is None or pair.movement not in comparison.ALIKE:
            return Cell(_("Not the same"), kind="none")
        return self.scale.agreed(self.judged_in.get((row.pk, pair.earlier.code)))

    @cached_property
    def is_followed(self) -> bool:
        """Whether a later review already follows this one, so that none is due after it."""
        later = Round.objects.filter(system=self.round.system_id, starts__gt=self.round.starts)
        same = Q(follows=self.round.pk)
        if self.round.rubric:
            same |= Q(rubric__key=self.round.rubric.key)
        return later.filter(same).exists()

    @property
    def has_scores(self) -> bool:
        """Whether there is anything to show element by element."""
        return bool(self.elements) and bool(self.figures or self.agreed or not self.round.is_light)

    @cached_property
    def heard(self) -> dict[str, int]:
        """How many conversations of each kind were held. Counts alone; what was said is sealed."""
        return {kind: held for kind, (held, _people) in conversations_held(self.round).items()}


def when(row: Round, beside: Round | None = None) -> str:
    """The year of a round; with its month where it shares the year with the one beside it."""
    same = beside is not None and beside.due.year == row.due.year
    return date_format(row.due, "F Y" if same else "Y")
