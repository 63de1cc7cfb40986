"""A person's decision that a series starts a new stretch, and the decision to take it back."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.analysis import periods
from aspirations.models import Metric, Rebase, Series
from aspirations.services.authority import require
from people.models import User
from people.services import record


@transaction.atomic
def make(
    *, series: Series, period: date, reason: str, actor: User | None = None, door: str = "command"
) -> Rebase:
    """Limits and signals start anew at this period, given by its first day.

    Raises ValidationError where the reason is missing, the period is not one of the metric's, has
    no figure, is the first one, or starts a stretch already.
    """
    metric = series.metric
    require(actor, "plan.write", metric.system)
    Series.objects.select_for_update(no_key=True).get(pk=series.pk)
    refuse(series, period, reason)
    row = Rebase(series=series, period=period, reason=reason.strip(), author=actor)
    row.full_clean()
    row.save()
    note(row, "make", actor, row.reason, door)
    return row


@transaction.atomic
def withdraw(
    *, rebase: Rebase, reason: str, actor: User | None = None, door: str = "command"
) -> Rebase:
    """Join the two stretches again. The decision stays in the list, with why it was taken back."""
    require(actor, "plan.write", rebase.series.metric.system)
    row = Rebase.objects.select_for_update(of=("self",)).get(pk=rebase.pk)
    if row.withdrawn_at is not None:
        raise ValidationError(
            _("The rebase at %(period)s is withdrawn already.") % {"period": label(row)}
        )
    if not reason.strip():
        raise ValidationError(
            _("The rebase at %(period)s is withdrawn without a reason. Give one.")
            % {"period": label(row)}
        )
    row.withdrawn_at, row.withdrawn_by = timezone.now(), actor
    row.withdrawal_reason = reason.strip()
    row.full_clean()
    row.save()
    note(row, "withdraw", actor, row.withdrawal_reason, door)
    return row


def refuse(series: Series, period: date, reason: str) -> None:
    metric = series.metric
    name = period_name(metric, period)
    if not reason.strip():
        raise ValidationError(
            _("The rebase at %(period)s has no reason. Say what changed.") % {"period": name}
        )
    if period != first_day(metric, period):
        raise ValidationError(
            _("%(day)s is not the first day of a period; %(period)s starts on %(first)s.")
            % {"day": period, "period": name, "first": first_day(metric, period)}
        )
    known = series.observations.filter(value__isnull=False)
    if not known.filter(period=period).exists():
        raise ValidationError(
            _("There is no figure for %(period)s. A stretch starts at a figure.") % {"period": name}
        )
    if not known.filter(period__lt=period).exists():
        raise ValidationError(
            _("%(period)s is the first figure, so a stretch starts there anyway. "
              "Choose a later period.")
            % {"period": name}
        )  # fmt: skip
    if Rebase.objects.in_force().filter(series=series, period=period).exists():
        raise ValidationError(_("A stretch starts at %(period)s already.") % {"period": name})


def first_day(metric: Metric, day: date) -> date:
    frequency = periods.Frequency(metric.frequency)
    k = periods.ordinal(frequency, day, metric.year_starts)
    return periods.start(frequency, k, metric.year_starts)


def period_name(metric: Metric, day: date) -> str:
    return periods.label(periods.Frequency(metric.frequency), day, metric.year_starts)


def label(row: Rebase) -> str:
    return period_name(row.series.metric, row.period)


def note(row: Rebase, action: str, actor: User | None, reason: str, door: str) -> None:
    """Leave a line in the trail, and ask for a new judgment."""
    series = row.series
    record(
        system=series.metric.system, action=action, on=row,
        key=f"{series.metric.slug} {series.segment.code} {row.period}", actor=actor, door=door,
        after={"period": row.period.isoformat()}, reason=reason,
    )  # fmt: skip
    Series.objects.filter(pk=series.pk).mark_stale()
