"""Who takes part in a round."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import permissions
from people.models import GatedQuerySet, System, User
from reviews.models.rounds import Round


class ParticipantQuerySet(GatedQuerySet["Participant"]):
    to_system = "round__system"

    def in_force(self, action: str = "review.read") -> Self:
        """Those who have held, ever since they were named, a role that lets them do `action`."""
        return self.filter(permissions.still_held(action, system="round__system"))

    def with_reach(self) -> Self:
        """`reach`: whether the person can open the round now."""
        return self.annotate(reach=permissions.still_held("review.read", system="round__system"))

    def lapsed(self) -> Self:
        """Those who lost every such role; the round is closed to them."""
        return self.exclude(permissions.still_held("review.read", system="round__system"))

    def visible_to(self, user: Any, action: str = "") -> Self:
        """Everyone's, to the unit; to others their own part alone."""
        action = action or permissions.MODELS[self.model._meta.label]
        by_role = models.Q(round__system__in=System.objects.visible_to(user, action))
        own = models.Q(user=user.pk, round__in=Round.objects.visible_to(user, action))
        return self.filter(by_role | own)


class Participant(models.Model):
    """One person's part in a round. To be named opens that round, as long as one has a role."""

    class Kind(models.TextChoices):
        SELF = "self", _("The organisation itself")
        UNIT = "unit", _("The delivery unit")
        INDEPENDENT = "independent", _("Independent")

    round = models.ForeignKey(Round, models.PROTECT, related_name="participants")
    user = models.ForeignKey(User, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=12, choices=Kind)
    joint_team = models.BooleanField(_("in the joint team"), default=False)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "user__name", "user__email"]
        constraints = [
            models.UniqueConstraint(fields=["round", "user"], name="reviews_participant_once"),
            models.CheckConstraint(
                name="reviews_participant_never_by_oneself",
                condition=~models.Q(user=models.F("named_by")),
            ),
            models.CheckConstraint(
                name="reviews_participant_known_kind",
                condition=models.Q(kind__in=["self", "unit", "independent"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.round}"

    @property
    def system(self) -> System:
        return self.round.system

    def clean(self) -> None:
        if self.user_id == self.named_by_id:
            raise ValidationError(_("Nobody names themselves. Ask another of the unit."))
