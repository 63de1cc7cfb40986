"""Who will do what by when, wherever it was agreed."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models.gated import GatedQuerySet
from people.models.systems import System


class ActionQuerySet(GatedQuerySet["Action"]):
    def visible_to(self, user: Any, action: str = "") -> Self:
        """Those of systems one may read, once the room that agreed on them shares them."""
        return super().visible_to(user, action).filter(shared=True)

    def open(self) -> Self:
        return self.filter(status=Action.Status.OPEN)


class Action(models.Model):
    """An agreed task with an owner, by office, and a date. It is dropped with a reason, never lost.

    `shared` is false while the room that it comes from keeps it among those who agreed on it.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    system = models.ForeignKey(System, models.PROTECT, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=120, help_text=_("The office that does it."))
    due = models.DateField()
    status = models.CharField(max_length=7, choices=Status, default=Status.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(
        max_length=500, blank=True, help_text=_("What came of it, or why it was dropped.")
    )
    shared = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                name="people_action_says_what",
                condition=~models.Q(what="") & ~models.Q(owner=""),
            ),
            models.CheckConstraint(
                name="people_action_settled_on_a_day",
                condition=models.Q(status="open", settled_on=None)
                | models.Q(status__in=["done", "dropped"], settled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="people_action_dropped_with_a_reason",
                condition=~models.Q(status="dropped") | ~models.Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def is_late(self, today: date) -> bool:
        return self.status == self.Status.OPEN and self.due < today
