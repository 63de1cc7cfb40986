"""Who opened confidential pages, and when."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.gated import GatedQuerySet
from people.models.systems import System
from people.models.users import User


class OpeningQuerySet(GatedQuerySet["Opening"]):
    pass


class Opening(models.Model):
    """One reading of a confidential page. Appended, never edited; holds none of its content."""

    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    object_type = models.CharField(max_length=60)
    object_key = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    request_id = models.CharField(max_length=36, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(
                fields=["system", "object_type", "object_key", "-at"], name="people_opening_of"
            )
        ]
        verbose_name = _("opening")

    def __str__(self) -> str:
        return f"{self.user} opened {self.object_type} {self.object_key}"
