"""The rounds about one aspiration."""

from dataclasses import dataclass

from django.db.models import QuerySet

from reviews.models import Round, Rubric


@dataclass(frozen=True)
class About:
    """A round, and whether it asks all parties about working together across boundaries."""

    round: Round
    across: bool


def about(rounds: QuerySet[Round]) -> list[About]:
    """Those about working across boundaries first, then the latest; in one query."""
    found = rounds.select_related("aspiration", "rubric").order_by("-starts", "-id")
    triangle = Rubric.Lens.TRIANGLE
    rows = [About(row, row.rubric is not None and row.rubric.lens == triangle) for row in found]
    return sorted(rows, key=lambda row: not row.across)
