"""Promises as they were stated, before the figures they rest on are there."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.models.agreements import Form, Method, range_in_order
from people.models import GatedQuerySet, User


class CommitmentQuerySet(GatedQuerySet["Commitment"]):
    to_system = "metric__system"

    def in_force(self) -> Self:
        return self.filter(superseded_at=None)


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
