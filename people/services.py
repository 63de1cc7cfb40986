"""Writes to the floor that leave a trail."""

from typing import Any

from django.db import models, transaction

from people.models import AuditEntry, Membership, System, User


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
        object_key=key or str(on.pk),
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
