"""Rounds of a capacity review."""

from datetime import date
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from aspirations.models import Aspiration
from people.models import NamedQuerySet, System

# What only the joint team may do where they are named; the rest is for every participant.
OF_THE_JOINT_TEAM = {"note.read", "note.write", "opening.read"}


def rounds_naming(user: Any, action: str) -> models.QuerySet[Any]:
    """Keys of the rounds on which this person is named, for this action."""
    rows = apps.get_model("reviews.Participant").objects.in_force(action).filter(user=user.pk)
    if action in OF_THE_JOINT_TEAM:
        rows = rows.filter(joint_team=True)
    return rows.values("round")


class RoundQuerySet(NamedQuerySet["Round"]):
    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(pk__in=rounds_naming(user, action))


class Round(models.Model):
    """One dated pass of a capacity review. Its notes and, later, its scores are not open to all."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being set up")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    system = models.ForeignKey(System, models.PROTECT, related_name="rounds")
    title = models.CharField(max_length=120)
    purpose = models.TextField(max_length=2000)
    aspiration = models.ForeignKey(
        Aspiration, models.PROTECT, null=True, blank=True, related_name="rounds"
    )
    starts = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-starts", "-id"]
        constraints = [
            models.CheckConstraint(
                name="reviews_round_known_state",
                condition=models.Q(state__in=["draft", "open", "closed"]),
            ),
            models.CheckConstraint(
                name="reviews_round_closed_has_a_time",
                condition=models.Q(state="closed", closed_at__isnull=False)
                | ~models.Q(state="closed") & models.Q(closed_at=None),
            ),
            models.CheckConstraint(
                name="reviews_round_starts_before_it_is_due",
                condition=models.Q(due__gte=models.F("starts")),
            ),
            models.CheckConstraint(name="reviews_round_titled", condition=~models.Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    def is_late(self, today: date) -> bool:
        """Whether the round is still open after the day it was due."""
        return self.state == self.State.OPEN and today > self.due

    def clean(self) -> None:
        if self.aspiration is not None and self.aspiration.system_id != self.system_id:
            raise ValidationError(
                {"aspiration": _("A review belongs to an aspiration of its own system only.")}
            )
        if self.starts and self.due and self.due < self.starts:
            raise ValidationError(
                {
                    "due": _("%(due)s is before the start, %(starts)s. Choose a later day.")
                    % {"due": self.due, "starts": self.starts}
                }
            )
