"""A metric for a segment: the series, its place in the queue, and which is the worst."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.analysis.standing import ORDER, rank
from aspirations.models.metrics import WHOLE, Metric, Segment
from aspirations.signals import work_due
from people.models import GatedQuerySet, System
from people.signals import settings_changed

# Keys named in one query; databases limit them.
AT_ONCE = 5000
# Settings of a system that say which day its judgments are made as of.
CLOCK = {"reporting_date", "time_zone"}
# The lowest light first, then the smallest chance, then the furthest behind, then as listed.
WORST_FIRST = [
    models.F("rank").asc(),
    models.F("current_judgment__likelihood").asc(nulls_last=True),
    models.F("current_judgment__journey").asc(nulls_last=True),
    models.F("segment__order").asc(),
    models.F("segment__name").asc(),
    models.F("pk").asc(),
]


class SeriesQuerySet(GatedQuerySet["Series"]):
    to_system = "metric__system"

    def stale(self) -> Self:
        return self.filter(stale_since__isnull=False)

    def parked(self) -> Self:
        """Series that failed until nobody tried again; a change of their inputs frees them."""
        return self.exclude(parked_reason="")

    def whole(self) -> Self:
        """The series of the whole system."""
        return self.filter(segment__code=WHOLE)

    def ranked(self) -> Self:
        """With `rank`: 0 for Red to 3 for Green, 4 without a light. Order by `WORST_FIRST`."""
        ranks = [
            models.When(current_judgment__light=light, then=models.Value(rank(light)))
            for light in ORDER
        ]
        nothing = models.Value(len(ORDER))
        return self.annotate(
            rank=models.Case(*ranks, default=nothing, output_field=models.IntegerField())
        )

    def mark_stale(self) -> int:
        """Ask for a new judgment of these series; the first mark keeps its time.

        Whoever is judging one loses it: what was read may have changed, so a judgment made of
        it is not stored. A change that takes long marks first, so that this holds from its start.
        Series of retired metrics are passed over: nobody judges them any more.

        Rows are locked in the order of their keys, as the workers do: two who mark, or one who
        marks and one who judges, would else wait for each other for ever.
        """
        with transaction.atomic(savepoint=False):
            live = self.order_by().filter(metric__retired_at=None)
            ours = Series.objects.filter(pk__in=live.values("pk")).order_by("pk")
            keys = list(ours.select_for_update(no_key=True).values_list("pk", flat=True))
            marked = sum(
                Series.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(
                    stale_since=Coalesce("stale_since", timezone.now()),
                    stale_no=models.F("stale_no") + 1,
                    claim=None,
                    claimed_until=None,
                    failures=0,
                    parked_reason="",
                )
                for start in range(0, len(keys), AT_ONCE)
            )
        if marked:
            work_due.send(sender=Series)
        return marked


class Series(models.Model):
    """One metric for one segment: the unit that has a path and a light."""

    metric = models.ForeignKey(Metric, models.PROTECT, related_name="series")
    segment = models.ForeignKey(Segment, models.PROTECT, related_name="series")
    current_judgment = models.OneToOneField(
        "aspirations.Judgment",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    judged_as_of = models.DateField(null=True, blank=True, editable=False)
    # The queue of work: what is due, who holds it, and what failed.
    stale_since = models.DateTimeField(null=True, blank=True, editable=False)
    stale_no = models.PositiveIntegerField(default=0, editable=False)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)
    parked_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["metric", "segment"], name="aspirations_series_once"),
        ]
        indexes = [
            models.Index(
                fields=["stale_since"],
                name="aspirations_series_stale",
                condition=models.Q(stale_since__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.metric}, {self.segment}"

    def clean(self) -> None:
        if self.metric.system_id != self.segment.system_id:
            raise ValidationError(_("A series joins a metric and a segment of one system."))


@receiver(settings_changed)
def judge_as_of_the_new_day(system: System, changed: frozenset[str], **sent: Any) -> None:
    """Another date or time zone of a system asks for new judgments of all its series."""
    if CLOCK & changed:
        Series.objects.filter(metric__system=system).mark_stale()
