"""Benchmarks of a metric: written down, mistakes taken back, and what they say of a best year."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.models import Benchmark, Metric, Series
from aspirations.services.authority import require
from aspirations.services.events import refuse_address
from aspirations.services.rebases import first_day, period_name
from people.models import User
from people.services import check_reason, record, save_with_trail


@transaction.atomic
def add_benchmark(
    *, metric: Metric, values: dict[str, Any], actor: User | None = None, door: str = "page"
) -> Benchmark:
    """What another system reached. `values`: kind, name, period, value, note and source.

    Beside them address and, of a peer, yearly_change. Raises ValidationError by field.
    """
    require(actor, "plan.write", metric.system)
    return write_down(metric=metric, values=values, actor=actor, door=door)


def write_down(
    *, metric: Metric, values: dict[str, Any], actor: User | None, door: str
) -> Benchmark:
    """The same for a command at the server, which names an author who need not be a member."""
    refuse_period(metric, values.get("period"))
    refuse_value(metric, values.get("value"))
    refuse_gain(metric, values)
    refuse_address(values.get("address") or "")
    # One at a time, so that no two take the same number.
    Metric.objects.select_for_update(no_key=True).get(pk=metric.pk)
    row = Benchmark(metric=metric, author=actor, version=next_version(metric, values))
    save_with_trail(
        row, values, system=metric.system, key=key_of(metric, values), actor=actor, door=door
    )
    return row


def next_version(metric: Metric, values: dict[str, Any]) -> int:
    """One more than any of this kind and name ever had, those taken back among them."""
    rows = Benchmark.objects.filter(
        metric=metric, kind=values.get("kind"), name=values.get("name", "")
    )
    last: int | None = rows.aggregate(last=Max("version"))["last"]
    return (last or 0) + 1


def key_of(metric: Metric, values: dict[str, Any]) -> str:
    return f"{metric.slug} {values.get('name', '')}"


def refuse_period(metric: Metric, day: date | None) -> None:
    """One of the metric's own periods, begun by today."""
    if not isinstance(day, date):
        return
    name, first = period_name(metric, day), first_day(metric, day)
    if day != first:
        words = _("%(day)s is not the first day of a period; %(period)s starts on %(first)s.")
        raise ValidationError({"period": words % {"day": day, "period": name, "first": first}})
    if day > metric.system.today():
        words = _("%(period)s has not come yet, so nobody has reached anything in it.")
        raise ValidationError({"period": words % {"period": name}})


def refuse_value(metric: Metric, value: float | None) -> None:
    if value is None:
        return
    low, high = metric.lower_bound, metric.upper_bound
    if low is not None and value < low:
        words, bound = _("%(value)s is below the lowest possible value, %(bound)s."), low
    elif high is not None and value > high:
        words, bound = _("%(value)s is above the highest possible value, %(bound)s."), high
    else:
        return
    raise ValidationError({"value": words % {"value": f"{value:g}", "bound": f"{bound:g}"}})


def refuse_gain(metric: Metric, values: dict[str, Any]) -> None:
    """A best year is a gain, so it takes a side that is better; only peers are asked for one."""
    gain = values.get("yearly_change")
    if gain is None:
        return
    if not metric.sign:
        words = _("Neither up nor down is better here, so no year is the best. Leave it empty.")
    elif values.get("kind") != Benchmark.Kind.PEER:
        words = _("Only a peer’s best year is compared with. Leave it empty, or choose the peer.")
    elif gain <= 0:
        words = _("Write what it gained, as a number above 0, whether figures rose or fell.")
    else:
        return
    raise ValidationError({"yearly_change": words})


@transaction.atomic
def withdraw_benchmark(
    *, benchmark: Benchmark, reason: str, actor: User | None = None, door: str = "page"
) -> Benchmark:
    """Take back what was entered by mistake. It stays, with why it was taken back."""
    rows = Benchmark.objects.select_for_update(of=("self",)).select_related("metric__system")
    row = rows.get(pk=benchmark.pk)
    system = row.metric.system
    require(actor, "plan.write", system)
    if row.withdrawn_at is not None:
        raise ValidationError(_("“%s” is taken back already.") % row.name)
    row.withdrawal_reason = check_reason(reason, _("Taking a benchmark back"))
    row.withdrawn_at, row.withdrawn_by = timezone.now(), actor
    row.full_clean()
    row.save()
    record(
        system=system, action="withdraw", on=row, key=key_of(row.metric, {"name": row.name}),
        actor=actor, door=door, reason=row.withdrawal_reason,
    )  # fmt: skip
    return row


def best_year_of_peers(series: Series) -> float | None:
    """The largest gain a peer had in a year; only whole systems are held against each other."""
    if not series.segment.is_whole:
        return None
    rows = Benchmark.objects.that_count().filter(metric=series.metric_id, kind=Benchmark.Kind.PEER)
    best: float | None = rows.aggregate(best=Max("yearly_change"))["best"]
    return best
