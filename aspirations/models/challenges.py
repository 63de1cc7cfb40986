"""Doubts that were put to a human judgment or to a drafted path, and how they were answered."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.models.assessments import Assessment
from aspirations.models.trajectories import Trajectory
from people.models import GatedQuerySet, System, User


class ChallengeQuerySet(GatedQuerySet["Challenge"]):
    def visible_to(self, user: Any, action: str = "") -> Self:
        """Doubts about a sheet only to who may read the sheet."""
        sheets = Assessment.objects.visible_to(user)
        of_path = models.Q(assessment=None)
        return super().visible_to(user, action).filter(of_path | models.Q(assessment__in=sheets))


class Challenge(models.Model):
    """One doubt with its answer. Neither is edited once written."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("Kept as it was")
        CHANGED = "changed", _("Changed")

    system = models.ForeignKey(System, models.PROTECT, related_name="challenges")
    assessment = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    trajectory = models.ForeignKey(
        Trajectory, models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    text = models.TextField(_("what is doubted, and why"), max_length=4000)
    answer = models.TextField(max_length=4000, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["system_id", "at", "id"]
        constraints = [
            models.CheckConstraint(
                name="aspirations_challenge_of_one_thing",
                condition=models.Q(assessment=None, trajectory__isnull=False)
                | models.Q(assessment__isnull=False, trajectory=None),
            ),
            models.CheckConstraint(
                name="aspirations_challenge_worded", condition=~models.Q(text="")
            ),
            models.CheckConstraint(
                name="aspirations_challenge_answered_whole",
                condition=models.Q(answered_at=None, answer="", outcome="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")
                   & ~models.Q(outcome="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"challenge of {self.assessment or self.trajectory}"
