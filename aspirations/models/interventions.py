"""The work that is to carry a path, and how much each piece of it is expected to add."""

from operator import attrgetter
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from aspirations.models.agreements import Agreement
from aspirations.models.trajectories import Trajectory
from people.models import GatedQuerySet, System


class InterventionQuerySet(GatedQuerySet["Intervention"]):
    pass


class Intervention(models.Model):
    """Work meant to move a metric. Attached money is no evidence of effect."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        RUNNING = "running", _("Running")
        STOPPED = "stopped", _("Stopped")

    class Funding(models.TextChoices):
        FUNDED = "funded", _("Funded")
        PART = "part", _("Part funded")
        NOT = "not", _("Not funded")
        UNKNOWN = "unknown", _("Not said")

    system = models.ForeignKey(System, models.PROTECT, related_name="interventions")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=160)
    owner = models.CharField(_("owner, by office"), max_length=120, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    funding = models.CharField(max_length=10, choices=Funding, default=Funding.UNKNOWN)
    cost = models.CharField(max_length=120, blank=True)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "slug"], name="aspirations_intervention_slug"
            ),
            models.CheckConstraint(
                name="aspirations_intervention_named", condition=~models.Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


Row = TypeVar("Row", bound=models.Model)


class FrozenWithPathQuerySet(GatedQuerySet[Row]):
    """Rows that belong to a path and are fixed once it is agreed, many at a time too."""

    to_path: ClassVar[str]

    def update(self, **values: Any) -> int:
        self._refuse_frozen()
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_frozen()
        return super().delete()

    def _refuse_frozen(self) -> None:
        frozen = self.exclude(**{f"{self.to_path}__status": Agreement.DRAFT}).first()
        if frozen is not None:
            refuse_frozen(attrgetter(self.to_path.replace("__", "."))(frozen))


def refuse_frozen(path: Trajectory) -> None:
    if path.status != Agreement.DRAFT:
        raise ValidationError(
            _("%(what)s is agreed and frozen: make a new version to change it.") % {"what": path}
        )


class FrozenWithPath(models.Model):
    """Saved one by one on a draft; a version agreed from a promise gets its parts at once."""

    trajectory: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_frozen(self.trajectory)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_frozen(self.trajectory)
        return super().delete(*args, **kwargs)


class EffectQuerySet(FrozenWithPathQuerySet["Effect"]):
    to_system = "trajectory__series__metric__system"
    to_path = "trajectory"


class Effect(FrozenWithPath):
    """What one intervention is expected to add to one path, in the metric's unit."""

    class Evidence(models.TextChoices):
        STRONG = "strong", _("Strong")
        FAIR = "fair", _("Fair")
        WEAK = "weak", _("Weak")
        NONE = "none", _("None")

    trajectory = models.ForeignKey(Trajectory, models.PROTECT, related_name="effects")
    intervention = models.ForeignKey(Intervention, models.PROTECT, related_name="effects")
    start = models.DateField(help_text=_("First day of the period in which the work starts."))
    lag = models.PositiveSmallIntegerField(default=0, help_text=_("Periods before any effect."))
    ramp = models.PositiveSmallIntegerField(
        default=1, help_text=_("Periods from the first effect to the full one.")
    )
    low = models.FloatField(null=True, blank=True)
    mid = models.FloatField(help_text=_("Full effect, signed as it moves the metric."))
    high = models.FloatField(null=True, blank=True)
    attribution = models.FloatField(
        default=1.0, help_text=_("Share left after overlap with other work is taken out.")
    )
    evidence = models.CharField(max_length=10, choices=Evidence, default=Evidence.NONE)
    sources = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = EffectQuerySet.as_manager()

    class Meta:
        ordering = ["trajectory_id", "order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory", "intervention"], name="aspirations_effect_once"
            ),
            models.CheckConstraint(
                name="aspirations_effect_attribution_is_a_share",
                condition=models.Q(attribution__range=(0, 1)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intervention}: {self.mid:+g}"

    def clean(self) -> None:
        """An effect is fixed with its path, and belongs to work of the same system."""
        refuse_frozen(self.trajectory)
        if self.intervention.system_id != self.trajectory.series.metric.system_id:
            raise ValidationError(_("An effect joins work and a path of one system."))


class OverlapQuerySet(FrozenWithPathQuerySet["Overlap"]):
    to_system = "first__trajectory__series__metric__system"
    to_path = "first__trajectory"


class Overlap(FrozenWithPath):
    """Gain that two interventions both claim, to be counted once."""

    first = models.ForeignKey(Effect, models.PROTECT, related_name="+")
    second = models.ForeignKey(Effect, models.PROTECT, related_name="+")
    amount = models.FloatField(help_text=_("Counted twice, in the metric's unit."))
    note = models.CharField(max_length=200, blank=True)

    objects = OverlapQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="aspirations_overlap_once"),
            models.CheckConstraint(
                name="aspirations_overlap_of_two",
                condition=models.Q(first__lt=models.F("second")),
            ),
            models.CheckConstraint(
                name="aspirations_overlap_positive", condition=models.Q(amount__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}: {self.amount:g}"

    def clean(self) -> None:
        refuse_frozen(self.trajectory)
        if self.first.trajectory_id != self.second.trajectory_id:
            raise ValidationError(_("An overlap joins two effects on one path."))

    @property
    def trajectory(self) -> Trajectory:
        return self.first.trajectory
