"""Stocktakes: the days when the leader and those accountable look at one frozen picture."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import GatedQuerySet, System, User


class StocktakeQuerySet(GatedQuerySet["Stocktake"]):
    def planned(self) -> Self:
        """Those that stand: held, or to be held."""
        return self.filter(cancelled_at=None)


class Stocktake(models.Model):
    """One stocktake of a system, planned or past; called off with a reason, never deleted."""

    system = models.ForeignKey(System, models.PROTECT, related_name="stocktakes")
    date = models.DateField(_("day"))
    title = models.CharField(_("what it is about"), max_length=120, blank=True)
    chair = models.CharField(_("who chairs it, by office"), max_length=120, blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_reason = models.TextField(_("why it is called off"), blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StocktakeQuerySet.as_manager()

    class Meta:
        ordering = ["system_id", "date"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "date"],
                condition=models.Q(cancelled_at=None),
                name="routines_stocktake_one_a_day",
            ),
            models.CheckConstraint(
                name="routines_stocktake_cancelled_with_reason",
                condition=models.Q(cancelled_at=None, cancelled_reason="")
                | (models.Q(cancelled_at__isnull=False) & ~models.Q(cancelled_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system}, stocktake of {self.date}"
