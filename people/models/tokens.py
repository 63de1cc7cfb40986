"""Tokens by which programs sign in."""

from django.db import models
from django.utils import timezone
from knox.models import AbstractAuthToken, AuthTokenManager

from people.models.gated import GatedQuerySet
from people.models.memberships import Role
from people.models.systems import System

PROGRAM_ROLES = (Role.VIEWER, Role.DATA_PROVIDER)


class TokenManager(AuthTokenManager, models.Manager.from_queryset(GatedQuerySet["Token"])):  # type: ignore[misc]
    """Knox's way of making a token, and the gate."""


class Token(AbstractAuthToken):
    """A program's way in: what its role opens in its system, and never more than its maker may.

    `user` is who made it and answers for it. The token itself is shown once and kept as a hash.
    """

    name = models.CharField(max_length=80)
    system = models.ForeignKey(System, models.PROTECT, related_name="tokens")
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in PROGRAM_ROLES])
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = TokenManager()

    class Meta:
        ordering = ["-created"]
        constraints = [
            models.CheckConstraint(
                name="people_token_role_of_a_program",
                condition=models.Q(role__in=[role.value for role in PROGRAM_ROLES]),
            ),
            models.CheckConstraint(
                name="people_token_expires", condition=models.Q(expiry__isnull=False)
            ),
            models.CheckConstraint(name="people_token_named", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.token_key}…)"

    def has_expired(self) -> bool:
        return self.expiry is not None and timezone.now() >= self.expiry
