"""Aspirations: written, worded anew, given their metrics, retired and taken up again."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from aspirations.models import Aspiration, Metric, Placement
from aspirations.models.aspirations import WORDED
from aspirations.services.authority import require
from aspirations.services.metrics import address_of
from aspirations.services.wordings import keep_wording
from people.models import System, User
from people.services import Conflict, check_reason, record, save_with_trail

MOST_ACTIVE = 5
"""Active aspirations above which attention is spread too thin (a convention of ours)."""
LONGEST_SLUG: int = Aspiration._meta.get_field("slug").max_length or 0
RETIRED = Aspiration.Status.RETIRED
NOT_A_SLUG = {"new"}
"""Addresses of pages beside those of aspirations."""


@transaction.atomic
def write_aspiration(
    *, system: System, values: dict[str, Any], actor: User | None = None, door: str = "page",
    at: datetime | None = None,
) -> Aspiration:  # fmt: skip
    """A new aspiration, last in the order. Its address is made of the title and never changes.

    `values` by field of the model. `at` is the moment of a wording of the past; no page passes it.
    Raises ValidationError by field.
    """
    require(actor, "plan.write", system)
    # One at a time: two would take the same address or place.
    System.objects.select_for_update(no_key=True).get(pk=system.pk)
    slug = values.get("slug") or free_slug(system, str(values.get("title", "")))
    last = system.aspirations.aggregate(last=Max("order"))["last"] or 0
    row = Aspiration(system=system)
    save_with_trail(
        row, {"order": last + 1} | values | {"slug": slug}, system=system, key=slug, actor=actor,
        door=door,
    )  # fmt: skip
    keep_wording(aspiration=row, author=actor, at=at)
    return row


def free_slug(system: System, title: str) -> str:
    """An address that no other aspiration and no page has: “every-child-reads”, “…-2”."""
    start = address_of(title, LONGEST_SLUG - 4) or "aspiration"
    taken = set(system.aspirations.values_list("slug", flat=True)) | NOT_A_SLUG
    numbered = (f"{start}-{number}" for number in count(2))
    return start if start not in taken else next(slug for slug in numbered if slug not in taken)


@transaction.atomic
def change_aspiration(
    *, aspiration: Aspiration, values: dict[str, Any], version: int, reason: str = "",
    actor: User | None = None, door: str = "page", at: datetime | None = None,
) -> bool:  # fmt: skip
    """Set what differs, as the next version; whether anything did.

    New words need a reason, and the earlier ones are kept. Retiring and taking up again have
    functions of their own. Raises Conflict where the aspiration is no longer at `version`,
    ValidationError by field.
    """
    require(actor, "plan.write", aspiration.system)
    row = held(aspiration)
    if row.version != version:
        raise Conflict(row)
    if row.status == RETIRED:
        raise ValidationError(_("“%s” is retired. Take it up again first, then change it.") % row)
    if unknown := {"slug", "system", "version"} & set(values):
        raise ValidationError(_("Not to be changed: %s.") % ", ".join(sorted(unknown)))
    values = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not values:
        return False
    if values.get("status") == RETIRED:
        raise ValidationError({"status": _("Retire it by its own button: that needs a reason.")})
    if set(WORDED) & set(values):
        reason = reason_for(reason)
    save_with_trail(
        row, values, system=row.system, key=row.slug, actor=actor, door=door, reason=reason.strip(),
        version=version,
    )  # fmt: skip
    keep_wording(aspiration=row, author=actor, reason=reason.strip(), at=at)
    return True


def reason_for(reason: str) -> str:
    try:
        return check_reason(reason, _("Another wording"))
    except ValidationError as problem:
        raise ValidationError({"reason": problem}) from problem


@transaction.atomic
def retire_aspiration(
    *, aspiration: Aspiration, reason: str, actor: User | None = None, door: str = "page"
) -> Aspiration:
    """Take it off the dashboard. Its metrics, judgments and history stay."""
    row = held(aspiration)
    if row.status == RETIRED:
        raise ValidationError(_("“%s” is retired already.") % row)
    return move(row, RETIRED, check_reason(reason, _("Retiring an aspiration")), actor, door)


@transaction.atomic
def reinstate_aspiration(
    *, aspiration: Aspiration, reason: str, actor: User | None = None, door: str = "page"
) -> Aspiration:
    """Take a retired aspiration up again."""
    row = held(aspiration)
    if row.status != RETIRED:
        raise ValidationError(_("“%s” is active, not retired.") % row)
    status = Aspiration.Status.ADOPTED
    return move(row, status, check_reason(reason, _("Taking it up again")), actor, door)


def move(row: Aspiration, status: str, reason: str, actor: User | None, door: str) -> Aspiration:
    require(actor, "plan.write", row.system)
    save_with_trail(
        row, {"status": status}, system=row.system, key=row.slug, actor=actor, door=door,
        reason=reason, version=row.version,
    )  # fmt: skip
    return row


@transaction.atomic
def place_metrics(
    *, aspiration: Aspiration, metrics: Sequence[Metric], version: int,
    actor: User | None = None, door: str = "page",
) -> bool:  # fmt: skip
    """These metrics under the aspiration, in this order, and no others; whether anything changed.

    A metric taken away keeps its figures and judgments, and the trail says where it stood.
    """
    require(actor, "plan.write", aspiration.system)
    row = held(aspiration)
    if row.version != version:
        raise Conflict(row)
    if any(metric.system_id != row.system_id for metric in metrics):
        raise ValidationError(_("A metric serves aspirations of its own system only."))
    placed = row.placements.select_related("metric").order_by("order", "pk")
    before = [place.metric.slug for place in placed]
    after = [metric.slug for metric in metrics]
    if before == after:
        return False
    row.placements.exclude(metric__in=metrics).delete()
    for order, metric in enumerate(metrics, 1):
        Placement.objects.update_or_create(aspiration=row, metric=metric, defaults={"order": order})
    Aspiration.objects.filter(pk=row.pk).update(version=version + 1)
    record(
        system=row.system, action="change", on=row, key=row.slug, actor=actor, door=door,
        before={"metrics": before}, after={"metrics": after},
    )  # fmt: skip
    return True


def held(aspiration: Aspiration) -> Aspiration:
    """The aspiration as it is now, held until the transaction ends."""
    rows = Aspiration.objects.select_for_update(of=("self",)).select_related("system")
    return rows.get(pk=aspiration.pk)
