"""How someone comes to a role: by an invitation they accept, and for leaders by an appointment."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.gated import GatedQuerySet
from people.models.memberships import LEADERS, Role
from people.models.systems import System
from people.models.users import User


class InvitationQuerySet(GatedQuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither accepted nor withdrawn; they may have expired."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(models.Model):
    """A role offered by e-mail. The link holds a secret of which only the hash is kept."""

    system = models.ForeignKey(System, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(max_length=20, choices=Role)
    office = models.CharField(
        max_length=120, blank=True, help_text=_("The office that the role comes with.")
    )
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the secret."))
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "email", "role"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="people_invitation_one_open",
            ),
            models.CheckConstraint(
                name="people_invitation_known_role", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="people_invitation_expires_later",
                condition=Q(expires_at__gt=F("invited_at")),
            ),
            models.CheckConstraint(
                name="people_invitation_accepted_by_someone",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="people_invitation_accepted_or_withdrawn",
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.get_role_display()} of {self.system}"

    def has_expired(self) -> bool:
        return timezone.now() >= self.expires_at

    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.accepted_at is None and self.withdrawn_at is None and not self.has_expired()


class AppointmentQuerySet(GatedQuerySet["Appointment"]):
    def waiting(self) -> Self:
        return self.filter(decided_at=None)


class Appointment(models.Model):
    """Someone proposed as a leader by one who is none: a leader in post decides.

    Where no leader is left, a second administrator does. Nobody decides on themselves.
    """

    system = models.ForeignKey(System, models.PROTECT, related_name="appointments")
    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=20, choices=Role)
    reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    accepted = models.BooleanField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "user", "role"],
                condition=Q(decided_at=None),
                name="people_appointment_one_waiting",
            ),
            models.CheckConstraint(
                name="people_appointment_of_a_leader", condition=Q(role__in=sorted(LEADERS))
            ),
            models.CheckConstraint(
                name="people_appointment_decided_by_another",
                condition=Q(decided_by=None)
                | (~Q(decided_by=F("user")) & ~Q(decided_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="people_appointment_decided_wholly",
                condition=Q(accepted=None, decided_by=None, decided_at=None)
                | Q(accepted__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.get_role_display()} of {self.system}"
