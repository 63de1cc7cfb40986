"""Where a cross-sector group begins is written down, and changed as it learns."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from coalitions.models import Coalition, EntryPoint
from coalitions.services.holding import held, write
from people.models import User


@transaction.atomic
def keep_entry_point(
    *, coalition: Coalition, values: Mapping[str, Any], version: int = 0,
    actor: User | None = None, door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed. `version` is the one the writer saw, 0 where there was none.

    Conflict where someone saved meanwhile.
    """
    place = held(coalition, actor)
    row = EntryPoint.objects.filter(coalition=place).first()
    if row is not None:
        return write(row, values, coalition=place, actor=actor, door=door, version=version)
    return write(EntryPoint(coalition=place), values, coalition=place, actor=actor, door=door)
