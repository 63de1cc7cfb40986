"""Quality reviews of an aspiration, in words."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from aspirations.models import QualityRating, QualityReview
from aspirations.sentences import aspirations as words

CRITERIA = QualityRating.Criterion


@dataclass(frozen=True)
class Criterion:
    """One criterion with its question and, where it was rated, how and why."""

    name: str
    test: str
    rating: int
    reason: str

    @property
    def text(self) -> str:
        return words.rating_text(self.rating) if self.rating else ""

    @property
    def points(self) -> list[bool]:
        """Four points, filled up to the rating."""
        return [point <= self.rating for point in range(1, 5)]


@dataclass(frozen=True)
class Review:
    """A review with its ratings in the order of the criteria."""

    row: QualityReview

    @cached_property
    def _rated(self) -> dict[str, QualityRating]:
        return {rating.criterion: rating for rating in self.row.ratings.all()}

    @property
    def criteria(self) -> list[Criterion]:
        return [self._criterion(name) for name in CRITERIA]

    def _criterion(self, name: CRITERIA) -> Criterion:
        found = self._rated.get(name)
        return Criterion(
            str(name.label), str(words.TESTS[name]), found.rating if found else 0,
            found.reason if found else "",
        )  # fmt: skip

    @property
    def text(self) -> str:
        names = {str(name): str(name.label) for name in CRITERIA}
        ratings = {str(name): self._rated[name].rating for name in CRITERIA if name in self._rated}
        return words.review_text(self.row.outcome, ratings, names)

    @property
    def outcome(self) -> str:
        return str(words.OUTCOMES[self.row.outcome])


def newest_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Reviews with their ratings, in two queries."""
    return rows.prefetch_related("ratings").order_by("-reviewed_on", "-pk")
