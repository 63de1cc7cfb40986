"""What is cared about: aspirations, and the metrics placed under them."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import GatedQuerySet, System, User


class AspirationQuerySet(GatedQuerySet["Aspiration"]):
    def active(self) -> Self:
        return self.exclude(status=Aspiration.Status.RETIRED)


class Aspiration(models.Model):
    """An outcome and a direction: what we care about, what we will do, how we measure success."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ADOPTED = "adopted", _("Adopted")
        UNDER_REVIEW = "under_review", _("Under review")
        RETIRED = "retired", _("Retired")

    class Quadrant(models.TextChoices):
        """Fields of the map of delivery: boldness by quality of execution."""

        TRANSFORMATION = "transformation", _("Transformation")
        CONTROVERSY = "controversy", _("Controversy without impact")
        IMPROVED = "improved", _("Improved outcomes")
        STATUS_QUO = "status_quo", _("Status quo")

    class SettingModel(models.TextChoices):
        CONSULTATIVE = "consultative", _("Consultative")
        LEAD = "lead", _("Lead from the front")

    system = models.ForeignKey(System, models.PROTECT, related_name="aspirations")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    moral_purpose = models.TextField(_("what we care about"), blank=True)
    approach = models.TextField(_("what we will do"), blank=True)
    success = models.TextField(_("how we will measure success"), blank=True)
    accountable_head = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ADOPTED)
    boldness = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("1 (modest) to 4 (bold).")
    )
    boldness_reason = models.TextField(_("why so bold"), max_length=2000, blank=True)
    intended_quadrant = models.CharField(
        _("where it is meant to be on the map of delivery"), max_length=16, choices=Quadrant,
        blank=True,
    )  # fmt: skip
    setting_model = models.CharField(
        _("how it was set"), max_length=14, choices=SettingModel, blank=True
    )
    setting_reason = models.TextField(_("why in this way"), max_length=2000, blank=True)
    roles_reason = models.TextField(
        _("why a kind of metric is missing"), max_length=2000, blank=True
    )
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = AspirationQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["system", "slug"], name="aspirations_aspiration_slug"),
            models.CheckConstraint(
                name="aspirations_aspiration_titled", condition=~models.Q(title="")
            ),
            models.CheckConstraint(
                name="aspirations_aspiration_boldness_on_the_scale",
                condition=models.Q(boldness=None) | models.Q(boldness__range=(1, 4)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


WORDED = ("title", "moral_purpose", "approach", "success")


class WordingQuerySet(GatedQuerySet["Wording"]):
    to_system = "aspiration__system"


class Wording(models.Model):
    """What an aspiration said, by version. Never edited."""

    aspiration = models.ForeignKey(Aspiration, models.PROTECT, related_name="wordings")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    moral_purpose = models.TextField(blank=True)
    approach = models.TextField(blank=True)
    success = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["aspiration_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["aspiration", "version"], name="aspirations_wording_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"


class PlacementQuerySet(GatedQuerySet["Placement"]):
    to_system = "aspiration__system"


class Placement(models.Model):
    """A metric's place under an aspiration; one metric may serve several."""

    aspiration = models.ForeignKey(Aspiration, models.PROTECT, related_name="placements")
    metric = models.ForeignKey("aspirations.Metric", models.PROTECT, related_name="placements")
    order = models.PositiveSmallIntegerField(default=0)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["aspiration", "metric"], name="aspirations_placement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.metric} under {self.aspiration}"

    def clean(self) -> None:
        if self.metric.system_id != self.aspiration.system_id:
            raise ValidationError(_("A metric serves aspirations of its own system only."))
