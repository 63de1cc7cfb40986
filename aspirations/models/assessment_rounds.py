"""Rounds of assessment, and who is asked in them."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import GatedQuerySet, System, User


class AssessmentRoundQuerySet(GatedQuerySet["AssessmentRound"]):
    def running(self) -> Self:
        return self.exclude(status=AssessmentRound.Status.LOCKED)


class AssessmentRound(models.Model):
    """One dated pass over the active aspirations: sheets alone, then moderation, then locked."""

    class Status(models.TextChoices):
        OPEN = "open", _("Assessors write, each alone")
        MODERATION = "moderation", _("In moderation")
        LOCKED = "locked", _("Locked")

    system = models.ForeignKey(System, models.PROTECT, related_name="assessment_rounds")
    title = models.CharField(max_length=120)
    due = models.DateField(_("sheets are due on"))
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    moderated_at = models.DateTimeField(null=True, blank=True, editable=False)
    locked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = AssessmentRoundQuerySet.as_manager()

    class Meta:
        ordering = ["system_id", "-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["system"],
                condition=~models.Q(status="locked"),
                name="aspirations_assessment_round_one_running",
            ),
            models.CheckConstraint(
                name="aspirations_assessment_round_locked_at",
                condition=models.Q(status="locked", locked_at__isnull=False)
                | (~models.Q(status="locked") & models.Q(locked_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfRoundQuerySet(GatedQuerySet["Assessor"]):
    to_system = "round__system"


class Assessor(models.Model):
    """Someone who is asked for sheets in a round."""

    round = models.ForeignKey(AssessmentRound, models.PROTECT, related_name="assessors")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ["round_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "user"], name="aspirations_assessor_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.round}"
