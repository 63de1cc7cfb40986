"""What lies in a coalition, or beneath one of its candidates, and opens with it."""

from typing import Any

from django.db import models
from django.utils import timezone

from coalitions.models.coalitions import Coalition, WithinCoalitionQuerySet, coalitions_naming
from people.confidential.fields import only_sealed
from people.models import NamedQuerySet, System, User


def sealed(model: str, *fields: str) -> list[models.CheckConstraint]:
    """That each of these columns holds nothing but sealed texts."""
    return [only_sealed(field, f"coalitions_{model}_{field}_sealed") for field in fields]


class OfCandidateQuerySet(NamedQuerySet[Any]):
    """Rows about one candidate; they open with the coalition."""

    to_system = "candidate__coalition__system"

    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(candidate__coalition__in=coalitions_naming(user))


class OfCoalition(models.Model):
    """A row that lies in a coalition; each kind names its own `coalition`."""

    coalition: Coalition

    objects = WithinCoalitionQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def system(self) -> System:
        return self.coalition.system


class Signed(models.Model):
    """Who wrote a row, and when."""

    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
