"""How far the figures of a metric can be trusted, as people rated them."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone

from aspirations.models.metrics import Metric
from people.models import GatedQuerySet, User

GRADES = {4: "A", 3: "B", 2: "C", 1: "D"}
VALID_MONTHS = 12
DECIDES = ("accuracy", "timeliness", "comparability")
BESIDE = ("relevance", "clarity")


def month_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 - months, 12)
    start = date(day.year + years, month + 1, 1)
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return start.replace(day=min(day.day, (following - start).days))


class DataQualityQuerySet(GatedQuerySet["DataQuality"]):
    to_system = "metric__system"

    def valid_on(self, day: date) -> Self:
        """Ratings made by that day and not yet expired."""
        return self.filter(rated_on__lte=day, rated_on__gt=month_before(day, VALID_MONTHS))


class DataQuality(models.Model):
    """One rating of a metric's figures on the dimensions of the European Statistical System.

    Each is 1 (poor) to 4 (good). A newer rating takes the place of an older one, which stays.
    """

    metric = models.ForeignKey(Metric, models.PROTECT, related_name="qualities")
    rated_on = models.DateField()
    accuracy = models.PositiveSmallIntegerField()
    timeliness = models.PositiveSmallIntegerField()
    comparability = models.PositiveSmallIntegerField()
    relevance = models.PositiveSmallIntegerField(null=True, blank=True)
    clarity = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = DataQualityQuerySet.as_manager()

    class Meta:
        ordering = ["metric_id", "rated_on", "id"]
        verbose_name_plural = "data qualities"
        constraints = [
            models.CheckConstraint(
                name="aspirations_quality_on_the_scale",
                condition=models.Q(**{f"{name}__range": (1, 4) for name in DECIDES})
                & models.Q(models.Q(relevance=None) | models.Q(relevance__range=(1, 4)))
                & models.Q(models.Q(clarity=None) | models.Q(clarity__range=(1, 4))),
            )
        ]

    def __str__(self) -> str:
        return f"{self.metric}: {self.grade}"

    @property
    def grade(self) -> str:
        """The lowest of accuracy, timeliness and comparability, from A to D."""
        return GRADES[min(getattr(self, name) for name in DECIDES)]
