"""Whether an aspiration is worth holding: its dated reviews against five criteria."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.models.aspirations import Aspiration
from aspirations.models.setting import OfAspirationQuerySet
from aspirations.models.withdrawn import Withdrawable, withdrawn_with_reason
from people.models import GatedQuerySet, User


class QualityReview(Withdrawable):
    """A dated review by named reviewers, with its outcome; a later one takes its place."""

    class Outcome(models.TextChoices):
        ENDORSE = "endorse", _("Endorse")
        ALTER = "alter", _("Alter")
        REDEFINE = "redefine", _("Redefine")

    aspiration = models.ForeignKey(Aspiration, models.PROTECT, related_name="quality_reviews")
    reviewed_on = models.DateField(_("when"))
    reviewers = models.CharField(_("reviewers"), max_length=300)
    outcome = models.CharField(max_length=10, choices=Outcome)
    remedy = models.TextField(_("what follows"), max_length=2000, blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfAspirationQuerySet.as_manager()

    class Meta:
        ordering = ["aspiration_id", "reviewed_on", "id"]
        constraints = [
            withdrawn_with_reason("aspirations_quality_review"),
            models.CheckConstraint(
                name="aspirations_quality_review_by_someone", condition=~models.Q(reviewers="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aspiration}, reviewed {self.reviewed_on}"


class QualityRatingQuerySet(GatedQuerySet["QualityRating"]):
    to_system = "review__aspiration__system"


class QualityRating(models.Model):
    """1 (weak) to 4 (strong) on one criterion, with its reason. Written once."""

    class Criterion(models.TextChoices):
        MORAL_PURPOSE = "moral_purpose", _("Moral purpose")
        AMBITIOUS = "ambitious", _("Ambitious")
        MEASURABLE = "measurable", _("Measurable")
        FOCUSED = "focused", _("Focused")
        SHARED = "shared", _("Shared")

    review = models.ForeignKey(QualityReview, models.PROTECT, related_name="ratings")
    criterion = models.CharField(max_length=16, choices=Criterion)
    rating = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=2000)

    objects = QualityRatingQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion"], name="aspirations_quality_rating_once"
            ),
            models.CheckConstraint(
                name="aspirations_quality_rating_on_the_scale",
                condition=models.Q(rating__range=(1, 4)) & ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_criterion_display()}: {self.rating}"
