"""Rows that open by role, or to those who are named on them."""

from typing import Any, Self, TypeVar

from django.db import models

from people import permissions
from people.models.gated import GatedQuerySet
from people.models.systems import System

Row = TypeVar("Row", bound=models.Model, covariant=True)


class NamedQuerySet(GatedQuerySet[Row]):
    """Confidential rows and reviews: whole systems of them by role, others one by one by name."""

    def naming(self, user: Any, action: str) -> models.Q:
        """The condition that a row names this person for `action`: nobody, unless a kind says."""
        return models.Q(pk__in=[])

    def visible_to(self, user: Any, action: str = "") -> Self:
        """Rows this person may do `action` to.

        To be named is not enough: it takes a role in the system too, and ends with it.
        """
        action = action or permissions.MODELS[self.model._meta.label]
        by_role = models.Q(**{f"{self.to_system}__in": System.objects.visible_to(user, action)})
        return self.filter(by_role | self.by_name(user, action))

    def naming_now(self, user: Any, action: str) -> Self:
        """Rows that open to this person because they are named on them."""
        return self.filter(self.by_name(user, action))

    def by_name(self, user: Any, action: str) -> models.Q:
        named_in = System.objects.filter(permissions.named_systems_where(user, action))
        return models.Q(**{f"{self.to_system}__in": named_in}) & self.naming(user, action)
