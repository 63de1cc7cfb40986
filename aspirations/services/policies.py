"""New versions of a system's policy: the thresholds and constants its judgments are made by."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aspirations.analysis.policy import Policy as PolicyValues
from aspirations.models import Policy, Series
from people.models import System, User
from people.services import Conflict, save_with_trail


def latest_of(system: System) -> Policy:
    """The policy in force; an unsaved version 0 where the system has never set one."""
    row = Policy.objects.filter(system=system).order_by("-version").first()
    return row or Policy(system=system, version=0)


@transaction.atomic
def revise(
    *,
    system: System,
    values: dict[str, Any],
    reason: str,
    actor: User | None = None,
    door: str = "command",
    version: int | None = None,
) -> Policy | None:
    """The next version, with a reason; None where nothing differs from the one in force.

    Only what differs from the published rules is kept. Every series of the system is then due for
    a new judgment. With `version`, the one the writer saw (0 for none), Conflict is raised where
    another is in force by now.
    """
    # One revision of a system at a time: two would take the same number.
    System.objects.select_for_update(no_key=True).get(pk=system.pk)
    latest = latest_of(system)
    if version is not None and latest.version != version:
        raise Conflict(latest)
    values = own(values)
    if own(latest.values) == values:
        return None
    if not reason.strip():
        raise ValidationError({"reason": _("Say why: a new policy needs a reason.")})
    row = Policy(system=system, version=latest.version + 1, author=actor)
    save_with_trail(
        row, {"values": values, "reason": reason.strip()}, system=system,
        key=f"version {row.version}", actor=actor, door=door, reason=reason.strip(),
    )  # fmt: skip
    Series.objects.filter(metric__system=system).mark_stale()
    return row


def own(values: dict[str, Any]) -> dict[str, Any]:
    """Only what differs from the published rules; unknown names stay, to be refused by name."""
    usual = PolicyValues().as_values()
    return {
        name: value
        for name, value in values.items()
        # TRAP: True equals 1, and is no number.
        if name not in usual or usual[name] != value or type(value) is bool is not type(usual[name])
    }
