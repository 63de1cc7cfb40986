"""Rows that belong to a system, and the one way to them."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from people import permissions
from people.models.systems import System

Row = TypeVar("Row", bound=models.Model, covariant=True)


class GatedQuerySet(models.QuerySet[Row]):
    """Rows that belong to a system, reached by the lookup `to_system`."""

    to_system: ClassVar[str] = "system"

    def visible_to(self, user: Any, action: str = "") -> Self:
        """Rows of the systems where this person may do `action`.

        Without one it is the action that the permission table names for the model.
        """
        action = action or permissions.MODELS[self.model._meta.label]
        systems = System.objects.visible_to(user, action)
        return self.filter(**{f"{self.to_system}__in": systems})
