"""How an aspiration came about: what pressed for it, who was consulted, and who can name it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.models.aspirations import Aspiration
from aspirations.models.withdrawn import Withdrawable, WithdrawableQuerySet, withdrawn_with_reason
from people.models import User


class OfAspirationQuerySet(WithdrawableQuerySet[models.Model]):
    to_system = "aspiration__system"


class Influence(Withdrawable):
    """A force that an aspiration answers to."""

    class Kind(models.TextChoices):
        MISSION = "mission", _("Mission")
        LAW = "law", _("Law or regulation")
        COMMITMENT = "commitment", _("Commitment of earlier leaders or overseers")
        MANDATE = "mandate", _("Electoral mandate")
        WISHES = "wishes", _("Wishes of users and others affected")

    class Force(models.TextChoices):
        STRONG = "strong", _("Strong")
        MEDIUM = "medium", _("Medium")
        WEAK = "weak", _("Weak")

    aspiration = models.ForeignKey(Aspiration, models.PROTECT, related_name="influences")
    kind = models.CharField(max_length=12, choices=Kind)
    force = models.CharField(max_length=8, choices=Force)
    note = models.TextField(_("what it asks for"), max_length=2000)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfAspirationQuerySet.as_manager()

    class Meta:
        ordering = ["aspiration_id", "id"]
        constraints = [
            withdrawn_with_reason("aspirations_influence"),
            models.CheckConstraint(
                name="aspirations_influence_noted", condition=~models.Q(note="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.aspiration}"


class Consultation(Withdrawable):
    """One step of setting an aspiration: who was asked and how, what it changed, who was told."""

    aspiration = models.ForeignKey(Aspiration, models.PROTECT, related_name="consultations")
    held_on = models.DateField(_("when"))
    who = models.CharField(_("who was consulted"), max_length=300)
    how = models.CharField(_("how"), max_length=300)
    changed = models.TextField(_("what it changed"), max_length=2000, blank=True)
    told = models.CharField(_("who was told of the result"), max_length=300, blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfAspirationQuerySet.as_manager()

    class Meta:
        ordering = ["aspiration_id", "held_on", "id"]
        constraints = [
            withdrawn_with_reason("aspirations_consultation"),
            models.CheckConstraint(
                name="aspirations_consultation_told",
                condition=~models.Q(who="") & ~models.Q(how=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.held_on}"


class AlignmentProbe(Withdrawable):
    """How many people of one level, asked on a day, named the aspiration unprompted."""

    class Level(models.TextChoices):
        LEADER = "leader", _("Leader")
        TOP_TEAM = "top_team", _("Top 7–10 people")
        MIDDLE = "middle", _("Middle managers")
        FRONT_LINE = "front_line", _("Front line")
        PUBLISHED = "published", _("Published strategies")

    aspiration = models.ForeignKey(Aspiration, models.PROTECT, related_name="probes")
    level = models.CharField(max_length=12, choices=Level)
    probed_on = models.DateField(_("when"))
    asked = models.PositiveIntegerField(_("how many were asked"))
    named = models.PositiveIntegerField(_("how many named it unprompted"))
    exceptions = models.TextField(
        _("exceptions, and how serious they are"), max_length=2000, blank=True
    )
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfAspirationQuerySet.as_manager()

    class Meta:
        ordering = ["aspiration_id", "probed_on", "id"]
        constraints = [
            withdrawn_with_reason("aspirations_probe"),
            models.CheckConstraint(
                name="aspirations_probe_named_of_asked",
                condition=models.Q(asked__gte=1, named__lte=models.F("asked")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.named} of {self.asked}"
