"""What was seen: observations, the earlier values they had, and the files that brought them."""

import sys

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import GatedQuerySet, System, User

LARGEST = sys.float_info.max


def value_or_reason(prefix: str) -> list[models.BaseConstraint]:
    """A value is finite, or it is absent with a reason: never both, never neither."""
    return [
        models.CheckConstraint(
            name=f"{prefix}_value_or_reason",
            condition=(models.Q(value=None) & ~models.Q(missing_reason=""))
            | (models.Q(value__isnull=False) & models.Q(missing_reason="")),
        ),
        models.CheckConstraint(
            name=f"{prefix}_value_finite",
            # PostgreSQL sorts NaN above every number, so the range refuses it too.
            condition=models.Q(value=None) | models.Q(value__range=(-LARGEST, LARGEST)),
        ),
    ]


def denominator_with_numerator(prefix: str) -> models.BaseConstraint:
    """Both parts of a rate or neither; nothing is divided by zero."""
    neither = models.Q(numerator=None, denominator=None)
    finite = (-LARGEST, LARGEST)
    known = models.Q(numerator__isnull=False, denominator__isnull=False, value__isnull=False)
    both = known & models.Q(numerator__range=finite, denominator__gt=0, denominator__lte=LARGEST)
    return models.CheckConstraint(name=f"{prefix}_parts_together", condition=neither | both)


class ImportQuerySet(GatedQuerySet["Import"]):
    pass


class Import(models.Model):
    """One file taken in whole: who brought it, when, and what it did."""

    system = models.ForeignKey(System, models.PROTECT, related_name="imports")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="aspirations_import_rows_add_up",
                condition=models.Q(
                    rows=models.F("added") + models.F("changed") + models.F("unchanged")
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.at:%Y-%m-%d})"


class ObservationQuerySet(GatedQuerySet["Observation"]):
    to_system = "series__metric__system"


class Observation(models.Model):
    """One value of one series in one period; absent values say why. Missing is never zero."""

    class Missing(models.TextChoices):
        MISSING = "missing", _("Missing")
        SUPPRESSED = "suppressed", _("Suppressed: too few people")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")
        WITHHELD = "withheld", _("Withheld")

    HIDDEN = frozenset({Missing.SUPPRESSED.value, Missing.WITHHELD.value})
    """Reasons for which earlier values stay untold too."""

    series = models.ForeignKey("aspirations.Series", models.PROTECT, related_name="observations")
    period = models.DateField(help_text=_("First day of the period."))
    value = models.FloatField(null=True, blank=True)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    missing_reason = models.CharField(max_length=20, choices=Missing, blank=True)
    published_on = models.DateField(help_text=_("When the world could know it."))
    recorded_at = models.DateTimeField(default=timezone.now)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    imported = models.ForeignKey(Import, models.PROTECT, null=True, related_name="observations")
    revision = models.PositiveIntegerField(default=0)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period"], name="aspirations_observation_once"
            ),
            *value_or_reason("aspirations_observation"),
            denominator_with_numerator("aspirations_observation"),
            models.CheckConstraint(
                name="aspirations_observation_period_in_range",
                condition=models.Q(period__gte="1900-01-01", period__lt="2201-01-01"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.period}: {self.value}"


class ObservationRevisionQuerySet(GatedQuerySet["ObservationRevision"]):
    to_system = "observation__series__metric__system"


class ObservationRevision(models.Model):
    """The value an observation had before it changed, and who changed it, when and why."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(help_text=_("0 for the first value."))
    value = models.FloatField(null=True, blank=True)
    numerator = models.FloatField(null=True, blank=True)
    denominator = models.FloatField(null=True, blank=True)
    missing_reason = models.CharField(max_length=20, blank=True)
    published_on = models.DateField()
    recorded_at = models.DateTimeField(help_text=_("When this value was recorded."))
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    imported = models.ForeignKey(Import, models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(default=timezone.now)
    replaced_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    replaced_import = models.ForeignKey(Import, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    objects = ObservationRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["observation_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["observation", "number"], name="aspirations_revision_once"
            ),
            *value_or_reason("aspirations_revision"),
            denominator_with_numerator("aspirations_revision"),
        ]

    def __str__(self) -> str:
        return f"{self.observation_id} revision {self.number}"
