"""Files made in the background for one person."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.gated import GatedQuerySet
from people.models.systems import System
from people.models.users import User

KEPT = timedelta(days=14)
"""How long a file can be taken."""


class ExportQuerySet(GatedQuerySet["Export"]):
    def visible_to(self, user: Any, action: str = "") -> Self:
        """Only one's own, and only while one may still make them."""
        return super().visible_to(user, action).filter(asked_by=user.pk)

    def to_take(self) -> Self:
        """Those whose file is there for the person who asked."""
        return self.filter(state=Export.State.DONE, finished_at__gt=timezone.now() - KEPT)


class Export(models.Model):
    """A file for one person, whose rights are asked when it is made and again when it is taken."""

    class Kind(models.TextChoices):
        TRAIL = "trail", _("Trail of changes")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DONE = "done", _("Ready")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")

    system = models.ForeignKey(System, models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=12, choices=Kind)
    filters = models.JSONField(default=dict, blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    claimed_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.CharField(max_length=80, blank=True, help_text=_("Random name in MEDIA_ROOT."))
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text=_("Bytes."))
    rows = models.PositiveIntegerField(default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="people_export_known_state",
                condition=models.Q(state__in=["waiting", "done", "refused", "failed"]),
            ),
            models.CheckConstraint(
                name="people_export_done_has_a_file",
                condition=~models.Q(state="done") | ~models.Q(file=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.system} for {self.asked_by}"

    @property
    def expires_at(self) -> datetime | None:
        """When the file can no longer be taken; None where there is none."""
        if self.state != self.State.DONE or self.finished_at is None:
            return None
        return self.finished_at + KEPT

    @property
    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()
