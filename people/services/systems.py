"""Systems made, and moved in the tree."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import Role, System, User
from people.permissions import may
from people.services.reasons import check_reason
from people.services.roles import grant
from people.services.trail import save_with_trail


@transaction.atomic
def create_system(*, actor: User, door: str = "command", **values: Any) -> System:
    """A new system, and whoever made it as its first leader.

    Raises ValidationError by field.
    """
    hold_the_tree()
    row, values = System(), values | {"parent": as_it_is(values.get("parent"))}
    save_with_trail(
        row, values, system=None, key=str(values.get("slug", "")), actor=actor, door=door
    )
    grant(user=actor, system=row, role=Role.DELIVERY_LEADER, actor=actor, door=door)
    return row


@transaction.atomic
def place_system(
    *,
    system: System,
    parent: System | None,
    reason: str,
    actor: User,
    version: int,
    door: str = "command",
) -> bool:
    """Move a system beneath another, or to the top; False where it was there already.

    Raises Conflict if it was changed since `version`, ValidationError if the tree does not allow
    it or who moves it would come to read it: that needs someone else.
    """
    reason = check_reason(reason, _("Moving a system"))
    hold_the_tree()
    row = System.objects.get(pk=system.pk)
    # TRAP: as someone who gave a second factor, which they may do at any time after the move.
    mover = User.objects.get(pk=actor.pk)
    read_before = may(mover, "dashboard.read", row)
    moved = save_with_trail(
        row, {"parent": as_it_is(parent)}, system=row, key=row.slug, actor=actor, door=door,
        reason=reason, version=version,
    )  # fmt: skip
    if may(mover, "dashboard.read", row) and not read_before:
        raise ValidationError({"parent": _(
            "You have a role above this place, so you would come to read %s yourself. Ask another "
            "administrator to move it."
        ) % row})  # fmt: skip
    return moved


def hold_the_tree() -> None:
    """Until the transaction ends nobody else changes the tree: two moves could close a circle."""
    list(System.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


def as_it_is(parent: System | None) -> System | None:
    """TRAP: the row that a page read may know its own parent of before the tree was held."""
    return System.objects.get(pk=parent.pk) if parent else None
