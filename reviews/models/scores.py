"""Scores of single raters: appended, read by nobody but their rater, destroyed in time."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import GatedQuerySet, System
from reviews.models.participants import Participant
from reviews.models.rubrics import Element, point_field, within_a_scale


class ScoreQuerySet(GatedQuerySet["Score"]):
    """By role these rows open to nobody (`score.raw`); raters reach their own by their part."""

    to_system = "participant__round__system"

    def in_force(self) -> Self:
        """Of each rater and element the revision that counts."""
        later = self.model._default_manager.filter(
            participant=models.OuterRef("participant"), element=models.OuterRef("element"),
            revision__gt=models.OuterRef("revision"),
        )  # fmt: skip
        return self.filter(~models.Exists(later))


class Score(models.Model):
    """What one rater says of one element; `value` is None where they cannot judge it.

    Saving again adds a revision. `sources` is a list of `{"kind", "text"}`.
    """

    class Confidence(models.TextChoices):
        SURE = "sure", _("Sure")
        FAIRLY = "fairly", _("Fairly sure")
        UNSURE = "unsure", _("Not sure")

    class Source(models.TextChoices):
        DOCUMENT = "document", _("Document")
        INTERVIEW = "interview", _("Interview")
        DATA = "data", _("Data")
        OBSERVATION = "observation", _("Observation")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="scores")
    element = models.ForeignKey(Element, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    value: Any = point_field()
    reason = models.TextField(max_length=2000, blank=True)
    sources = models.JSONField(default=list, blank=True)
    confidence = models.CharField(max_length=6, choices=Confidence, blank=True)
    raise_by_one = models.CharField(_("what would raise it by one"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["participant_id", "element_id", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "element", "revision"], name="reviews_score_revision_once"
            ),
            models.CheckConstraint(
                name="reviews_score_first_revision_is_one", condition=models.Q(revision__gte=1)
            ),
            within_a_scale("value", "reviews_score_within_a_scale"),
        ]

    def __str__(self) -> str:
        return f"score {self.pk}"

    @property
    def system(self) -> System:
        return self.participant.round.system
