"""Writes that leave a trail."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from people import request_ids
from people.models import AuditEntry, Membership, System, User

LONGEST_KEY: int = AuditEntry._meta.get_field("object_key").max_length or 0


def record(
    *,
    system: System | None,
    action: str,
    on: models.Model,
    key: str = "",
    actor: User | None = None,
    door: str = "command",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> AuditEntry:
    """Append one line to the trail, in the caller's transaction."""
    return AuditEntry.objects.create(
        system=system,
        actor=actor,
        role=roles_of(actor, system),
        request_id=request_ids.current.get(),
        door=door,
        action=action,
        object_type=on._meta.label,
        object_key=cut(key or str(on.pk), LONGEST_KEY),
        before=before or {},
        after=after or {},
        reason=reason,
    )


def roles_of(actor: User | None, system: System | None) -> str:
    """What the actor is in the system now, as the trail keeps it; empty for commands."""
    if actor is None or actor.pk is None:
        return ""
    rows = Membership.objects.filter(user=actor, system=system) if system else ()
    roles = sorted(row.role for row in rows)
    if actor.is_staff:
        roles.append("administrator")
    return ", ".join(roles)


class Conflict(Exception):
    """Someone else saved the row first; `current` is what it holds now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{current} was changed meanwhile.")
        self.current = current


@transaction.atomic
def save_with_trail(
    row: models.Model,
    values: dict[str, Any],
    *,
    system: System | None,
    key: str,
    action: str = "",
    actor: User | None = None,
    door: str = "command",
    reason: str = "",
    version: int | None = None,
    sealed: Collection[str] = (),
) -> bool:
    """Set `values` on a new or existing row, validate, save and record what changed.

    Returns whether anything changed; an unchanged row is left alone. With `version`, the one that
    the writer saw, the row is saved as the next one, and Conflict is raised where it has moved on.
    Of `sealed` fields the trail keeps only that they changed; `action` names an act that is
    more than to create or to change.
    """
    new = row._state.adding
    values = as_fields(row, values)
    before = {} if new else {name: getattr(row, name) for name in values}
    if version is not None:
        take_version(row, version)
    if not new and before == values:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    changed = [name for name in values if new or before[name] != values[name]]
    record(
        system=row if isinstance(row, System) else system,
        action=action or ("create" if new else "change"),
        on=row,
        key=key,
        actor=actor,
        door=door,
        before={name: told(name, before.get(name), sealed) for name in changed if not new},
        after={name: told(name, values[name], sealed) for name in changed},
        reason=reason,
    )
    return True


def take_version(row: models.Model, version: int) -> None:
    """Move the row from the version its writer saw to the next; Conflict where it is another.

    The row then stays locked until the transaction ends, so that check and save are one.
    """
    kind = type(row)._default_manager
    if not kind.filter(pk=row.pk, version=version).update(version=version + 1):
        raise Conflict(kind.get(pk=row.pk))
    row.version = version + 1  # type: ignore[attr-defined]


def told(name: str, value: Any, sealed: Collection[str]) -> Any:
    """What the trail says of a value: itself, or of confidential content only that it changed."""
    return "changed" if name in sealed else plain(value)


def as_fields(row: models.Model, values: dict[str, Any]) -> dict[str, Any]:
    """The values as the row's fields hold them, so that a date given as text counts as the date."""
    faults: dict[str, ValidationError] = {}
    held = {}
    for name, value in values.items():
        try:
            held[name] = as_field(row._meta.get_field(name), value)
        except ValidationError as problem:
            faults[name] = problem
    if faults:
        raise ValidationError(faults)
    return held


def as_field(field: Any, value: Any) -> Any:
    """One value as its field holds it; ValidationError where it is of another kind."""
    if value is None or field.is_relation or isinstance(field, models.JSONField):
        return value
    shown = cut(str(value), 60)
    if isinstance(field, models.CharField | models.TextField):
        if not isinstance(value, str):
            raise ValidationError(f"“{shown}” is not a text. Write it in quotes.")
        if "\x00" in value:
            raise ValidationError(f"“{shown!r}” holds a NUL character. Take it out.")
    try:
        return field.to_python(value)
    except (TypeError, ValueError, OverflowError) as problem:
        raise ValidationError(f"“{shown}” is of the wrong kind or too large.") from problem


def cut(text: str, most: int) -> str:
    """The text, or its beginning and an ellipsis where it is longer than `most`."""
    return text if len(text) <= most else text[: most - 1] + "…"


def plain(value: Any) -> Any:
    """A value as the trail keeps it: JSON's own types, else its text."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    return str(value)
