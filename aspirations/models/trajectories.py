"""What was agreed: commitments, and the versioned baselines, targets and trajectories they make."""

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
    agreed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When the program was told.")
    )
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    may_change: ClassVar[set[str]] = {"status", "superseded_at"}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            self._refuse_change()
        if self.status == Agreement.AGREED and self.agreed_at is None:
            self.agreed_at = self.created_at if self._state.adding else timezone.now()
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
    COMPOUND = "compound", _("Same rate each period")
    S_CURVE = "s_curve", _("Slow, fast, slow")
    EARLY_GAIN = "early_gain", _("Early gain")
    LATE_GAIN = "late_gain", _("Late gain")
    STEP = "step", _("In steps")
    POINTS = "points", _("Through given points")
    INTERVENTIONS = "interventions", _("Sum of interventions")


def told_when_agreed(prefix: str) -> models.BaseConstraint:
    """Whatever was ever in force has the moment from which it was."""
    return models.CheckConstraint(
        name=f"{prefix}_told_when_agreed",
        condition=models.Q(status__in=[Agreement.DRAFT, Agreement.WITHDRAWN])
        | models.Q(agreed_at__isnull=False),
    )


def range_in_order() -> models.Q:
    """Both ends of the range or neither, the low one first."""
    neither = models.Q(low=None, high=None)
    return neither | models.Q(low__isnull=False, high__isnull=False, low__lte=models.F("high"))


class Form(models.Model):
    """How a path goes from its baseline to its target, and how wide its range is there."""

    shape = models.CharField(max_length=20, choices=Shape, default=Shape.LINEAR)
    points = models.JSONField(
        default=list, blank=True, help_text=_("Pairs of first day of period and value.")
    )
    parameters = models.JSONField(
        default=dict, blank=True, help_text=_("Numbers of the shape, by name.")
    )
    season = models.JSONField(
        default=dict, blank=True, help_text=_("Kind (index or offset) and one value per season.")
    )
    low = models.FloatField(null=True, blank=True, help_text=_("Low end of the range at the end."))
    high = models.FloatField(null=True, blank=True)

    class Meta:
        abstract = True


class Method(models.TextChoices):
    """How a baseline value comes from the figures."""

    SINGLE = "single", _("One period")
    MEAN = "mean", _("Mean")
    TREND = "trend", _("Trend")


class Commitment(Form):
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
    baseline_method = models.CharField(max_length=10, choices=Method, default=Method.SINGLE)
    baseline_periods = models.PositiveSmallIntegerField(
        default=1, help_text=_("Periods that a mean or a trend is taken over, the last included.")
    )
    effects = models.JSONField(
        default=list, blank=True, help_text=_("Interventions with their expected effects.")
    )
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
                name="aspirations_commitment_range_in_order", condition=range_in_order()
            ),
            models.CheckConstraint(
                name="aspirations_commitment_baseline_over_periods",
                condition=models.Q(baseline_method=Method.SINGLE, baseline_periods=1)
                | models.Q(
                    ~models.Q(baseline_method=Method.SINGLE),
                    baseline_periods__gte=2,
                    baseline_value=None,
                ),
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
