"""The lists that people make by themselves, before they are put together."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalitions.models.coalitions import (
    Coalition,
    WithinCoalitionQuerySet,
    coalitions_naming,
)
from people.confidential.fields import SealedTextField, only_sealed
from people.models import NamedQuerySet, System, User


class OwnListQuerySet(WithinCoalitionQuerySet):
    def sent(self) -> Self:
        """Finished by their authors, and not put together with the others yet."""
        return self.filter(sent_at__isnull=False, pooled_at=None)


class OwnList(models.Model):
    """Whom one person would name. Nobody else sees it until the lists are put together."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="own_lists")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    pooled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OwnListQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "author"], condition=models.Q(pooled_at=None),
                name="coalitions_own_list_one_at_a_time",
            ),
            models.CheckConstraint(
                name="coalitions_own_list_sent_before_pooled",
                condition=models.Q(pooled_at=None) | models.Q(sent_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"own list {self.pk}"

    @property
    def system(self) -> System:
        return self.coalition.system


class NominationQuerySet(NamedQuerySet[Any]):
    """Open to who wrote them; to the others of the coalition once all lists are put together."""

    to_system = "own_list__coalition__system"

    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(own_list__coalition__in=coalitions_naming(user))

    def visible_to(self, user: Any, action: str = "") -> Self:
        own = models.Q(own_list__author=user.pk) | models.Q(own_list__pooled_at__isnull=False)
        return super().visible_to(user, action).filter(own)


class Nomination(models.Model):
    """An office on somebody's own list, as they wrote it."""

    own_list = models.ForeignKey(OwnList, models.PROTECT, related_name="nominations")
    office = SealedTextField(_("office"), max_length=120)
    why = SealedTextField(_("why"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NominationQuerySet.as_manager()

    class Meta:
        ordering = ["own_list", "id"]
        constraints = [
            only_sealed("office", "coalitions_nomination_office_sealed"),
            only_sealed("why", "coalitions_nomination_why_sealed"),
        ]

    def __str__(self) -> str:
        return f"nomination {self.pk}"

    @property
    def system(self) -> System:
        return self.own_list.coalition.system
