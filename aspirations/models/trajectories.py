"""What was agreed for a series: its baselines, targets and trajectories by version, and rebases."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.models.agreements import (
    Agreement,
    Form,
    FrozenWhenAgreed,
    Method,
    Shape,
    range_in_order,
    told_when_agreed,
)
from aspirations.models.commitments import Commitment
from people.models import GatedQuerySet, User


class OfSeriesQuerySet(GatedQuerySet[Any]):
    """Versions that belong to a series."""

    to_system = "series__metric__system"

    def in_force(self) -> Self:
        return self.filter(status=Agreement.AGREED)


class RebaseQuerySet(GatedQuerySet["Rebase"]):
    to_system = "series__metric__system"

    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)


class Baseline(models.Model):
    """The agreed starting value of a series. A version is never edited."""

    series = models.ForeignKey("aspirations.Series", models.PROTECT, related_name="baselines")
    version = models.PositiveIntegerField(default=1)
    period = models.DateField()
    value = models.FloatField()
    method = models.CharField(max_length=10, choices=Method, default=Method.SINGLE)
    periods = models.PositiveSmallIntegerField(default=1)
    provisional = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfSeriesQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "version"], name="aspirations_baseline_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.series} baseline v{self.version}"


class Target(FrozenWhenAgreed):
    """A dated value to reach. Missing it calls for a new plan; moving it is a new version."""

    series = models.ForeignKey("aspirations.Series", models.PROTECT, related_name="targets")
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, blank=True, related_name="targets", editable=False
    )
    version = models.PositiveIntegerField(default=1)
    due = models.DateField(help_text=_("First day of the period it is due in."))
    value = models.FloatField()

    objects = OfSeriesQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "version"], name="aspirations_target_version"
            ),
            models.UniqueConstraint(
                fields=["series", "due"],
                condition=models.Q(status=Agreement.AGREED),
                name="aspirations_target_one_agreed",
            ),
            told_when_agreed("aspirations_target"),
        ]

    def __str__(self) -> str:
        return f"{self.series} target v{self.version}"


class Trajectory(Form, FrozenWhenAgreed):
    """The agreed path from baseline to target; one is in force per series."""

    series = models.ForeignKey("aspirations.Series", models.PROTECT, related_name="trajectories")
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="trajectories",
        editable=False,
    )
    version = models.PositiveIntegerField(default=1)
    baseline = models.ForeignKey(Baseline, models.PROTECT, related_name="trajectories")
    target = models.ForeignKey(Target, models.PROTECT, related_name="trajectories")
    sent_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When it was sent for challenge.")
    )
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = OfSeriesQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "version"]
        verbose_name_plural = "trajectories"
        constraints = [
            models.UniqueConstraint(
                fields=["series", "version"], name="aspirations_trajectory_version"
            ),
            models.UniqueConstraint(
                fields=["series"],
                condition=models.Q(status=Agreement.AGREED),
                name="aspirations_trajectory_one_agreed",
            ),
            told_when_agreed("aspirations_trajectory"),
            models.CheckConstraint(
                name="aspirations_trajectory_range_in_order", condition=range_in_order()
            ),
            models.CheckConstraint(
                name="aspirations_trajectory_known_shape",
                condition=models.Q(shape__in=sorted(Shape.values)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} path v{self.version}"


class Rebase(models.Model):
    """A person's decision that from this period on the series is a new stretch."""

    series = models.ForeignKey("aspirations.Series", models.PROTECT, related_name="rebases")
    period = models.DateField()
    reason = models.TextField()
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal_reason = models.TextField(blank=True)

    objects = RebaseQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period"],
                condition=models.Q(withdrawn_at=None),
                name="aspirations_rebase_one_in_force",
            ),
            models.CheckConstraint(
                name="aspirations_rebase_reasoned", condition=~models.Q(reason="")
            ),
            models.CheckConstraint(
                name="aspirations_rebase_withdrawal_reasoned",
                condition=models.Q(withdrawn_at=None, withdrawal_reason="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawal_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} from {self.period}"
