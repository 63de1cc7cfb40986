"""Writes to the floor that leave a trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from people.models import AuditEntry, Heartbeat, Membership, System, User

KEPT = timedelta(days=31)
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
        door=door,
        action=action,
        object_type=on._meta.label,
        object_key=cut(key or str(on.pk), LONGEST_KEY),
        before=before or {},
        after=after or {},
        reason=reason,
    )


@transaction.atomic
def save_with_trail(
    row: models.Model,
    values: dict[str, Any],
    *,
    system: System | None,
    key: str,
    actor: User | None = None,
    door: str = "command",
    reason: str = "",
) -> bool:
    """Set `values` on a new or existing row, validate, save and record what changed.

    Returns whether anything changed; an unchanged row is left alone.
    """
    new = row._state.adding
    values = as_fields(row, values)
    before = {} if new else {name: getattr(row, name) for name in values}
    if not new and before == values:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    changed = [name for name in values if new or before[name] != values[name]]
    record(
        system=row if isinstance(row, System) else system,
        action="create" if new else "change",
        on=row,
        key=key,
        actor=actor,
        door=door,
        before={name: plain(before.get(name)) for name in changed if not new},
        after={name: plain(values[name]) for name in changed},
        reason=reason,
    )
    return True


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


@transaction.atomic
def grant(
    *, user: User, system: System, role: str, actor: User | None = None, door: str = "command"
) -> Membership:
    """Give a role in a system; giving it twice changes nothing."""
    membership, new = Membership.objects.get_or_create(user=user, system=system, role=role)
    if new:
        record(
            system=system,
            action="grant role",
            on=membership,
            key=user.email,
            actor=actor,
            door=door,
            after={"role": role},
        )
    return membership


@contextmanager
def first_this_hour(job: str) -> Iterator[bool]:
    """Whether this worker is the first to take the hour's slot of a timed job; marks its end.

    Beats older than a month go, so that the table does not grow for ever.
    """
    slot = timezone.now().replace(minute=0, second=0, microsecond=0)
    try:
        with transaction.atomic():
            beat = Heartbeat.objects.create(job=job, slot=slot)
    except IntegrityError:
        yield False
        return
    Heartbeat.objects.filter(job=job, slot__lt=slot - KEPT).delete()
    yield True
    beat.finished_at = timezone.now()
    beat.save(update_fields=["finished_at"])
