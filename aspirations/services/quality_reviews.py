"""Quality reviews of an aspiration: five ratings, each with its reason, and what follows."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aspirations.models import Aspiration, QualityRating, QualityReview
from aspirations.services.setting import add
from people.models import User
from people.services import is_reason, record

Criterion = QualityRating.Criterion


@transaction.atomic
def add_quality_review(
    *, aspiration: Aspiration, values: dict[str, Any],
    ratings: Mapping[str, tuple[int | None, str]], actor: User | None = None, door: str = "page",
) -> QualityReview:  # fmt: skip
    """A dated review. `values`: reviewed_on, reviewers, outcome and remedy.

    `ratings`: criterion to its rating, 1 (weak) to 4 (strong), and its reason; all five. Raises
    ValidationError by field, for a rating by `rating_<criterion>` or `reason_<criterion>`.
    """
    refuse_open(ratings)
    review = add(
        QualityReview(aspiration=aspiration, author=actor), values, actor, door, "reviewed_on"
    )
    for criterion in Criterion:
        rating, reason = ratings[criterion]
        row = QualityRating(
            review=review, criterion=criterion, rating=rating or 0, reason=reason.strip()
        )
        row.full_clean()
        row.save()
    record(
        system=aspiration.system, action="rate", on=review, key=aspiration.slug, actor=actor,
        door=door, after={str(name): rating for name, (rating, _reason) in ratings.items()},
    )  # fmt: skip
    return review


def refuse_open(ratings: Mapping[str, tuple[int | None, str]]) -> None:
    """All five are rated on the scale, each with a reason: a gap would look like a pass."""
    faults = {}
    for criterion in Criterion:
        rating, reason = ratings.get(criterion, (None, ""))
        if rating not in (1, 2, 3, 4):
            faults[f"rating_{criterion}"] = _("Rate “%s” from 1 to 4.") % criterion.label
        if not is_reason(reason):
            faults[f"reason_{criterion}"] = (
                _("Say in ten characters or more why “%s” is rated so.") % criterion.label
            )
    if faults:
        raise ValidationError(faults)
