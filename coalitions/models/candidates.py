"""Candidates of a coalition, what was thought of them and when, and where they stand. All sealed.

What is known to everybody, that an office exists and whom it may direct, is an actor of the
system. What is thought of it for one aspiration is here, and each view is kept.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from coalitions.models.coalitions import Coalition
from coalitions.models.within import OfCandidateQuerySet, OfCoalition, Signed, sealed
from people.confidential.fields import SealedTextField
from people.models import Actor, System


class Level(models.TextChoices):
    """Four levels without a middle, weakest first."""

    VERY_LOW = "1", _("Very low")
    LOW = "2", _("Low")
    HIGH = "3", _("High")
    VERY_HIGH = "4", _("Very high")


class Power(models.TextChoices):
    """Kinds of power over an aspiration."""

    LEADERSHIP = "leadership", _("Leadership")
    MANAGEMENT = "management", _("Management")
    POSITION = "position", _("Position")
    EXPERTISE = "expertise", _("Expertise")
    CREDIBILITY = "credibility", _("Credibility")


class Status(models.TextChoices):
    """Where a candidate stands in the choice."""

    PROPOSED = "proposed", _("Proposed")
    EXCLUDED = "excluded", _("Excluded")
    SHORTLISTED = "shortlisted", _("Shortlist")
    MEMBER = "member", _("Member")
    LEFT = "left", _("Left")


class Candidate(OfCoalition):
    """An actor considered for one coalition; `number` is its place on the long list, from 1."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="candidates")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "actor"], name="coalitions_candidate_once"
            ),
            models.UniqueConstraint(
                fields=["coalition", "number"], name="coalitions_candidate_number_once"
            ),
            models.CheckConstraint(
                name="coalitions_candidate_numbered", condition=models.Q(number__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"candidate {self.number}"

    @property
    def letter(self) -> str:
        """A … Z, then AA, AB …: what stands for the candidate on the map."""
        letters, left = "", self.number
        while left:
            left, place = divmod(left - 1, 26)
            letters = chr(ord("A") + place) + letters
        return letters

    def clean(self) -> None:
        if self.actor.system_id != self.coalition.system_id:
            raise ValidationError(
                {"actor": _("A candidate is an actor of the coalition’s own system.")}
            )


class OfCandidate(models.Model):
    """A row about one candidate; each kind names its own `candidate`."""

    candidate: Candidate

    objects = OfCandidateQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def system(self) -> System:
        return self.candidate.coalition.system


class Appraisal(OfCandidate, Signed):
    """What was thought of a candidate on a day. Appended, never edited; `seq` counts from 1.

    `powers` holds kinds of power, with a comma between them, the main one first.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="appraisals")
    seq = models.PositiveIntegerField()
    alignment = SealedTextField(_("alignment now"), choices=Level)
    cause = SealedTextField(_("why"), max_length=300, blank=True)
    potential = SealedTextField(_("alignment it could reach"), choices=Level)
    power = SealedTextField(_("power over the aspiration"), choices=Level)
    powers = SealedTextField(_("kinds of power"), max_length=100)

    class Meta:
        ordering = ["candidate", "-seq"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "seq"], name="coalitions_appraisal_once"),
            models.CheckConstraint(
                name="coalitions_appraisal_counted", condition=models.Q(seq__gte=1)
            ),
            *sealed("appraisal", "alignment", "cause", "potential", "power", "powers"),
        ]

    def __str__(self) -> str:
        return f"appraisal {self.pk}"

    @property
    def kinds(self) -> list[str]:
        """Kinds of power, the main one first."""
        return [kind for kind in self.powers.split(",") if kind]

    def clean(self) -> None:
        if not self.kinds or set(self.kinds) - set(Power.values):
            raise ValidationError({"powers": _("Choose one or more of the five kinds of power.")})
        if len(set(self.kinds)) < len(self.kinds):
            raise ValidationError({"powers": _("Name each kind of power once.")})


class Standing(OfCandidate, Signed):
    """Where a candidate stood from then on, and why. Appended, never edited.

    `plan` says how one works around who is excluded.
    """

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="standings")
    seq = models.PositiveIntegerField()
    status = SealedTextField(_("where it stands"), choices=Status)
    reason = SealedTextField(_("reason"), max_length=1000, blank=True)
    plan = SealedTextField(_("how we work around it"), max_length=1000, blank=True)

    class Meta:
        ordering = ["candidate", "-seq"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "seq"], name="coalitions_standing_once"),
            models.CheckConstraint(
                name="coalitions_standing_counted", condition=models.Q(seq__gte=1)
            ),
            *sealed("standing", "status", "reason", "plan"),
        ]

    def __str__(self) -> str:
        return f"standing {self.pk}"


class Difficulty(OfCoalition):
    """Two who find it hard to work together, and who will deal with it. Who they are is sealed.

    `between` holds the keys of two actors, smaller first, with a comma; one may be no candidate.
    """

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="difficulties")
    between = SealedTextField(max_length=50)
    note = SealedTextField(_("what stands between them"), max_length=1000)
    plan = SealedTextField(_("who will deal with it, and how"), max_length=1000, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "difficulties"
        constraints = [
            *sealed("difficulty", "between", "note", "plan"),
        ]

    def __str__(self) -> str:
        return f"difficulty {self.pk}"

    @property
    def pair(self) -> tuple[int, int]:
        """Keys of the two actors, the smaller first."""
        first, second = self.between.split(",")
        return int(first), int(second)
