"""How an aspiration came about: influences, consultations and probes, entered and taken back."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.models import AlignmentProbe, Aspiration, Consultation, Influence
from aspirations.models.withdrawn import Withdrawable
from aspirations.services.authority import require
from people.models import User
from people.services import check_reason, record, save_with_trail

Kept = TypeVar("Kept", bound=Withdrawable)


@transaction.atomic
def add_influence(
    *, aspiration: Aspiration, values: dict[str, Any], actor: User | None = None,
    door: str = "page",
) -> Influence:  # fmt: skip
    """What presses for the aspiration. `values`: kind, force, note."""
    return add(Influence(aspiration=aspiration, author=actor), values, actor, door)


@transaction.atomic
def add_consultation(
    *, aspiration: Aspiration, values: dict[str, Any], actor: User | None = None,
    door: str = "page",
) -> Consultation:  # fmt: skip
    """Who was asked. `values`: held_on, who, how and, where known, changed and told."""
    return add(Consultation(aspiration=aspiration, author=actor), values, actor, door, "held_on")


@transaction.atomic
def add_probe(
    *, aspiration: Aspiration, values: dict[str, Any], actor: User | None = None,
    door: str = "page",
) -> AlignmentProbe:  # fmt: skip
    """Who could name it. `values`: level, probed_on, asked, named and, if any, exceptions."""
    asked, named = values.get("asked"), values.get("named")
    if isinstance(asked, int) and isinstance(named, int) and named > asked:
        words = _("%(named)s of %(asked)s cannot name it. Give as many as were asked, or fewer.")
        raise ValidationError({"named": words % {"named": named, "asked": asked}})
    if asked == 0:
        raise ValidationError({"asked": _("Nobody was asked. Give 1 or more.")})
    return add(
        AlignmentProbe(aspiration=aspiration, author=actor), values, actor, door, "probed_on"
    )


def add(row: Kept, values: dict[str, Any], actor: User | None, door: str, day: str = "") -> Kept:
    aspiration: Aspiration = row.aspiration  # type: ignore[attr-defined]
    require(actor, "plan.write", aspiration.system)
    refuse_future(aspiration, values, day)
    save_with_trail(
        row, values, system=aspiration.system, key=aspiration.slug, actor=actor, door=door
    )
    return row


def refuse_future(aspiration: Aspiration, values: dict[str, Any], day: str) -> None:
    """What was done lies in the past; by the system's own date."""
    today = aspiration.system.today()
    if day and values.get(day) and values[day] > today:
        words = _("%(day)s has not come yet: it is %(today)s. Enter it once it is done.")
        raise ValidationError({day: words % {"day": values[day], "today": today}})


@transaction.atomic
def withdraw(*, row: Kept, reason: str, actor: User | None = None, door: str = "page") -> Kept:
    """Take back what was entered by mistake. It stays, with why it was taken back."""
    kind = type(row)._default_manager
    now = kind.select_for_update(of=("self",)).select_related("aspiration__system").get(pk=row.pk)
    aspiration: Aspiration = now.aspiration  # type: ignore[attr-defined]
    require(actor, "plan.write", aspiration.system)
    if now.withdrawn_at is not None:
        raise ValidationError(_("“%s” is taken back already.") % now)
    now.withdrawal_reason = check_reason(reason, _("Taking it back"))
    now.withdrawn_at, now.withdrawn_by = timezone.now(), actor
    now.full_clean()
    now.save()
    record(
        system=aspiration.system, action="withdraw", on=now, key=aspiration.slug, actor=actor,
        door=door, reason=now.withdrawal_reason,
    )  # fmt: skip
    withdrawn: Kept = now
    return withdrawn
