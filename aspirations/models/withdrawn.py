"""What was entered by mistake is taken back with a reason, and stays to be seen."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import GatedQuerySet, User

Row = TypeVar("Row", bound=models.Model, covariant=True)


class WithdrawableQuerySet(GatedQuerySet[Row]):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at=None)


class Withdrawable(models.Model):
    """A row that is never edited; a mistaken one is withdrawn by someone, with a reason."""

    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    withdrawal_reason = models.TextField(_("why it is taken back"), blank=True)

    class Meta:
        abstract = True


def withdrawn_with_reason(prefix: str) -> models.BaseConstraint:
    return models.CheckConstraint(
        name=f"{prefix}_withdrawal_reasoned",
        condition=models.Q(withdrawn_at=None, withdrawal_reason="")
        | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawal_reason="")),
    )
