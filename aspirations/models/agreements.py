"""What agreeing means: versions that freeze, and the form a path can take."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import User


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


class Method(models.TextChoices):
    """How a baseline value comes from the figures."""

    SINGLE = "single", _("One period")
    MEAN = "mean", _("Mean")
    TREND = "trend", _("Trend")


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
