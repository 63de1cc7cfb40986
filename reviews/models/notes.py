"""What was said in interviews: confidential to the joint team of the round."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.confidential.fields import SealedTextField, only_sealed
from people.models import NamedQuerySet, System, User
from reviews.models.rounds import Round, rounds_naming


class InterviewNoteQuerySet(NamedQuerySet["InterviewNote"]):
    to_system = "round__system"

    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(round__in=rounds_naming(user, action))


class InterviewNote(models.Model):
    """One note of an interview. Everything in it is sealed; it is written once."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    body = SealedTextField(_("note"), max_length=10_000)

    objects = InterviewNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [only_sealed("body", "reviews_interview_note_sealed")]

    def __str__(self) -> str:
        return f"interview note {self.pk}"

    @property
    def system(self) -> System:
        return self.round.system
