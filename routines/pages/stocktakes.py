"""What the page of stocktakes says."""

from functools import cached_property

from people.models import System
from routines.models import Stocktake
from routines.sentences import next_text

SHOWN = 100
"""Of the past and of those called off, the latest so many."""


class StocktakesPage:
    """Stocktakes to come, held and called off, as of the system's day."""

    def __init__(self, system: System) -> None:
        self.system, self.today = system, system.today()

    @cached_property
    def coming(self) -> list[Stocktake]:
        """The nearest first; today's is still to come."""
        return list(self.system.stocktakes.planned().filter(date__gte=self.today).order_by("date"))

    @cached_property
    def held(self) -> list[Stocktake]:
        rows = self.system.stocktakes.planned().filter(date__lt=self.today)
        return list(rows.order_by("-date")[:SHOWN])

    @cached_property
    def cancelled(self) -> list[Stocktake]:
        rows = self.system.stocktakes.exclude(cancelled_at=None)
        return list(rows.order_by("-date")[:SHOWN])

    @property
    def headline(self) -> str:
        return next_text(self.coming[0].date if self.coming else None, self.today)
