"""Rounds of a capacity review, and the steps each is planned in."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from aspirations.models import Aspiration
from people.models import NamedQuerySet, System
from people.permissions import systems_where
from reviews.models.rubrics import Rubric

# What only the joint team may do where they are named; the rest is for every participant.
OF_THE_JOINT_TEAM = {
    "note.read", "note.write", "opening.read", "conclusion.read", "conclusion.write",
}  # fmt: skip


def rounds_naming(user: Any, action: str) -> models.QuerySet[Any]:
    """Keys of the rounds on which this person is named, for this action."""
    rows = apps.get_model("reviews.Participant").objects.in_force(action).filter(user=user.pk)
    if action in OF_THE_JOINT_TEAM:
        rows = rows.filter(joint_team=True)
    return rows.values("round")


class RoundQuerySet(NamedQuerySet["Round"]):
    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(pk__in=rounds_naming(user, action))

    def with_results_for(self, user: Any) -> Self:
        """Closed rounds whose results this person may read now.

        Who draws the conclusions reads them from the closing on, leaders once they are released to
        them, and the unit and the invited reviewers once they are released to the team.
        """
        closed = self.filter(state=Round.State.CLOSED)
        first = System.objects.filter(systems_where(user, "result.first"))
        keys = [
            closed.visible_to(user, "conclusion.read").values("pk"),
            closed.filter(leader_at__isnull=False, system__in=first).values("pk"),
            closed.filter(team_at__isnull=False).visible_to(user, "result.read").values("pk"),
        ]
        where = models.Q(pk__in=[])
        for rows in keys:
            where |= models.Q(pk__in=rows)
        return closed.filter(where)


class Round(models.Model):
    """One dated pass of a capacity review with one version of a rubric.

    Its figures freeze as it closes. Then the joint team draws the conclusions, and releases them:
    first to the system's leader (`leader_at`), then to the team (`team_at`).
    """

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
    rubric = models.ForeignKey(
        Rubric, models.PROTECT, null=True, blank=True, related_name="rounds",
        help_text=_("The version it is scored with. Rounds of an earlier time may have none."),
    )  # fmt: skip
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by",
        help_text=_("The round it is compared with."),
    )  # fmt: skip
    is_light = models.BooleanField(
        _("light version"), default=False,
        help_text=_("A few interviews and one meeting; findings suffice without scores."),
    )  # fmt: skip
    vision = models.TextField(
        max_length=2000, blank=True, help_text=_("The shared vision and behaviours, said first.")
    )
    starts = models.DateField()
    due = models.DateField()
    next_due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    closed_at = models.DateTimeField(null=True, blank=True)
    leader_at = models.DateTimeField(null=True, blank=True, editable=False)
    team_at = models.DateTimeField(null=True, blank=True, editable=False)
    purged_at = models.DateTimeField(
        null=True, blank=True, editable=False,
        help_text=_("When single scores were destroyed; what was published stays."),
    )  # fmt: skip
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
            models.CheckConstraint(
                name="reviews_round_leader_before_team",
                condition=models.Q(team_at=None) | models.Q(leader_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reviews_round_released_when_closed",
                condition=models.Q(leader_at=None) | models.Q(state="closed"),
            ),
            models.CheckConstraint(
                name="reviews_round_next_after_this",
                condition=models.Q(next_due=None) | models.Q(next_due__gt=models.F("due")),
            ),
            models.CheckConstraint(
                name="reviews_round_not_after_itself",
                condition=models.Q(follows=None) | ~models.Q(follows=models.F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_late(self, today: date) -> bool:
        """Whether the round is still open after the day it was due."""
        return self.is_open and today > self.due

    def clean(self) -> None:
        self.refuse_foreign()
        self.refuse_days_out_of_order()

    def refuse_foreign(self) -> None:
        """Aspiration, rubric and earlier round are of the same system."""
        words = {
            "aspiration": _("A review belongs to an aspiration of its own system only."),
            "rubric": _("A review is scored with a rubric of its own system only."),
            "follows": _("A review is compared with one of its own system only."),
        }
        for name, problem in words.items():
            row = getattr(self, name)
            if row is not None and row.system_id != self.system_id:
                raise ValidationError({name: problem})

    def refuse_days_out_of_order(self) -> None:
        if self.starts and self.due and self.due < self.starts:
            words = _("%(due)s is before the start, %(starts)s. Choose a later day.")
            raise ValidationError({"due": words % {"due": self.due, "starts": self.starts}})
        if self.due and self.next_due and self.next_due <= self.due:
            words = _("%(next)s is not after this round, due %(due)s. Choose later.")
            raise ValidationError({"next_due": words % {"next": self.next_due, "due": self.due}})


class OfRoundQuerySet(NamedQuerySet[Any]):
    """Rows of a round, open as the round itself is for the action that opens them."""

    to_system = "round__system"

    def naming(self, user: Any, action: str) -> models.Q:
        return models.Q(round__in=rounds_naming(user, action))


class Step(models.Model):
    """One step of a round's plan, with its days and when it was done."""

    class Kind(models.TextChoices):
        INTRODUCTION = "introduction", _("Introduction")
        SELF_REVIEW = "self_review", _("Self-review")
        FOCUS_GROUPS = "focus_groups", _("Focus groups")
        INTERVIEWS = "interviews", _("Confidential interviews")
        CONCLUSIONS = "conclusions", _("Conclusions with the top team")
        FOLLOW_UP = "follow_up", _("Follow-up")

    round = models.ForeignKey(Round, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=Kind)
    starts = models.DateField()
    ends = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OfRoundQuerySet.as_manager()

    class Meta:
        ordering = ["round_id", "starts", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="reviews_step_once"),
            models.CheckConstraint(
                name="reviews_step_starts_before_it_ends",
                condition=models.Q(ends__gte=models.F("starts")),
            ),
            models.CheckConstraint(
                name="reviews_step_known_kind",
                condition=models.Q(
                    kind__in=[
                        "introduction", "self_review", "focus_groups", "interviews",
                        "conclusions", "follow_up",
                    ]
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.round}"

    @property
    def system(self) -> System:
        return self.round.system
