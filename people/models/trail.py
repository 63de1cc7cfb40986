"""The trail: who did what, when, before and after, and why."""

from collections.abc import Callable
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.gated import GatedQuerySet
from people.models.systems import System
from people.models.users import User
from people.permissions import administers, confidential_models

# Conditions on lines that a person may not read yet; a room adds its own as it is loaded.
WITHHELD: list[Callable[[Any], models.Q]] = []


class AuditEntryQuerySet(GatedQuerySet["AuditEntry"]):
    def visible_to(self, user: Any, action: str = "") -> Self:
        """Lines of the systems where this person may do `action`.

        Those about confidential things only to who may read the log of their openings, and never
        to be taken out of the house; none that a room withholds for now.
        """
        told = System.objects.visible_to(user, "opening.read")
        if action == "trail.export":
            told = System.objects.none()
        closed = models.Q(object_type__in=confidential_models()) & ~models.Q(system__in=told)
        for withheld in WITHHELD:
            closed |= withheld(user)
        return super().visible_to(user, action).exclude(closed)

    def about(self, row: models.Model, key: str = "") -> Self:
        """What was done to one object."""
        return self.filter(object_type=row._meta.label, object_key=key or str(row.pk))

    def of_installation(self, user: Any) -> Self:
        """What belongs to no system, for those who look after the installation."""
        return self.filter(system=None) if administers(user) else self.none()


class AuditEntry(models.Model):
    """Who did what, when, before and after, and why. Appended, never edited."""

    system = models.ForeignKey(System, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(
        max_length=200, blank=True, help_text=_("Roles of the actor in the system, at the time.")
    )
    request_id = models.CharField(max_length=36, blank=True)
    door = models.CharField(max_length=40, help_text=_("Page, command or interface it came by."))
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_key = models.CharField(max_length=120)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["system", "-at"], name="people_audit_by_system"),
            models.Index(fields=["object_type", "object_key"], name="people_audit_by_object"),
        ]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_key}"
