"""The meeting that agrees: what lies furthest apart comes first, what is agreed comes last."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import AgreedScore
from reviews.pages.heat import Column, Heat, Line
from reviews.pages.results import Results
from reviews.pages.scales import Cell


@dataclass(frozen=True)
class Item:
    """One element on the agenda, with its figures and what is agreed so far."""

    line: Line
    columns: list[Column]
    agreed: AgreedScore | None

    @property
    def cells(self) -> list[tuple[Column, Cell]]:
        return list(zip(self.columns, self.line.cells, strict=True))


@dataclass
class Meeting:
    """The agenda in three parts."""

    results: Results

    @cached_property
    def heat(self) -> Heat:
        return Heat(self.results)

    @cached_property
    def items(self) -> list[Item]:
        agreed, columns = self.results.agreed, self.heat.columns
        return [Item(line, columns, agreed.get(line.element.pk)) for line in self.heat.lines]

    @cached_property
    def to_discuss(self) -> list[Item]:
        """Open and far apart, the furthest first."""
        found = [item for item in self.items if not item.agreed and item.line.spread.is_apart]
        return sorted(found, key=lambda item: item.line.rank, reverse=True)

    @cached_property
    def to_agree(self) -> list[Item]:
        """Open, and no wider than close."""
        return [item for item in self.items if not item.agreed and not item.line.spread.is_apart]

    @cached_property
    def agreed(self) -> list[Item]:
        return [item for item in self.items if item.agreed]

    @property
    def headline(self) -> str:
        apart, still = len(self.to_discuss), len(self.to_agree)
        if not self.items:
            return _("This review has no rubric, so there is nothing to agree on.")
        if apart:
            return ngettext(
                "Views are far apart on one element: talk about it first.",
                "Views are far apart on %(count)s elements: talk about them first.", apart,
            ) % {"count": apnumber(apart)}  # fmt: skip
        if still:
            return ngettext(
                "One element is still to be agreed.",
                "%(count)s elements are still to be agreed.",
                still,
            ) % {"count": apnumber(still)}
        if self.results.round.leader_at:
            return _("All elements are agreed.")
        return _("All elements are agreed: draw the conclusions.")
