"""Tokens by which programs sign in."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from knox.models import AbstractAuthToken, get_digest_token
from knox.settings import CONSTANTS

from people.models.gated import GatedQuerySet
from people.models.memberships import Membership, Role
from people.models.systems import System

PROGRAM_ROLES = (Role.VIEWER, Role.DATA_PROVIDER)
USE_NOTED_EVERY = timedelta(minutes=1)


class TokenQuerySet(GatedQuerySet["Token"]):
    def with_makers(self) -> Self:
        """Each with its maker, and whether they still have a role in its system."""
        roles = Membership.objects.filter(user=OuterRef("user"), system=OuterRef("system"))
        return self.select_related("user").annotate(maker_has_role=Exists(roles))

    def live(self) -> Self:
        return self.filter(expiry__gt=timezone.now())

    def make(self, *, lasts: timedelta, **fields: Any) -> tuple["Token", str]:
        """A new row, and the token itself for the only time: the row keeps its hash."""
        digest, token = get_digest_token()
        key = token[: CONSTANTS.TOKEN_KEY_LENGTH]
        row = self.create(digest=digest, token_key=key, expiry=timezone.now() + lasts, **fields)
        return row, str(token)


class Token(AbstractAuthToken):
    """A program's way in: what its role opens in its system, and never more than its maker may.

    `user` is who made it and answers for it. The token itself is shown once and kept as a hash.
    """

    name = models.CharField(max_length=80)
    system = models.ForeignKey(System, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(r.value, r.label) for r in PROGRAM_ROLES])
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

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

    def is_answered_for(self) -> bool:
        """Whether its maker may still sign in and still has a role in its system."""
        return self.user.is_active and self.user.memberships.filter(system=self.system_id).exists()

    def note_use(self) -> None:
        """Remember that it was used just now; most requests write nothing."""
        now = timezone.now()
        stale = now - USE_NOTED_EVERY
        if self.last_used_at is not None and self.last_used_at > stale:
            return
        # Of several requests at once one writes; none waits for the others' answers.
        unnoted = models.Q(last_used_at=None) | models.Q(last_used_at__lte=stale)
        Token.objects.filter(unnoted, pk=self.pk).update(last_used_at=now)
        self.last_used_at = now

    def state(self) -> str:
        """Whether it works, else why not: `ended`, `closed` (account of its maker) or `left`."""
        if self.has_expired():
            return "ended"
        if not self.user.is_active:
            return "closed"
        # Asked of many at once by `with_makers`.
        has_role = getattr(self, "maker_has_role", None)
        return "works" if (self.is_answered_for() if has_role is None else has_role) else "left"
