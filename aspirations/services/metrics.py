"""Metrics made, changed, retired and taken up again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.models import Aspiration, Metric, Placement, Series
from aspirations.models.metrics import JUDGED
from aspirations.services.authority import require
from aspirations.services.segments import address_of, whole_of
from people.models import System, User
from people.services import Conflict, check_reason, record, save_with_trail

LONGEST_SLUG: int = Metric._meta.get_field("slug").max_length or 0
MOVES_JUDGMENTS = (*JUDGED, "frequency")
"""What, changed, asks for new judgments: what a definition keeps, and how often figures come."""


@transaction.atomic
def create_metric(
    *,
    system: System,
    values: dict[str, Any],
    aspiration: Aspiration | None = None,
    actor: User | None = None,
    door: str = "page",
) -> Metric:
    """A new metric with a series of the whole system, placed last under `aspiration` if given.

    `values` by field of the model; the address (`slug`) is made of the name where it is absent.
    Raises ValidationError by field.
    """
    require(actor, "plan.write", system)
    # One at a time: two would take the same address, or both make the segment of everyone.
    System.objects.select_for_update(no_key=True).get(pk=system.pk)
    values = values | {
        "slug": values.get("slug") or address_of(str(values.get("name", "")), LONGEST_SLUG)
    }
    values = {"year_starts": system.year_starts} | values
    row = Metric(system=system)
    save_with_trail(row, values, system=system, key=values["slug"], actor=actor, door=door)
    series = Series(metric=row, segment=whole_of(system, actor=actor, door=door))
    series.full_clean()
    series.save()
    row.series.all().mark_stale()
    if aspiration is not None:
        place_last(row, aspiration, actor=actor, door=door)
    return row


def place_last(
    metric: Metric, aspiration: Aspiration, *, actor: User | None, door: str
) -> Placement:
    """The metric below those that the aspiration has already."""
    last = Placement.objects.filter(aspiration=aspiration).aggregate(last=Max("order"))["last"]
    row = Placement(aspiration=aspiration, metric=metric)
    save_with_trail(
        row, {"order": (last or 0) + 1}, system=metric.system,
        key=f"{aspiration.slug}/{metric.slug}", actor=actor, door=door,
    )  # fmt: skip
    return row


@transaction.atomic
def change_metric(
    *,
    metric: Metric,
    values: dict[str, Any],
    version: int,
    reason: str = "",
    actor: User | None = None,
    door: str = "page",
) -> bool:
    """Set what differs, as the next version; whether anything did.

    What moves judgments needs a reason; every series of the metric is then due for a new one.
    The address never changes. Raises Conflict where the metric is no longer at `version`,
    ValidationError by field.
    """
    require(actor, "plan.write", metric.system)
    row = Metric.objects.select_for_update(of=("self",)).get(pk=metric.pk)
    if row.version != version:
        raise Conflict(row)
    if unknown := {"slug", "system", "version"} & set(values):
        raise ValidationError(_("Not to be changed: %s.") % ", ".join(sorted(unknown)))
    values = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not values:
        return False
    if moving(row, values):
        reason = reason_for(reason)
        # Before the change, so that nothing judged by the old definition is stored after it.
        row.series.all().mark_stale()
    save_with_trail(
        row, values, system=row.system, key=row.slug, actor=actor, door=door, reason=reason.strip(),
        version=version,
    )  # fmt: skip
    return True


def moving(metric: Metric, values: dict[str, Any]) -> list[str]:
    """Fields among these that would differ and by which the metric is judged."""
    return [
        name for name in MOVES_JUDGMENTS if name in values and getattr(metric, name) != values[name]
    ]


def reason_for(reason: str) -> str:
    try:
        return check_reason(reason, _("A change of how a metric is judged"))
    except ValidationError as problem:
        raise ValidationError({"reason": problem}) from problem


@transaction.atomic
def retire_metric(
    *, metric: Metric, reason: str, actor: User | None = None, door: str = "page"
) -> Metric:
    """Take the metric off the dashboards. Its figures and judgments stay; no new one is made."""
    require(actor, "plan.write", metric.system)
    row = Metric.objects.select_for_update(of=("self",)).get(pk=metric.pk)
    if row.retired_at is not None:
        raise ValidationError(_("%s is retired already.") % row)
    row.retired_reason = check_reason(reason, _("Retiring a metric"))
    row.retired_at = timezone.now()
    row.full_clean()
    row.save()
    # Nobody is to judge it any more: neither what is due nor what a worker holds.
    row.series.update(stale_since=None, claim=None, claimed_until=None, parked_reason="")
    note(row, "retire", row.retired_reason, actor, door)
    return row


@transaction.atomic
def reinstate_metric(
    *, metric: Metric, reason: str, actor: User | None = None, door: str = "page"
) -> Metric:
    """Bring a retired metric back; its series are due for a judgment."""
    require(actor, "plan.write", metric.system)
    row = Metric.objects.select_for_update(of=("self",)).get(pk=metric.pk)
    if row.retired_at is None:
        raise ValidationError(_("%s is not retired.") % row)
    reason = check_reason(reason, _("Bringing a metric back"))
    row.retired_at, row.retired_reason = None, ""
    row.full_clean()
    row.save()
    row.series.all().mark_stale()
    note(row, "reinstate", reason, actor, door)
    return row


def note(row: Metric, action: str, reason: str, actor: User | None, door: str) -> None:
    retired = row.retired_at.isoformat() if row.retired_at else None
    record(
        system=row.system, action=action, on=row, key=row.slug, actor=actor, door=door,
        after={"retired_at": retired}, reason=reason,
    )  # fmt: skip
