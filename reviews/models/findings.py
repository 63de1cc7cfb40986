"""What follows from a review: findings, what they imply, what is done, left or stopped."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import Action, System, User
from reviews.models.rounds import OfRoundQuerySet, Round, rounds_naming
from reviews.models.rubrics import Element, point_field, within_a_scale

SHORT = 60


def cut(text: str) -> str:
    """Its beginning, for a list or a line of the trail's choices."""
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


class FindingQuerySet(OfRoundQuerySet):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)


class Finding(models.Model):
    """What the review saw. It may rest on several elements or on none, and needs no score."""

    class Nature(models.TextChoices):
        STRENGTH = "strength", _("Strength")
        WEAKNESS = "weakness", _("Weakness")
        OBSERVATION = "observation", _("Observation")

    round = models.ForeignKey(Round, models.PROTECT, related_name="findings")
    text = models.TextField(max_length=1000)
    nature = models.CharField(max_length=11, choices=Nature, default=Nature.OBSERVATION)
    elements = models.ManyToManyField(Element, blank=True, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["round_id", "order", "id"]
        constraints = [
            models.CheckConstraint(
                name="reviews_finding_says_something", condition=~models.Q(text="")
            ),
            models.CheckConstraint(
                name="reviews_finding_known_nature",
                condition=models.Q(nature__in=["strength", "weakness", "observation"]),
            ),
        ]

    def __str__(self) -> str:
        return cut(self.text)

    @property
    def system(self) -> System:
        return self.round.system


class ImplicationQuerySet(OfRoundQuerySet):
    to_system = "finding__round__system"

    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(finding__round__in=rounds_naming(user, action))

    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)


class Implication(models.Model):
    """So what: what a finding means for delivery; maybe a question, to solve or to work around."""

    class Answer(models.TextChoices):
        SOLVE = "solve", _("Solve it")
        WORK_AROUND = "work_around", _("Work around it")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="implications")
    text = models.TextField(max_length=1000)
    is_question = models.BooleanField(_("it is a question"), default=False)
    answer = models.CharField(max_length=11, choices=Answer, blank=True)
    answer_reason = models.CharField(max_length=500, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ImplicationQuerySet.as_manager()

    class Meta:
        ordering = ["finding_id", "order", "id"]
        constraints = [
            models.CheckConstraint(
                name="reviews_implication_says_something", condition=~models.Q(text="")
            ),
            models.CheckConstraint(
                name="reviews_implication_answers_a_question",
                condition=models.Q(answer="")
                | models.Q(is_question=True, answer__in=["solve", "work_around"]),
            ),
        ]

    def __str__(self) -> str:
        return cut(self.text)

    @property
    def round(self) -> Round:
        return self.finding.round

    @property
    def system(self) -> System:
        return self.finding.round.system


class ReviewActionQuerySet(OfRoundQuerySet):
    to_system = "implication__finding__round__system"

    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(implication__finding__round__in=rounds_naming(user, action))


class ReviewAction(models.Model):
    """An action that a review led to: its term, and the level it is to move an element to.

    The task itself, with owner and date, is an action of the system; `implication` says why.
    """

    class Term(models.TextChoices):
        SHORT = "short", _("Short term")
        LONG = "long", _("Long term")

    implication = models.ForeignKey(Implication, models.PROTECT, related_name="actions")
    action = models.OneToOneField(Action, models.PROTECT, related_name="of_review")
    term = models.CharField(max_length=5, choices=Term, default=Term.SHORT)
    element = models.ForeignKey(Element, models.PROTECT, null=True, blank=True, related_name="+")
    towards: Any = point_field()

    objects = ReviewActionQuerySet.as_manager()

    class Meta:
        ordering = ["action__due", "id"]
        constraints = [
            models.CheckConstraint(
                name="reviews_action_known_term", condition=models.Q(term__in=["short", "long"])
            ),
            models.CheckConstraint(
                name="reviews_action_towards_a_level_of_an_element",
                condition=models.Q(towards=None) | models.Q(element__isnull=False),
            ),
            within_a_scale("towards", "reviews_action_within_a_scale"),
        ]

    def __str__(self) -> str:
        return str(self.action)

    @property
    def round(self) -> Round:
        return self.implication.finding.round

    @property
    def system(self) -> System:
        return self.round.system


class Conclusion(models.Model):
    """What leaders decide beside the actions, and what the review means for the unit."""

    class Kind(models.TextChoices):
        FOCUS = "focus", _("Where leaders choose to act")
        STOP = "stop", _("What leaders will stop")
        LEAVE = "leave", _("What leaders will leave alone")
        RECRUIT = "recruit", _("Where the unit recruits")
        DATA = "data", _("Data capability: built or borrowed")
        DESIGN = "design", _("How the unit is built")
        EMPHASISE = "emphasise", _("What the unit’s work must stress")

    OF_LEADERS = ("focus", "stop", "leave")
    OF_UNIT = ("recruit", "data", "design", "emphasise")

    round = models.ForeignKey(Round, models.PROTECT, related_name="conclusions")
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.TextField(max_length=1000)
    elements = models.ManyToManyField(Element, blank=True, related_name="+")
    office = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["round_id", "kind", "order", "id"]
        constraints = [
            models.CheckConstraint(
                name="reviews_conclusion_says_something", condition=~models.Q(text="")
            ),
            models.CheckConstraint(
                name="reviews_conclusion_known_kind",
                condition=models.Q(
                    kind__in=["focus", "stop", "leave", "recruit", "data", "design", "emphasise"]
                ),
            ),
        ]

    def __str__(self) -> str:
        return cut(self.text)

    @property
    def system(self) -> System:
        return self.round.system
