"""Guiding coalitions: one an aspiration, open to leaders and to the delegates they name."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.models import Aspiration
from people.confidential.fields import SealedTextField, only_sealed
from people.models import NamedQuerySet, System, User
from people.permissions import still_held


def coalitions_naming(user: Any) -> models.QuerySet[Any]:
    """Keys of the coalitions in which this person is a named delegate."""
    return Delegate.objects.in_force().filter(user=user.pk).values("coalition")


class CoalitionQuerySet(NamedQuerySet["Coalition"]):
    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(pk__in=coalitions_naming(user))


class WithinCoalitionQuerySet(NamedQuerySet[Any]):
    """Rows that lie in a coalition and open with it."""

    to_system = "coalition__system"

    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(coalition__in=coalitions_naming(user))


class DelegateQuerySet(WithinCoalitionQuerySet):
    def in_force(self) -> Self:
        """Delegates who have held, ever since they were named, a role that lets them be one."""
        return self.filter(still_held("coalition.read", system="coalition__system"))

    def with_reach(self) -> Self:
        """`reach`: whether the delegate can open the coalition now."""
        return self.annotate(reach=still_held("coalition.read", system="coalition__system"))

    def lapsed(self) -> Self:
        """Delegates who lost that role; they open nothing."""
        return self.exclude(still_held("coalition.read", system="coalition__system"))


class Coalition(models.Model):
    """Those who clear the path of one aspiration. What is thought of them stands in its notes."""

    class Form(models.TextChoices):
        NETWORK = "network", _("Informal network")
        TEAM = "team", _("Coordinated team")

    system = models.ForeignKey(System, models.PROTECT, related_name="coalitions")
    aspiration = models.OneToOneField(Aspiration, models.PROTECT, related_name="coalition")
    form = models.CharField(max_length=8, choices=Form, default=Form.NETWORK)
    is_known = models.BooleanField(
        _("its members know of it"), default=False,
        help_text=_("A coalition is rarely announced; some know that they belong to one."),
    )  # fmt: skip
    review_due = models.DateField(_("next review"), null=True, blank=True)
    sphere_limit = models.PositiveSmallIntegerField(
        _("most members from one sphere, in per cent"), default=40
    )
    fading_after = models.PositiveSmallIntegerField(
        _("days without contact until a member is fading"), default=30
    )
    lapsed_after = models.PositiveSmallIntegerField(
        _("days without contact until a member is lapsed"), default=60
    )
    letters_given = models.PositiveSmallIntegerField(
        default=0, editable=False,
        help_text=_("Number of the last candidate: the letter of one who was erased stays free."),
    )  # fmt: skip
    lists_closed_at = models.DateTimeField(
        null=True, blank=True, editable=False,
        help_text=_("Since when the lists sent by then are being put together; else empty."),
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1)

    objects = CoalitionQuerySet.as_manager()

    class Meta:
        ordering = ["aspiration__order", "id"]
        constraints = [
            models.CheckConstraint(
                name="coalitions_coalition_known_form",
                condition=models.Q(form__in=["network", "team"]),
            ),
            models.CheckConstraint(
                name="coalitions_coalition_sphere_limit_is_a_share",
                condition=models.Q(sphere_limit__range=(1, 100)),
            ),
            models.CheckConstraint(
                name="coalitions_coalition_fading_before_lapsed",
                condition=models.Q(fading_after__gte=1)
                & models.Q(lapsed_after__gt=models.F("fading_after")),
            ),
        ]

    def __str__(self) -> str:
        return f"coalition {self.pk}"

    def clean(self) -> None:
        if self.aspiration.system_id != self.system_id:
            raise ValidationError(
                {"aspiration": _("A coalition serves an aspiration of its own system only.")}
            )


class Delegate(models.Model):
    """Someone whom a leader lets into one coalition, as long as they have a role in the system."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="delegates")
    user = models.ForeignKey(User, models.PROTECT, related_name="delegations")
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DelegateQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "user__email"]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "user"], name="coalitions_delegate_once"),
            models.CheckConstraint(
                name="coalitions_delegate_never_by_oneself",
                condition=~models.Q(user=models.F("named_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.coalition}"

    @property
    def system(self) -> System:
        return self.coalition.system

    def clean(self) -> None:
        if self.user_id == self.named_by_id:
            raise ValidationError(_("Nobody names themselves. Ask another leader."))


class Charter(models.Model):
    """What a coalition is for, as those who choose it agreed before they named anybody. Sealed."""

    coalition = models.OneToOneField(Coalition, models.PROTECT, related_name="charter")
    purpose = SealedTextField(_("what the coalition is for"), max_length=2000, blank=True)
    criteria = SealedTextField(_("what its members must have"), max_length=2000, blank=True)
    accountability = SealedTextField(
        _("whether it shares accountability for results, and how"), max_length=2000, blank=True
    )
    version = models.PositiveIntegerField(default=1)

    objects = WithinCoalitionQuerySet.as_manager()

    class Meta:
        constraints = [
            only_sealed("purpose", "coalitions_charter_purpose_sealed"),
            only_sealed("criteria", "coalitions_charter_criteria_sealed"),
            only_sealed("accountability", "coalitions_charter_accountability_sealed"),
        ]

    def __str__(self) -> str:
        return f"charter {self.pk}"

    @property
    def system(self) -> System:
        return self.coalition.system


class CandidNote(models.Model):
    """A candid view, written once. Everything in it is sealed."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    body = SealedTextField(_("note"), max_length=10_000)

    objects = WithinCoalitionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [only_sealed("body", "coalitions_candid_note_sealed")]

    def __str__(self) -> str:
        return f"candid note {self.pk}"

    @property
    def system(self) -> System:
        return self.coalition.system
