"""The part of a dashboard that tells what changed since another day."""

from abc import ABC, abstractmethod
from datetime import date
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from delivery.board import changes
from delivery.board.briefs import Brief
from delivery.board.changes import Change
from delivery.board.figures import Figures
from delivery.board.outline import Outline


class Changing(ABC):
    """What a dashboard says of the time between two days, from its outline and its figures."""

    today: date

    @property
    @abstractmethod
    def outline(self) -> Outline: ...

    @property
    @abstractmethod
    def figures(self) -> Figures: ...

    @property
    def briefs(self) -> dict[int, Brief]:
        return self.outline.briefs

    @property
    def since(self) -> str:
        """“the stocktake on 16 December 2025” or the day alone."""
        day = date_format(self.outline.since, "j F Y")
        held = self.outline.since == self.outline.held
        return _("the stocktake on %(day)s") % {"day": day} if held else day

    @cached_property
    def _moved(self) -> list[Brief]:
        return changes.moved_lights(self.briefs.values())

    @cached_property
    def changes(self) -> list[Change]:
        """Falls first, then milestones missed, then what rose, then paths that were agreed."""
        told = self._moved[: changes.MOST_LIGHTS]
        lights = [(row, series) for row in told if (series := self.figures.of(row))]
        said = [
            (changes.order(row)[0], changes.of_light(row, series.current_judgment, series.metric))
            for row, series in lights
            if series.current_judgment
        ]
        missed = changes.of_milestones(self.outline.overdue, self.outline.overdue_count, self.today)
        worse = [change for place, change in said if place < 2]
        better = [change for place, change in said if place >= 2]
        # One place of the strip is kept for milestones, however many lights fell.
        first = [*worse[: changes.SHOWN - 1], *missed[:1], *worse[changes.SHOWN - 1 :]]
        return [*first, *better, *missed[1:], *changes.of_paths(self.outline.moved)]

    @property
    def first_changes(self) -> list[Change]:
        return self.changes[: changes.SHOWN]

    @property
    def more_changes(self) -> list[Change]:
        return self.changes[changes.SHOWN :]

    @property
    def untold(self) -> int:
        """Lights, milestones and paths that are counted but not told one by one."""
        rest = len(self._moved) - min(len(self._moved), changes.MOST_LIGHTS)
        rest += self.outline.overdue_count - len(self.outline.overdue)
        return rest + self.outline.moved_count - len(self.outline.moved)

    @property
    def new_data(self) -> str:
        return changes.of_data(list(self.briefs.values()))
