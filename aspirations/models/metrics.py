"""What is counted, and for whom: metrics and segments."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy as PolicyValues
from aspirations.analysis.policy import PolicyError
from people.models import GatedQuerySet, System, User

WHOLE = "all"
# Words that stand where a metric's address could, so that no metric may take them.
RESERVED_SLUGS = frozenset({"new"})


class MetricQuerySet(GatedQuerySet["Metric"]):
    def active(self) -> Self:
        return self.filter(retired_at=None)


class Metric(models.Model):
    """A defined quantity. Another frequency or definition is another metric."""

    class Function(models.TextChoices):
        OUTCOME = "outcome", _("Outcome")
        PROCESS = "process", _("Process")
        BALANCING = "balancing", _("Balancing")

    class Timing(models.TextChoices):
        LEADING = "leading", _("Leading")
        LAGGING = "lagging", _("Lagging")

    class Prominence(models.TextChoices):
        HEADLINE = "headline", _("Headline")
        SECONDARY = "secondary", _("Secondary")
        DEVELOPMENT = "development", _("Wanted, not yet available")

    class Direction(models.TextChoices):
        INCREASE = "increase", _("Higher is better")
        DECREASE = "decrease", _("Lower is better")
        BAND = "band", _("Best inside a band")
        NONE = "none", _("No agreed direction")

    class Kind(models.TextChoices):
        LEVEL = "level", _("Level")
        FLOW = "flow", _("Flow in the period")
        CUMULATIVE = "cumulative", _("Year to date")
        RATE = "rate", _("Rate")

    class Frequencies(models.TextChoices):
        DAY = Frequency.DAY.value, _("Daily")
        WEEK = Frequency.WEEK.value, _("Weekly")
        MONTH = Frequency.MONTH.value, _("Monthly")
        QUARTER = Frequency.QUARTER.value, _("Quarterly")
        HALF_YEAR = Frequency.HALF_YEAR.value, _("Half-yearly")
        YEAR = Frequency.YEAR.value, _("Yearly")

    system = models.ForeignKey(System, models.PROTECT, related_name="metrics")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=160)
    question = models.CharField(max_length=200, blank=True)
    definition = models.TextField(blank=True)
    numerator = models.TextField(blank=True, help_text=_("What is counted above the line."))
    denominator = models.TextField(blank=True, help_text=_("What it is counted out of."))
    coverage = models.TextField(blank=True, help_text=_("Places and groups that are included."))
    source = models.CharField(max_length=300, blank=True)
    link = models.URLField(_("address of the source"), max_length=300, blank=True)
    custodian = models.CharField(_("who keeps the figures"), max_length=120, blank=True)
    limitations = models.TextField(blank=True)
    comparability = models.TextField(blank=True, help_text=_("What must not be compared."))
    revision_policy = models.TextField(blank=True, help_text=_("When figures are revised."))
    owner = models.CharField(_("owner, by office"), max_length=120, blank=True)
    function = models.CharField(max_length=12, choices=Function, default=Function.OUTCOME)
    timing = models.CharField(max_length=12, choices=Timing, default=Timing.LAGGING)
    prominence = models.CharField(max_length=12, choices=Prominence, default=Prominence.SECONDARY)
    unit = models.CharField(max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(default=1)
    direction = models.CharField(max_length=10, choices=Direction)
    band_low = models.FloatField(null=True, blank=True)
    band_high = models.FloatField(null=True, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.LEVEL)
    frequency = models.CharField(max_length=10, choices=Frequencies)
    year_starts = models.PositiveSmallIntegerField(default=1)
    rate_per = models.FloatField(
        default=100.0, help_text=_("A rate is numerator over denominator, times this.")
    )
    lower_bound = models.FloatField(null=True, blank=True)
    upper_bound = models.FloatField(null=True, blank=True)
    expected_lag = models.PositiveSmallIntegerField(
        default=0, help_text=_("Days from the end of a period to its figure.")
    )
    expected_months = models.JSONField(
        default=list, blank=True, help_text=_("Months that bring a figure; empty: every period.")
    )
    policy_overrides = models.JSONField(default=dict, blank=True)
    aspirations = models.ManyToManyField(
        "aspirations.Aspiration", through="aspirations.Placement", related_name="metrics"
    )
    version = models.PositiveIntegerField(default=1)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_reason = models.TextField(_("why it is retired"), blank=True)

    objects = MetricQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["system", "slug"], name="aspirations_metric_slug"),
            models.CheckConstraint(
                name="aspirations_metric_year_starts_is_a_month",
                condition=models.Q(year_starts__range=(1, 12)),
            ),
            models.CheckConstraint(
                name="aspirations_metric_rate_per_positive", condition=models.Q(rate_per__gt=0)
            ),
            models.CheckConstraint(
                name="aspirations_metric_decimals_up_to_six",
                condition=models.Q(decimals__lte=6),
            ),
            models.CheckConstraint(
                name="aspirations_metric_retired_with_reason",
                condition=models.Q(retired_at=None, retired_reason="")
                | (models.Q(retired_at__isnull=False) & ~models.Q(retired_reason="")),
            ),
            models.CheckConstraint(
                name="aspirations_metric_bounds_in_order",
                condition=models.Q(lower_bound=None)
                | models.Q(upper_bound=None)
                | models.Q(lower_bound__lt=models.F("upper_bound")),
            ),
            models.CheckConstraint(
                name="aspirations_metric_band_in_order",
                condition=models.Q(band_low=None)
                | models.Q(band_high=None)
                | models.Q(band_low__lte=models.F("band_high")),
            ),
            models.CheckConstraint(
                name="aspirations_metric_band_only_for_bands",
                condition=models.Q(direction="band") | models.Q(band_low=None, band_high=None),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saved with its definition, as a new version wherever what is judged by it changed."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            self._keep_definition()

    def _keep_definition(self) -> None:
        values = {name: getattr(self, name) for name in JUDGED}
        last = self.definitions.order_by("-version").first()
        if last is None or last.values != values:
            number = last.version + 1 if last else 1
            Definition.objects.create(metric=self, version=number, values=values)

    @property
    def sign(self) -> int:
        """+1 where higher is better, −1 where lower is, 0 for a band or no direction."""
        return {"increase": 1, "decrease": -1}.get(self.direction, 0)

    def clean(self) -> None:
        if self.slug in RESERVED_SLUGS:
            words = _("“%s” is an address of Headway’s own. Choose another.")
            raise ValidationError({"slug": words % self.slug})
        months = self.expected_months
        if not isinstance(months, list) or any(m not in range(1, 13) for m in months):
            raise ValidationError(
                {"expected_months": _("“%s”: give months as numbers from 1 to 12.") % months}
            )
        try:
            PolicyValues.from_values(self.policy_overrides)
        except PolicyError as fault:
            raise ValidationError({"policy_overrides": str(fault)}) from fault
        if self.pk:
            self._refuse_what_figures_contradict()

    def _refuse_what_figures_contradict(self) -> None:
        """Stored periods and values must still be possible under a changed definition."""
        figures = self.series.filter(observations__isnull=False)
        stored = Metric.objects.filter(pk=self.pk).first()
        if stored and stored.grid != self.grid and figures.exists():
            raise ValidationError(
                {
                    "frequency" if stored.frequency != self.frequency else "year_starts": _(
                        "%(metric)s has figures for periods of another length or start. "
                        "Keep it, or describe a new metric."
                    )
                    % {"metric": self.slug}
                }
            )
        for name, beyond in (("lower_bound", "lt"), ("upper_bound", "gt")):
            bound = getattr(self, name)
            if bound is None or stored is None or getattr(stored, name) == bound:
                continue
            if count := self.series.filter(**{f"observations__value__{beyond}": bound}).count():
                raise ValidationError(
                    {
                        name: _(
                            "%(count)s figures of %(metric)s lie beyond %(bound)s. "
                            "Mend them first, or give a wider bound."
                        )
                        % {"count": count, "metric": self.slug, "bound": bound}
                    }
                )

    @property
    def grid(self) -> tuple[str, int]:
        """What the periods rest on: the frequency and, where it counts, the year's first month."""
        counts_years = self.frequency in ("quarter", "half_year", "year")
        return self.frequency, self.year_starts if counts_years else 1


