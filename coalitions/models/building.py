"""What is done with a coalition once it is chosen: a group lapses unless it is worked at.

Dates and kinds stand open, for reminders; every text is sealed.
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalitions.models.candidates import Candidate, OfCandidate
from coalitions.models.coalitions import Coalition
from coalitions.models.within import OfCoalition, Signed, sealed
from people.confidential.fields import SealedTextField
from people.models import Actor


class Contact(OfCoalition, Signed):
    """Somebody of ours met, or wrote to, one member or several."""

    class Kind(models.TextChoices):
        ONE_TO_ONE = "one_to_one", _("One-to-one")
        MEETING = "meeting", _("Meeting")
        MESSAGE = "message", _("Message, one way")
        RETREAT = "retreat", _("Retreat")

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ONE_TO_ONE)
    held_on = models.DateField(_("day"))
    candidates = models.ManyToManyField(Candidate, related_name="contacts")
    by = SealedTextField(_("who of us"), max_length=120)
    purpose = SealedTextField(_("what for"), max_length=500)
    outcome = SealedTextField(_("what came of it"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="coalitions_contact_known_kind",
                condition=models.Q(kind__in=["one_to_one", "meeting", "message", "retreat"]),
            ),
            *sealed("contact", "by", "purpose", "outcome"),
        ]

    def __str__(self) -> str:
        return f"contact {self.pk}"


class MemberCommitment(OfCandidate):
    """What a member said they would do, and whether they did."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        KEPT = "kept", _("Kept")
        BROKEN = "broken", _("Not kept")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="commitments")
    what = SealedTextField(_("what"), max_length=500)
    due = models.DateField(_("until"))
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    outcome = SealedTextField(_("what came of it"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                name="coalitions_membercommitment_settled_on_a_day",
                condition=models.Q(state="open", settled_on=None)
                | models.Q(state__in=["kept", "broken"], settled_on__isnull=False),
            ),
            *sealed("membercommitment", "what", "outcome"),
        ]

    def __str__(self) -> str:
        return f"commitment {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due < today


class Barrier(OfCoalition):
    """What stands in the way of the aspiration, and who cleared it."""

    class Kind(models.TextChoices):
        """Barriers to working together across boundaries; any other leaves it open."""

        SUBSTANCE = "substance", _("Substance")
        ACCOUNTABILITY = "accountability", _("Accountability")
        TEAMING = "teaming", _("Teaming")

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="barriers")
    what = SealedTextField(_("what stands in the way"), max_length=500)
    kind = models.CharField(_("kind"), max_length=14, choices=Kind, blank=True)
    raised_on = models.DateField(_("since"))
    removed_on = models.DateField(_("removed on"), null=True, blank=True)
    removed_by = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="removed"
    )
    how = SealedTextField(_("how"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["removed_on", "raised_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="coalitions_barrier_known_kind",
                condition=models.Q(kind__in=["", "substance", "accountability", "teaming"]),
            ),
            models.CheckConstraint(
                name="coalitions_barrier_removed_after_it_was_raised",
                condition=models.Q(removed_on=None)
                | models.Q(removed_on__gte=models.F("raised_on")),
            ),
            models.CheckConstraint(
                name="coalitions_barrier_removed_by_someone_on_a_day",
                condition=models.Q(removed_by=None) | models.Q(removed_on__isnull=False),
            ),
            *sealed("barrier", "what", "how"),
        ]

    def __str__(self) -> str:
        return f"barrier {self.pk}"


class NextStep(OfCoalition):
    """What one of us does next about a member, or about the whole group."""

    class Kind(models.TextChoices):
        STEP = "step", _("Next step")
        KEY_ACTION = "key_action", _("Key action")

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="next_steps")
    candidate = models.ForeignKey(
        Candidate, models.PROTECT, null=True, blank=True, related_name="next_steps"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.STEP)
    what = SealedTextField(_("what"), max_length=500)
    owner = SealedTextField(_("who does it"), max_length=120)
    due = models.DateField(_("until"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = SealedTextField(_("what came of it"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                name="coalitions_nextstep_known_kind",
                condition=models.Q(kind__in=["step", "key_action"]),
            ),
            *sealed("nextstep", "what", "owner", "outcome"),
        ]

    def __str__(self) -> str:
        return f"step {self.pk}"


class Vacancy(OfCoalition):
    """A key post that falls vacant, and who can influence whom it goes to."""

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="vacancies")
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="+")
    falls_vacant_on = models.DateField(_("falls vacant on"))
    influencers = SealedTextField(_("who can influence the choice"), max_length=1000)
    plan = SealedTextField(_("what we do about it"), max_length=1000, blank=True)
    filled_on = models.DateField(_("filled on"), null=True, blank=True)
    outcome = SealedTextField(_("what came of it"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["falls_vacant_on", "id"]
        verbose_name_plural = "vacancies"
        constraints = [*sealed("vacancy", "influencers", "plan", "outcome")]

    def __str__(self) -> str:
        return f"vacancy {self.pk}"


class CommonGround(OfCandidate, Signed):
    """How far a member shares what the coalition stands for. Appended, never edited."""

    class Share(models.TextChoices):
        NOT_YET = "1", _("Not yet")
        PARTLY = "2", _("Partly")
        LARGELY = "3", _("Largely")
        FULLY = "4", _("Fully")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="grounds")
    seq = models.PositiveIntegerField()
    aspiration = SealedTextField(_("the aspiration"), choices=Share)
    values = SealedTextField(_("the values"), choices=Share)
    strategy = SealedTextField(_("the strategy"), choices=Share)
    approach = SealedTextField(_("the approach"), choices=Share)
    note = SealedTextField(_("in their words, or ours"), max_length=1000, blank=True)

    class Meta:
        ordering = ["candidate", "-seq"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "seq"], name="coalitions_commonground_once"
            ),
            models.CheckConstraint(
                name="coalitions_commonground_counted", condition=models.Q(seq__gte=1)
            ),
            *sealed("commonground", "aspiration", "values", "strategy", "approach", "note"),
        ]

    def __str__(self) -> str:
        return f"common ground {self.pk}"


class Circle(OfCoalition):
    """A ring of leadership around the coalition; 1 is the next one out."""

    class State(models.TextChoices):
        NOT_REACHED = "1", _("Not reached")
        TOLD = "2", _("Told")
        HEARD = "3", _("Heard")
        ACTING = "4", _("Acting")

    coalition = models.ForeignKey(Coalition, models.PROTECT, related_name="circles")
    order = models.PositiveSmallIntegerField(_("ring, from the coalition outward"))
    name = SealedTextField(_("who they are"), max_length=120)
    size = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    message = SealedTextField(_("what they are told"), max_length=500, blank=True)
    channel = SealedTextField(_("by which way"), max_length=300, blank=True)
    state = SealedTextField(_("how far it has reached them"), choices=State)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["coalition", "order"], name="coalitions_circle_once"),
            models.CheckConstraint(
                name="coalitions_circle_numbered", condition=models.Q(order__range=(1, 9))
            ),
            *sealed("circle", "name", "message", "channel", "state"),
        ]

    def __str__(self) -> str:
        return f"circle {self.order}"
