"""What a closed round says: figures frozen at the closing, and the panel's agreed scores."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import System, User
from reviews.models.rounds import OfRoundQuerySet, Round, rounds_naming
from reviews.models.rubrics import Element, point_field, within_a_scale

EVERYONE = "all"
"""The group of a figure that tells of all groups together."""


class Publication(models.Model):
    """One freezing of a round's figures: one for each closing that changed any."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ["round_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"], name="reviews_publication_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}, publication {self.number}"

    @property
    def system(self) -> System:
        return self.round.system


class FigureQuerySet(OfRoundQuerySet):
    to_system = "publication__round__system"

    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(publication__round__in=rounds_naming(user, action))


class Figure(models.Model):
    """What is published of one element and group. A hidden one says only that it is confidential.

    `median` in steps of half a point. `bound` says that the median is this or beyond, towards the
    end of the scale. `low` and `high` are the ends of the middle half; of everyone they run from
    the lowest to the highest end among the groups, and `spread` is theirs too: no signed score is
    in either. A signed figure without a median says that the body cannot judge it. `basis` holds
    the keys of the scores it stands on until these are destroyed; it is never shown.
    """

    class State(models.TextChoices):
        SHOWN = "shown", _("Shown")
        CONFIDENTIAL = "confidential", _("Confidential")
        NONE = "none", _("No scores")

    class Bound(models.TextChoices):
        LOW = "low", _("or lower")
        HIGH = "high", _("or higher")

    class Spread(models.TextChoices):
        CLOSE = "close", _("Close")
        DISCUSS = "discuss", _("Discuss")

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="figures")
    element = models.ForeignKey(Element, models.PROTECT, related_name="+")
    group = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=State)
    median = models.FloatField(null=True, blank=True)
    bound = models.CharField(max_length=4, choices=Bound, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    spread = models.CharField(max_length=7, choices=Spread, blank=True)
    basis = models.JSONField(default=list, blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        ordering = ["publication_id", "element_id", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "element", "group"], name="reviews_figure_once"
            ),
            models.CheckConstraint(
                name="reviews_figure_hidden_says_nothing",
                condition=models.Q(state="shown")
                | models.Q(median=None, low=None, high=None, bound="", spread=""),
            ),
            models.CheckConstraint(
                name="reviews_figure_known_group",
                condition=models.Q(
                    group__in=[
                        "self", "unit", "independent", "interviewee", "focus_group", "survey",
                        "all",
                    ]
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.element}, {self.group}"

    @property
    def round(self) -> Round:
        return self.publication.round

    @property
    def system(self) -> System:
        return self.publication.round.system


class AgreedScoreQuerySet(OfRoundQuerySet):
    def in_force(self) -> Self:
        """Of each element the revision that holds."""
        later = self.model._default_manager.filter(
            round=models.OuterRef("round"), element=models.OuterRef("element"),
            revision__gt=models.OuterRef("revision"),
        )  # fmt: skip
        return self.filter(~models.Exists(later))


class AgreedScore(models.Model):
    """The panel's decision on one element, with its reason: never a mean. Appended, never edited.

    Without a value the panel says that it cannot judge.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="agreed")
    element = models.ForeignKey(Element, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    value: Any = point_field()
    reason = models.TextField(max_length=2000)
    dissent = models.TextField(max_length=2000, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AgreedScoreQuerySet.as_manager()

    class Meta:
        ordering = ["round_id", "element_id", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "element", "revision"], name="reviews_agreed_revision_once"
            ),
            models.CheckConstraint(
                name="reviews_agreed_with_a_reason", condition=~models.Q(reason="")
            ),
            within_a_scale("value", "reviews_agreed_within_a_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.element}, agreed in {self.round}"

    @property
    def system(self) -> System:
        return self.round.system
