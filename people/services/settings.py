"""Changing the settings of a system."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import SecondFactor, System, User
from people.permissions import lacks_second_factor
from people.services.trail import Conflict, save_with_trail
from people.signals import settings_changed

SETTINGS = frozenset(
    "name tagline kind time_zone year_starts note reporting_date second_factor labels".split()
)
"""What may be set here. The address and the place in the tree are an administrator's affair."""


@transaction.atomic
def change_settings(
    *, system: System, values: dict[str, Any], version: int, actor: User, door: str
) -> bool:
    """Set what differs, as the next version; whether anything did.

    Conflict where the system is no longer at `version`; ValidationError by field.
    """
    if unknown := set(values) - SETTINGS:
        raise ValidationError(_("Not a setting: %s.") % ", ".join(sorted(unknown)))
    row = System.objects.select_for_update(no_key=True).get(pk=system.pk)
    if row.version != version:
        raise Conflict(row)
    values = {name: value for name, value in values.items() if getattr(row, name) != value}
    if "second_factor" in values:
        refuse_locking_out(actor, values["second_factor"])
    if not values:
        return False
    save_with_trail(row, values, system=row, key=row.slug, actor=actor, door=door, version=version)
    settings_changed.send(sender=System, system=row, changed=frozenset(values))
    return True


def refuse_locking_out(actor: User, second_factor: str) -> None:
    """Nobody asks of others, and by that of themselves, what they have not given."""
    if second_factor == SecondFactor.NOBODY or not lacks_second_factor(actor):
        return
    raise ValidationError({"second_factor": _(
        "You signed in without a second factor, so this would lock you out at once. "
        "Set up yours first, then come back."
    )})  # fmt: skip
