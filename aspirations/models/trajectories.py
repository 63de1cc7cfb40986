"""What was agreed: commitments, and the versioned baselines, targets and trajectories they make."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.analysis import trajectories
from people.models import GatedQuerySet, User


class OfSeriesQuerySet(GatedQuerySet[Any]):
    """Versions that belong to a series."""

    to_system = "series__metric__system"

    def in_force(self) -> Self:
        return self.filter(status=Agreement.AGREED)


class RebaseQuerySet(GatedQuerySet["Rebase"]):
    to_system = "series__metric__system"


class CommitmentQuerySet(GatedQuerySet["Commitment"]):
    to_system = "metric__system"

    def in_force(self) -> Self:
        return self.filter(superseded_at=None)


class Agreement(models.TextChoices):
    """Where an agreed thing stands. A superseded version stays for ever."""

    DRAFT = "draft", _("Draft")
    AGREED = "agreed", _("Agreed")
    SUPERSEDED = "superseded", _("Superseded")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class FrozenWhenAgreed(models.Model):
    """A version: nothing but its status moves once it has left draft."""

    status = models.CharField(max_length=12, choices=Agreement, default=Agreement.DRAFT)
    reason = models.TextField(blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    may_change: ClassVar[set[str]] = {"status", "superseded_at"}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            self._refuse_change()
        super().save(*args, **kwargs)

    def _refuse_change(self) -> None:
        stored = type(self)._default_manager.filter(pk=self.pk).first()
        if stored is None or stored.status == Agreement.DRAFT:
            return
        names = [field.attname for field in self._meta.concrete_fields]
        moved = {name for name in names if getattr(self, name) != getattr(stored, name)}
        if moved - self.may_change:
            raise ValidationError(
                _("%(what)s is agreed and frozen: make a new version to change %(fields)s.")
                % {"what": self, "fields": ", ".join(sorted(moved - self.may_change))}
            )


class Shape(models.TextChoices):
    """Forms of path that can be agreed; each is computed in `analysis.trajectories`."""

    LINEAR = "linear", _("Straight line")
    POINTS = "points", _("Through given points")


class Commitment(models.Model):
    """A promise as it was stated: for one segment, or for every one there is or will be.

    It becomes a baseline, target and trajectory of each series as soon as the baseline is known.
    """

    metric = models.ForeignKey("aspirations.Metric", models.PROTECT, related_name="commitments")
    segment = models.ForeignKey(
        "aspirations.Segment", models.PROTECT, null=True, blank=True, related_name="+",
        help_text=_("Empty: every segment."),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)
    baseline_period = models.DateField()
    baseline_value = models.FloatField(null=True, blank=True, help_text=_("Empty: from the data."))
    target_period = models.DateField()
    target_value = models.FloatField()
    shape = models.CharField(max_length=20, choices=Shape, default=Shape.LINEAR)
    points = models.JSONField(default=list, blank=True)
    reason = models.TextField(blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["metric_id", "segment_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "segment", "version"], name="aspirations_commitment_version"
            ),
            models.UniqueConstraint(
                fields=["metric", "version"],
                condition=models.Q(segment=None),
                name="aspirations_commitment_version_for_all",
            ),
            models.UniqueConstraint(
                fields=["metric", "segment"],
                condition=models.Q(superseded_at=None),
                name="aspirations_commitment_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["metric"],
                condition=models.Q(superseded_at=None, segment=None),
                name="aspirations_commitment_one_for_all",
            ),
            models.CheckConstraint(
                name="aspirations_commitment_target_after_baseline",
                condition=models.Q(target_period__gt=models.F("baseline_period")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric}, {self.segment or 'every segment'}: {self.target_value}"

    def clean(self) -> None:
        if self.segment and self.metric.system_id != self.segment.system_id:
            raise ValidationError(_("A promise joins a metric and a segment of one system."))


class Baseline(models.Model):
    """The agreed starting value of a series. A version is never edited."""

    series = models.ForeignKey("aspirations.Series", models.PROTECT, related_name="baselines")
    version = models.PositiveIntegerField(default=1)
    period = models.DateField()
    value = models.FloatField()
    method = models.CharField(
        max_length=10,
        choices=[("single", _("One period")), ("mean", _("Mean")), ("trend", _("Trend"))],
        default="single",
    )
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
        ]

    def __str__(self) -> str:
        return f"{self.series} target v{self.version}"


class Trajectory(FrozenWhenAgreed):
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
    shape = models.CharField(max_length=20, choices=Shape, default=Shape.LINEAR)
    points = models.JSONField(
        default=list, blank=True, help_text=_("Pairs of first day of period and value.")
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
            models.CheckConstraint(
                name="aspirations_trajectory_known_shape",
                condition=models.Q(shape__in=sorted(trajectories.SHAPES)),
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

    objects = RebaseQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "period"]
        constraints = [
            models.UniqueConstraint(fields=["series", "period"], name="aspirations_rebase_once"),
            models.CheckConstraint(
                name="aspirations_rebase_reasoned", condition=~models.Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} from {self.period}"
