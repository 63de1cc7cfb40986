"""What the rules say: policies, and the judgments made under them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.analysis.policy import Policy as PolicyValues
from aspirations.analysis.policy import PolicyError
from people.models import GatedQuerySet, System, User


class Light(models.TextChoices):
    """The four-point scale, lowest first, and the absence of a judgment."""

    RED = "R", _("Red")
    AMBER_RED = "AR", _("Amber-Red")
    AMBER_GREEN = "AG", _("Amber-Green")
    GREEN = "G", _("Green")
    NOT_JUDGED = "N", _("Not judged")


class PolicyQuerySet(GatedQuerySet["Policy"]):
    pass


class Policy(models.Model):
    """The thresholds and constants of a system, by version; the latest is in force."""

    system = models.ForeignKey(System, models.PROTECT, related_name="policies")
    version = models.PositiveIntegerField(default=1)
    values = models.JSONField(default=dict, blank=True, help_text=_("Only what differs."))
    reason = models.TextField(blank=True)
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        ordering = ["system_id", "version"]
        verbose_name_plural = "policies"
        constraints = [
            models.UniqueConstraint(fields=["system", "version"], name="aspirations_policy_version")
        ]

    def __str__(self) -> str:
        return f"{self.system} policy v{self.version}"

    def clean(self) -> None:
        try:
            PolicyValues.from_values(self.values)
        except PolicyError as fault:
            raise ValidationError({"values": str(fault)}) from fault


class JudgmentQuerySet(GatedQuerySet["Judgment"]):
    to_system = "series__metric__system"


class Judgment(models.Model):
    """What the rules said of a series at one moment, with all the evidence. Never edited."""

    # The index of the uniqueness below serves every question by series.
    series = models.ForeignKey(
        "aspirations.Series", models.PROTECT, related_name="judgments", db_index=False
    )
    seq = models.PositiveIntegerField()
    as_of = models.DateField()
    computed_at = models.DateTimeField(default=timezone.now)
    period = models.DateField(null=True, help_text=_("Latest observed period."))
    light = models.CharField(max_length=2, choices=Light)
    pending = models.CharField(max_length=2, choices=Light, blank=True)
    not_judged_reason = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=12, blank=True)
    freshness = models.CharField(max_length=8, blank=True)
    due = models.DateField(null=True, help_text=_("When the next figure is expected."))
    likelihood = models.FloatField(null=True, blank=True)
    likelihood_light = models.CharField(max_length=2, choices=Light, blank=True)
    distance_light = models.CharField(max_length=2, choices=Light, blank=True)
    direction = models.CharField(max_length=14, blank=True)
    signal = models.CharField(max_length=14, blank=True)
    actual = models.FloatField(null=True, blank=True)
    expected = models.FloatField(null=True, blank=True)
    gap = models.FloatField(null=True, blank=True)
    relative = models.FloatField(null=True, blank=True)
    journey = models.FloatField(null=True, blank=True)
    noise = models.FloatField(null=True, blank=True)
    forecast = models.FloatField(null=True, blank=True)
    likely_low = models.FloatField(null=True, blank=True)
    likely_high = models.FloatField(null=True, blank=True)
    would_move = models.FloatField(null=True, blank=True)
    would_move_to = models.CharField(max_length=2, choices=Light, blank=True)
    evidence = models.JSONField(default=list)
    earlier = models.JSONField(default=list)
    trajectory = models.ForeignKey(
        "aspirations.Trajectory", models.PROTECT, null=True, related_name="judgments"
    )
    policy = models.JSONField(default=dict)
    engine_version = models.CharField(max_length=20)
    input_hash = models.CharField(max_length=64)

    objects = JudgmentQuerySet.as_manager()

    class Meta:
        ordering = ["series_id", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["series", "seq"], name="aspirations_judgment_once"),
            models.CheckConstraint(
                name="aspirations_judgment_reason_when_not_judged",
                condition=(models.Q(light="N") & ~models.Q(not_judged_reason=""))
                | (~models.Q(light="N") & models.Q(not_judged_reason="")),
            ),
            models.CheckConstraint(
                name="aspirations_judgment_likelihood_is_a_share",
                condition=models.Q(likelihood=None) | models.Q(likelihood__range=(0, 1)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.get_light_display()}"
