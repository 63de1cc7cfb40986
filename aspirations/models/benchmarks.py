"""What other systems reached on a metric, to hold its figures and its path against."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.models.metrics import Metric
from aspirations.models.observations import LARGEST
from aspirations.models.withdrawn import Withdrawable, WithdrawableQuerySet, withdrawn_with_reason
from people.models import User


class BenchmarkQuerySet(WithdrawableQuerySet["Benchmark"]):
    to_system = "metric__system"

    def that_count(self) -> Self:
        """Of each kind and name the newest period in force; of one period what was said last."""
        period, version = models.OuterRef("period"), models.OuterRef("version")
        newer = Benchmark.objects.in_force().filter(
            models.Q(period__gt=period) | models.Q(period=period, version__gt=version),
            metric=models.OuterRef("metric"), kind=models.OuterRef("kind"),
            name=models.OuterRef("name"),
        )  # fmt: skip
        return self.in_force().filter(~models.Exists(newer))


class Benchmark(Withdrawable):
    """One value of another system, with how far it can be compared. Judgments never read it.

    What this system reached itself is read from its own figures, and is not kept here.
    """

    class Kind(models.TextChoices):
        PEER = "peer", _("Peer system")
        BEST = "best_in_class", _("Best in class")

    metric = models.ForeignKey(Metric, models.PROTECT, related_name="benchmarks")
    kind = models.CharField(max_length=14, choices=Kind)
    name = models.CharField(_("whose figure"), max_length=120)
    version = models.PositiveIntegerField(help_text=_("Counted for each kind and name."))
    period = models.DateField(help_text=_("First day of the period."))
    value = models.FloatField()
    yearly_change = models.FloatField(
        _("its best year"), null=True, blank=True,
        help_text=_("Of a peer: how much it gained in its best year, in the metric's unit."),
    )  # fmt: skip
    note = models.CharField(_("how far it can be compared"), max_length=300)
    source = models.CharField(max_length=300)
    address = models.CharField(_("address of the source"), max_length=300, blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BenchmarkQuerySet.as_manager()

    class Meta:
        ordering = ["metric_id", "kind", "name", "-period", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "kind", "name", "version"], name="aspirations_benchmark_version"
            ),
            models.CheckConstraint(
                name="aspirations_benchmark_told",
                condition=~models.Q(name="") & ~models.Q(note="") & ~models.Q(source=""),
            ),
            models.CheckConstraint(
                name="aspirations_benchmark_value_finite",
                condition=models.Q(value__range=(-LARGEST, LARGEST)),
            ),
            models.CheckConstraint(
                name="aspirations_benchmark_period_in_range",
                condition=models.Q(period__gte="1900-01-01", period__lt="2201-01-01"),
            ),
            models.CheckConstraint(
                name="aspirations_benchmark_gain_of_a_peer",
                condition=models.Q(yearly_change=None)
                | models.Q(kind="peer", yearly_change__gt=0, yearly_change__lte=LARGEST),
            ),
            withdrawn_with_reason("aspirations_benchmark"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.period}: {self.value}"
