"""The rounds of a system: those that run, those that are over, and when the next is due."""

from datetime import date
from functools import cached_property
from typing import Any

from aspirations.pages.rights import rights
from people.models import System
from reviews.models import Round
from reviews.services.progress import Finished, finished_in

BY_ROLE = ("review.read", "review.write", "rubric.read")


class CapacityPage:
    """What one reader sees of a system's rounds: as many queries for one as for a hundred."""

    def __init__(self, user: Any, place: System) -> None:
        self.user, self.place, self.today = user, place, place.today()

    @cached_property
    def rounds(self) -> list[Round]:
        visible = Round.objects.visible_to(self.user).filter(system=self.place)
        return list(visible.select_related("aspiration", "rubric"))

    @cached_property
    def rights(self) -> frozenset[str]:
        return rights(self.user, self.place, BY_ROLE)

    @property
    def may_write(self) -> bool:
        return "review.write" in self.rights

    @property
    def may_read(self) -> bool:
        return "review.read" in self.rights

    @property
    def may_read_rubrics(self) -> bool:
        return "rubric.read" in self.rights

    @cached_property
    def open(self) -> list[Round]:
        return [row for row in self.rounds if row.is_open]

    @cached_property
    def late(self) -> list[Round]:
        return [row for row in self.open if row.is_late(self.today)]

    @cached_property
    def cards(self) -> list[dict[str, Any]]:
        return [
            {
                "round": row, "is_late": row in self.late,
                "finished": self.finished.get(row.pk, Finished()) if row.is_open else None,
                "has_results": row.pk in self.readable, "is_followed": self.followed(row),
            }
            for row in self.rounds
        ]  # fmt: skip

    @cached_property
    def finished(self) -> dict[int, Finished]:
        return finished_in(self.open) if self.open else {}

    @cached_property
    def readable(self) -> set[int]:
        """Keys of the rounds whose results this reader may read."""
        found = Round.objects.with_results_for(self.user).filter(system=self.place)
        return set(found.values_list("pk", flat=True))

    @cached_property
    def next_due(self) -> date | None:
        """When the next review is due, where none that would be it is set up; for the unit."""
        if not self.may_read:
            return None
        closed = [row for row in self.rounds if row.is_closed and not self.followed(row)]
        return min((row.next_due for row in closed if row.next_due), default=None)

    def followed(self, row: Round) -> bool:
        """Whether another round with the same rubric came after this one, or is under way."""
        return any(
            other.pk != row.pk and same_questions(row, other) and other.starts > row.starts
            for other in self.rounds
        )

    @property
    def is_overdue(self) -> bool:
        return self.next_due is not None and self.next_due < self.today


def same_questions(one: Round, other: Round) -> bool:
    if one.rubric is None or other.rubric is None:
        return one.rubric_id == other.rubric_id
    return one.rubric.key == other.rubric.key
