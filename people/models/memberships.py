"""What someone is in a system."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.systems import System
from people.models.users import User


class Role(models.TextChoices):
    """What someone is in a system; the words of the field."""

    SYSTEM_LEADER = "system_leader", _("System leader")
    DELIVERY_LEADER = "delivery_leader", _("Delivery leader")
    UNIT_STAFF = "unit_staff", _("Unit staff")
    LEADER_OFFICE = "leader_office", _("Leader’s office")
    ACCOUNTABLE_HEAD = "accountable_head", _("Accountable head")
    PLAN_OWNER = "plan_owner", _("Plan owner")
    DATA_PROVIDER = "data_provider", _("Data provider")
    REVIEWER = "reviewer", _("Reviewer")
    STEWARD = "steward", _("Steward")
    VIEWER = "viewer", _("Viewer")


LEADERS = frozenset({Role.SYSTEM_LEADER, Role.DELIVERY_LEADER})
"""Roles that only a leader in post may give."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Any) -> Self:
        """Your own memberships, and those of systems whose members you may read."""
        if not getattr(user, "is_active", False) or user.is_anonymous:
            return self.none()
        systems = System.objects.visible_to(user, "members.read")
        return self.filter(models.Q(user=user.pk) | models.Q(system__in=systems))


class Membership(models.Model):
    """One role of one person in one system. Several roles are several rows."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    system = models.ForeignKey(System, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    office = models.CharField(
        max_length=120, blank=True,
        help_text=_("The office this person speaks for, as metrics and aspirations name it."),
    )  # fmt: skip
    since = models.DateTimeField(auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "system", "role"], name="people_membership_once"
            ),
            models.CheckConstraint(
                name="people_membership_known_role", condition=models.Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} of {self.system}"
