"""What an aspiration said, version by version."""

from datetime import datetime

from django.utils import timezone

from aspirations.models import Aspiration, Wording
from aspirations.models.aspirations import WORDED
from people.models import User


def keep_wording(
    *, aspiration: Aspiration, author: User | None = None, reason: str = "",
    at: datetime | None = None,
) -> Wording | None:  # fmt: skip
    """The wording as it is now, as the next version; None where the latest says the same.

    `at` gives a wording of the past its moment; no page passes it.
    """
    said = {name: getattr(aspiration, name) for name in WORDED}
    last = aspiration.wordings.order_by("-version").first()
    if last is not None and all(getattr(last, name) == text for name, text in said.items()):
        return None
    number = last.version + 1 if last else 1
    row = Wording(
        aspiration=aspiration, version=number, author=author, reason=reason,
        at=at or timezone.now(), **said,
    )  # fmt: skip
    row.full_clean()
    row.save()
    return row