JUDGED = (
    "direction", "band_low", "band_high", "kind", "lower_bound", "upper_bound", "expected_lag",
    "expected_months", "policy_overrides", "year_starts",
)  # fmt: skip


class DefinitionQuerySet(GatedQuerySet["Definition"]):
    to_system = "metric__system"


class Definition(models.Model):
    """What a judgment reads of its metric, by version, so that an earlier one can be made again."""

    metric = models.ForeignKey(Metric, models.PROTECT, related_name="definitions")
    version = models.PositiveIntegerField()
    values = models.JSONField()
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        ordering = ["metric_id", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "version"], name="aspirations_definition_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.metric} definition v{self.version}"


class SegmentQuerySet(GatedQuerySet["Segment"]):
    pass


class Segment(models.Model):
    """A group or place: a set of (dimension, value) pairs. The whole system is `all`."""

    system = models.ForeignKey(System, models.PROTECT, related_name="segments")
    code = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    parts = models.JSONField(
        default=dict, blank=True, help_text=_("Dimension to value; empty for the whole system.")
    )
    order = models.PositiveIntegerField(default=0)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="aspirations_segment_code"),
            models.CheckConstraint(name="aspirations_segment_coded", condition=~models.Q(code="")),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        pairs = self.parts.items() if isinstance(self.parts, dict) else [(None, None)]
        if not all(isinstance(word, str) for pair in pairs for word in pair):
            raise ValidationError(
                {"parts": _("“%s”: give each dimension with its value, both texts.") % self.parts}
            )

    @property
    def is_whole(self) -> bool:
        return self.code == WHOLE
