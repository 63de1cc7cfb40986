"""What was said in interviews and focus groups: confidential to the joint team of the round."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.confidential.fields import SealedTextField, only_sealed
from people.models import System, User
from reviews.models.participants import Participant
from reviews.models.rounds import OfRoundQuerySet, Round
from reviews.models.rubrics import Element


class Conversation(models.Model):
    """One interview or focus group: when, how many, from which level. Who it was is sealed."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("Interview")
        FOCUS_GROUP = "focus_group", _("Focus group")

    round = models.ForeignKey(Round, models.PROTECT, related_name="conversations")
    kind = models.CharField(max_length=11, choices=Kind)
    tier = models.CharField(_("level"), max_length=10, choices=Participant.Tier, blank=True)
    held_on = models.DateField()
    people = models.PositiveSmallIntegerField(_("how many people"), default=1)
    label = SealedTextField(_("who"), max_length=300)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ["round_id", "held_on", "id"]
        constraints = [
            only_sealed("label", "reviews_conversation_sealed"),
            models.CheckConstraint(
                name="reviews_conversation_known_kind",
                condition=models.Q(kind__in=["interview", "focus_group"]),
            ),
            models.CheckConstraint(
                name="reviews_conversation_with_someone", condition=models.Q(people__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @property
    def system(self) -> System:
        return self.round.system


class InterviewNote(models.Model):
    """One note of a conversation, on one element or on none. Its text is sealed; written once."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="notes")
    conversation = models.ForeignKey(
        Conversation, models.PROTECT, null=True, blank=True, related_name="notes"
    )
    element = models.ForeignKey(Element, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    body: Any = SealedTextField(_("note"), max_length=10_000)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [only_sealed("body", "reviews_interview_note_sealed")]

    def __str__(self) -> str:
        return f"interview note {self.pk}"

    @property
    def system(self) -> System:
        return self.round.system
