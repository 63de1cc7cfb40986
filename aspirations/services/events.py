"""Events beside the figures: written down, milestones reached, mistakes taken back."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.models import Event, Series
from aspirations.models.events import is_safe_address
from aspirations.services.authority import require
from people.models import User
from people.services import check_reason, record, save_with_trail

FIRST_YEAR, LAST_YEAR = 1900, 2200


@transaction.atomic
def add_event(
    *, series: Series, values: dict[str, Any], actor: User | None = None, door: str = "page",
    at: datetime | None = None,
) -> Event:  # fmt: skip
    """An event of a series. `values`: date, kind, label and, if there is one, address.

    Of a milestone the date is when it is due. `at` is the moment at which something of the past
    was written down; no page passes it. Raises ValidationError by field.
    """
    system = series.metric.system
    require(actor, "plan.write", system)
    refuse_day(values.get("date"), "date")
    refuse_address(values.get("address") or "")
    row = Event(series=series, author=actor, at=at or timezone.now())
    save_with_trail(row, values, system=system, key=key_of(series, values), actor=actor, door=door)
    return row


def key_of(series: Series, values: dict[str, Any]) -> str:
    return f"{series.metric.slug} {series.segment.code} {values.get('label', '')}"


def refuse_day(day: date | None, field: str) -> None:
    if isinstance(day, date) and not FIRST_YEAR <= day.year <= LAST_YEAR:
        words = _("%(year)s is not a year from %(first)s to %(last)s. Mend the day.")
        years = {"year": day.year, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise ValidationError({field: words % years})


def refuse_address(address: str) -> None:
    """A page of this installation or of the web, nothing that a browser would run."""
    if address and not is_safe_address(address):
        words = _("“%s” is no address. Begin it with / or with https://.")
        raise ValidationError({"address": words % address})


@transaction.atomic
def finish_milestone(
    *, event: Event, done_on: date, actor: User | None = None, door: str = "page"
) -> Event:
    """Say when a milestone was reached. The day it was due stays as it is."""
    row = held(event)
    system = row.series.metric.system
    require(actor, "plan.write", system)
    refuse_withdrawn(row)
    if row.kind != Event.Kind.MILESTONE:
        raise ValidationError(_("“%s” is no milestone, so it cannot be reached.") % row.label)
    if row.done_on is not None:
        raise ValidationError(_("“%s” was reached already.") % row.label)
    refuse_day(done_on, "done_on")
    if done_on > system.today():
        words = _("%(day)s has not come yet: it is %(today)s. Say so once it is reached.")
        days = {"day": done_on, "today": system.today()}
        raise ValidationError({"done_on": words % days})
    row.done_on = done_on
    row.full_clean()
    row.save()
    note(row, "finish", actor, door, after={"done_on": done_on.isoformat()})
    return row


@transaction.atomic
def withdraw_event(
    *, event: Event, reason: str, actor: User | None = None, door: str = "page"
) -> Event:
    """Take back what was entered by mistake. It stays, with why it was taken back."""
    row = held(event)
    require(actor, "plan.write", row.series.metric.system)
    refuse_withdrawn(row)
    row.withdrawal_reason = check_reason(reason, _("Taking an event back"))
    row.withdrawn_at, row.withdrawn_by = timezone.now(), actor
    row.full_clean()
    row.save()
    note(row, "withdraw", actor, door, reason=row.withdrawal_reason)
    return row


def held(event: Event) -> Event:
    """The event as it is now, held until the transaction ends."""
    rows = Event.objects.select_for_update(of=("self",))
    return rows.select_related("series__metric__system", "series__segment").get(pk=event.pk)


def refuse_withdrawn(row: Event) -> None:
    if row.withdrawn_at is not None:
        raise ValidationError(_("“%s” is taken back already.") % row.label)


def note(
    row: Event, action: str, actor: User | None, door: str, *, after: dict[str, Any] | None = None,
    reason: str = "",
) -> None:  # fmt: skip
    series = row.series
    record(
        system=series.metric.system, action=action, on=row,
        key=key_of(series, {"label": row.label}), actor=actor, door=door, after=after,
        reason=reason,
    )  # fmt: skip
