"""Who takes part in a round: members of the system, and guests who have no account."""

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
        held = permissions.still_held(action, system="round__system")
        return self.filter(held, left_at=None)

    def with_reach(self) -> Self:
        """`reach`: whether the person can open the round now, with an account."""
        return self.annotate(reach=permissions.still_held("review.read", system="round__system"))

    def lapsed(self) -> Self:
        """Those who lost every such role; the round is closed to them."""
        held = permissions.still_held("review.read", system="round__system")
        return self.filter(user__isnull=False).exclude(held)

    def present(self) -> Self:
        """Those who were not taken off."""
        return self.filter(left_at=None)

    def raters(self) -> Self:
        """Those who are asked for scores: the groups, and who signs for unit or outsiders."""
        return self.filter(models.Q(kind__in=GROUPS) | models.Q(signs=True))

    def visible_to(self, user: Any, action: str = "") -> Self:
        """Everyone's, to the unit; to others their own part alone."""
        action = action or permissions.MODELS[self.model._meta.label]
        by_role = models.Q(round__system__in=System.objects.visible_to(user, action))
        own = models.Q(user=user.pk, round__in=Round.objects.visible_to(user, action))
        return self.filter(by_role | own)


class Participant(models.Model):
    """One person's part in a round. To be named opens that round, as long as one has a role.

    Someone without an account is a guest: a name and an address, to which a link for scoring goes.
    Whose scores were given and who then leaves stays here, so that nothing is lost.
    """

    class Kind(models.TextChoices):
        SELF = "self", _("The organisation itself")
        UNIT = "unit", _("The delivery unit")
        INDEPENDENT = "independent", _("Independent")
        INTERVIEWEE = "interviewee", _("Interviewee")
        FOCUS_GROUP = "focus_group", _("Focus group")
        SURVEY = "survey", _("Survey")

    class Tier(models.TextChoices):
        LEADERSHIP = "leadership", _("Leadership")
        MIDDLE = "middle", _("Middle")
        FRONT_LINE = "front_line", _("Front line")
        OUTSIDE = "outside", _("Outside")

    round = models.ForeignKey(Round, models.PROTECT, related_name="participants")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="parts")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    body = models.CharField(
        _("organisation"), max_length=120, blank=True, help_text=_("For whom the person speaks.")
    )
    kind = models.CharField(max_length=12, choices=Kind)
    tier = models.CharField(_("level"), max_length=10, choices=Tier, blank=True)
    joint_team = models.BooleanField(_("in the joint team"), default=False)
    signs = models.BooleanField(
        _("signs for the body"), default=False,
        help_text=_("Gives the one signed sheet of the unit, or of the independent body."),
    )  # fmt: skip
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    taken_back_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When they took their scores back.")
    )
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    named_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "user__name", "user__email", "name", "email", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "user"], name="reviews_participant_once"),
            models.UniqueConstraint(
                fields=["round", "email"], condition=~models.Q(email=""),
                name="reviews_participant_guest_once",
            ),
            models.UniqueConstraint(
                fields=["round", "kind"], condition=models.Q(signs=True, left_at=None),
                name="reviews_participant_one_signs",
            ),
            models.CheckConstraint(
                name="reviews_participant_never_by_oneself",
                condition=models.Q(user=None) | ~models.Q(user=models.F("named_by")),
            ),
            models.CheckConstraint(
                name="reviews_participant_known_kind",
                condition=models.Q(
                    kind__in=[
                        "self", "unit", "independent", "interviewee", "focus_group", "survey",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="reviews_participant_known_tier",
                condition=models.Q(tier__in=["", "leadership", "middle", "front_line", "outside"]),
            ),
            models.CheckConstraint(
                name="reviews_participant_account_or_guest",
                condition=models.Q(user__isnull=False, email="")
                | models.Q(user=None) & ~models.Q(email="") & ~models.Q(name=""),
            ),
            models.CheckConstraint(
                name="reviews_participant_joint_team_has_accounts",
                condition=models.Q(joint_team=False) | models.Q(user__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_participant_signs_for_a_body",
                condition=models.Q(signs=False) | models.Q(kind__in=["unit", "independent"]),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.who} in {self.round}"

    @property
    def system(self) -> System:
        return self.round.system

    @property
    def who(self) -> str:
        return str(self.user) if self.user else self.name

    @property
    def address(self) -> str:
        """Where mail reaches this person."""
        return self.user.email if self.user else self.email

    @property
    def is_guest(self) -> bool:
        return self.user_id is None

    @property
    def is_rater(self) -> bool:
        """Whether scores are asked of this person."""
        return self.signs or self.kind in GROUPS

    def clean(self) -> None:
        if self.user_id and self.user_id == self.named_by_id:
            raise ValidationError(_("Nobody names themselves. Ask another of the unit."))
        if self.signs and self.kind in GROUPS:
            raise ValidationError(
                {"signs": _("Only the unit’s and the independent body’s sheets are signed.")}
            )


GROUPS = ("self", "interviewee", "focus_group", "survey")
"""Kinds whose single scores are never shown; the other two give one signed sheet each."""
SIGNED = ("unit", "independent")


class ScoringLink(models.Model):
    """A link by which a guest comes in to score, once. Only the hash of its secret is kept."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the secret."))
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When a newer link, or leaving, ended it.")
    )

    objects = models.Manager()

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=models.Q(used_at=None, ended_at=None),
                name="reviews_link_one_live",
            ),
            models.CheckConstraint(
                name="reviews_link_expires_later",
                condition=models.Q(expires_at__gt=models.F("sent_at")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"link {self.pk}"
