"""How many have finished: a number for those who run a round, and never a name or a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from reviews.models import Participant, Round

LEAST_TOLD = 4
"""Of fewer raters the number is not told: of one or two it would be as good as a name."""


@dataclass(frozen=True)
class Finished:
    """`done` of `asked` raters pressed finish."""

    done: int = 0
    asked: int = 0

    @property
    def is_told(self) -> bool:
        return self.asked >= LEAST_TOLD


def finished_in(rounds: Iterable[Round]) -> dict[int, Finished]:
    """By the key of the round, in one query.

    Who was taken off is counted on: else the number before and after would tell whether they had
    finished.
    """
    rows = Participant.objects.raters().filter(round__in=[row.pk for row in rounds])
    counted = (
        rows.order_by()
        .values("round")
        .annotate(asked=Count("pk"), done=Count("pk", filter=Q(finished_at__isnull=False)))
    )
    return {row["round"]: Finished(row["done"], row["asked"]) for row in counted}


def finished(round: Round) -> Finished:
    return finished_in([round]).get(round.pk, Finished())
