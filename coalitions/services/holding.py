"""A coalition held until a write to it is done, and how anything in it is written."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models

from coalitions.models import Coalition
from people.models import User
from people.services import save_with_trail


def held(coalition: Coalition, actor: User | None, action: str = "coalition.write") -> Coalition:
    """The coalition, locked until the transaction ends, for who may do `action` to it.

    Without an actor, by a job or a command. PermissionDenied for anyone else.
    """
    rows = Coalition.objects.select_for_update(of=("self",))
    rows = rows.select_related("system", "aspiration").filter(pk=coalition.pk)
    row = (rows if actor is None else rows.visible_to(actor, action)).first()
    if row is None:
        raise PermissionDenied
    return row


def write(
    row: models.Model,
    values: Mapping[str, Any],
    *,
    coalition: Coalition,
    actor: User | None,
    door: str,
    version: int | None = None,
    action: str = "",
) -> bool:
    """Save a row of a coalition; the trail names the fields that changed, and holds none of them.

    SealedError where the key is not there, Conflict where it has moved on from `version`, and
    ValidationError by field; then nothing is written.
    """
    return save_with_trail(
        row, dict(values), system=coalition.system, key="", action=action, actor=actor,
        door=door, version=version, sealed=tuple(values),
    )  # fmt: skip
