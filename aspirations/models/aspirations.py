"""What is cared about: aspirations, and the metrics placed under them."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import GatedQuerySet, System


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

    system = models.ForeignKey(System, models.PROTECT, related_name="aspirations")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    moral_purpose = models.TextField(_("what we care about"), blank=True)
    approach = models.TextField(_("what we will do"), blank=True)
    success = models.TextField(_("how we will measure success"), blank=True)
    accountable_head = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=20, choices=Status, default=Status.ADOPTED)
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
        ]

    def __str__(self) -> str:
        return self.title


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
