"""What people judge: their sheets, in rounds and of one metric. Beside the lights, never over
them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.analysis.assessments import LAPSES_AFTER
from aspirations.models.aspirations import Aspiration
from aspirations.models.assessment_rounds import AssessmentRound
from aspirations.models.judgments import Light
from aspirations.models.metrics import Metric
from aspirations.models.observations import Observation
from aspirations.models.series import Series
from people.models import GatedQuerySet, System, User
from people.models.trail import WITHHELD

SCALE = [choice for choice in Light.choices if choice[0] != Light.NOT_JUDGED]
RATINGS = ("planning", "capacity", "progress")


def counted(figures: models.QuerySet[Observation]) -> Coalesce:
    """How many there are, as an expression."""
    rows = figures.order_by().values("series").annotate(count=models.Count("pk"))
    return Coalesce(models.Subquery(rows.values("count")), 0)


class AssessmentQuerySet(GatedQuerySet["Assessment"]):
    to_system = "system"

    def visible_to(self, user: Any, action: str = "") -> Self:
        """Sheets of the systems where this person may do `action`, while they are not hidden.

        A draft is its author's. Of a round nobody reads another's sheet while it is open; from
        moderation on those who assess do, and once it is locked everyone reads what was settled.
        What is being settled is for who moderates. A program reads only what is settled.
        """
        within = super().visible_to(user, action)
        assessing = System.objects.visible_to(user, "assessment.write")
        moderating = System.objects.visible_to(user, "assessment.moderate")
        sent = models.Q(submitted_at__isnull=False)
        is_final = models.Q(kind="final")
        settled = sent & (models.Q(round=None) | models.Q(round__status="locked") & is_final)
        mine = models.Q(author=user.pk, system__in=assessing) & ~is_final
        compared = sent & ~is_final & ~models.Q(round__status="open")
        moderated = is_final & models.Q(round__status="moderation", system__in=moderating)
        return within.filter(settled | mine | compared & models.Q(system__in=assessing) | moderated)

    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def sheets(self) -> Self:
        """What persons wrote in rounds, each for themselves."""
        return self.filter(round__isnull=False).exclude(kind="final")

    def finals(self) -> Self:
        """Results of locked rounds."""
        return self.submitted().filter(kind="final", round__status="locked")

    def of_metrics(self) -> Self:
        """Short sheets that were sent in."""
        return self.submitted().filter(metric__isnull=False)

    def latest_sheets(self) -> Self:
        """Sheets sent in, of each author and aspiration of a round the latest revision."""
        later = self.model._default_manager.filter(
            round=models.OuterRef("round"), aspiration=models.OuterRef("aspiration"),
            author=models.OuterRef("author"), revision__gt=models.OuterRef("revision"),
            submitted_at__isnull=False,
        ).exclude(kind="final")  # fmt: skip
        return self.sheets().submitted().filter(~models.Exists(later))

    def latest_of_each(self, about: str) -> Self:
        """The one sent in last about each `metric` or `aspiration`."""
        place = models.Window(
            RowNumber(),
            partition_by=models.F(about),
            order_by=[models.F("submitted_at").desc(), models.F("pk").desc()],
        )
        return self.submitted().annotate(place=place).filter(place=1)

    def with_newer_figures(self, public_by: date | None = None) -> Self:
        """With `newer`: figures of its series after the one that was spoken of.

        Where none had been judged, those recorded since it was sent in. With `public_by`, only
        what was public by that day.
        """
        figures = Observation.objects.filter(
            series=models.OuterRef("about_series"), value__isnull=False
        )
        if public_by is not None:
            figures = figures.filter(published_on__lte=public_by)
        later = figures.filter(period__gt=models.OuterRef("judgment__period"))
        recorded = figures.filter(recorded_at__gt=models.OuterRef("submitted_at"))
        whole = Series.objects.whole().filter(metric=models.OuterRef("metric")).order_by()
        return self.annotate(
            about_series=Coalesce("judgment__series", models.Subquery(whole.values("pk")[:1])),
            newer=models.Case(
                models.When(judgment__period=None, then=counted(recorded)), default=counted(later)
            ),
        )

    def current(self, day: date, *, as_known: bool = False) -> Self:
        """Those that still speak of what is known; see `analysis.assessments.standing`.

        With `as_known`, of what was public by that day.
        """
        rows = self.with_newer_figures(day if as_known else None)
        return rows.filter(expires_on__gt=day, newer__lt=LAPSES_AFTER)

    def current_for_metrics(
        self, metrics: Iterable[Any], day: date, *, as_known: bool = False
    ) -> Self:
        """The latest view of each of these metrics, where it is current; at most one a metric.

        With `as_known`, as it was known on that day.
        """
        rows = self.of_metrics().filter(metric__in=metrics)
        if as_known:
            rows = rows.filter(submitted_at__date__lte=day)
        # TRAP: a condition on the rows themselves would be asked before the latest is chosen.
        keys = rows.latest_of_each("metric").order_by().values("pk")
        latest = type(self)(self.model, using=self.db).filter(pk__in=keys)
        return latest.current(day, as_known=as_known)


class Assessment(models.Model):
    """A person's reasoned view of the likelihood of delivery, of an aspiration or of a metric.

    Written by its author until it is sent in; then it is never edited, and a new one follows it.
    """

    class Kind(models.TextChoices):
        SELF = "self", _("Self")
        PEER = "peer", _("Peer")
        EXTERNAL = "external", _("External")
        FINAL = "final", _("Final, moderated")

    class Challenge(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")
        VERY_HIGH = "very_high", _("Very high")

    class Confidence(models.TextChoices):
        LOW = "low", _("Low")
        FAIR = "fair", _("Fair")
        HIGH = "high", _("High")

    class Stage(models.IntegerChoices):
        POLICY = 1, _("Policy development")
        IMPLEMENTATION = 2, _("Implementation")
        EMBEDDING = 3, _("Embedding")
        IRREVERSIBLE = 4, _("Irreversible progress")

    system = models.ForeignKey(System, models.PROTECT, related_name="assessments")
    aspiration = models.ForeignKey(
        Aspiration, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    metric = models.ForeignKey(
        Metric, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    round = models.ForeignKey(
        AssessmentRound, models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PEER)
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    light = models.CharField(_("likelihood of delivery"), max_length=2, choices=SCALE, blank=True)
    reason = models.TextField(_("summary reason"), max_length=4000, blank=True)
    recent_performance = models.TextField(max_length=4000, blank=True)
    challenge = models.CharField(
        _("degree of challenge"), max_length=10, choices=Challenge, blank=True
    )
    planning = models.PositiveSmallIntegerField(
        _("quality of planning, implementation and performance management"), null=True, blank=True
    )
    capacity = models.PositiveSmallIntegerField(
        _("capacity to drive progress"), null=True, blank=True
    )
    progress = models.PositiveSmallIntegerField(_("evidence of progress"), null=True, blank=True)
    stage = models.PositiveSmallIntegerField(
        _("stage of delivery"), choices=Stage, null=True, blank=True
    )
    stage_evidence = models.TextField(max_length=4000, blank=True)
    confidence = models.CharField(max_length=5, choices=Confidence, blank=True)
    change_mind = models.TextField(_("what would change my mind"), max_length=2000, blank=True)
    # What the rules said when the sheet was sent in, and why people say otherwise.
    computed_light = models.CharField(max_length=2, choices=Light, blank=True)
    judgment = models.ForeignKey(
        "aspirations.Judgment", models.PROTECT, null=True, blank=True, related_name="+"
    )
    difference_reason = models.TextField(
        _("why this differs from the rules’ light"), max_length=4000, blank=True
    )
    # Of a moderated result.
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    dissent = models.TextField(max_length=4000, blank=True)
    boldness = models.PositiveSmallIntegerField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_on = models.DateField(null=True, blank=True)

    objects = AssessmentQuerySet.as_manager()

    may_change: ClassVar[set[str]] = set()

    class Meta:
        ordering = ["system_id", "-submitted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="aspirations_assessment_of_one_thing",
                condition=models.Q(aspiration=None, metric__isnull=False)
                | models.Q(aspiration__isnull=False, metric=None),
            ),
            models.CheckConstraint(
                name="aspirations_assessment_on_the_scale",
                condition=models.Q(
                    *(
                        models.Q(**{name: None}) | models.Q(**{f"{name}__range": (1, 4)})
                        for name in (*RATINGS, "stage", "boldness")
                    )
                ),
            ),
            models.CheckConstraint(
                name="aspirations_assessment_sent_with_reason",
                condition=models.Q(submitted_at=None)
                | (~models.Q(reason="") & ~models.Q(light="") & models.Q(expires_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="aspirations_assessment_difference_reasoned",
                condition=models.Q(submitted_at=None)
                | models.Q(computed_light__in=["", "N"])
                | models.Q(computed_light=models.F("light"))
                | ~models.Q(difference_reason=""),
            ),
            models.CheckConstraint(
                name="aspirations_assessment_final_of_a_round",
                condition=~models.Q(kind="final")
                | models.Q(round__isnull=False, aspiration__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["round", "aspiration", "author", "kind", "revision"],
                condition=models.Q(round__isnull=False),
                name="aspirations_assessment_once",
            ),
            models.UniqueConstraint(
                fields=["round", "aspiration"],
                condition=models.Q(kind="final"),
                name="aspirations_assessment_one_final",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aspiration or self.metric}: {self.get_light_display() or '–'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        stored = type(self)._default_manager.filter(pk=self.pk).first() if self.pk else None
        if stored and stored.submitted_at:
            raise ValidationError(_("This sheet was sent in. Write a new one to change your view."))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        about = self.aspiration or self.metric
        if about and about.system_id != self.system_id:
            raise ValidationError(_("A sheet is about something of its own system."))
        if self.round and self.round.system_id != self.system_id:
            raise ValidationError(_("A sheet belongs to a round of its own system."))


def being_written(user: Any) -> models.Q:
    """Lines of the trail that would tell who wrote sheets of an open round: others' than one's own.

    Once the round is closed they are told like any other.
    """
    others = Assessment.objects.filter(round__status="open").exclude(author=user.pk)
    keys = others.order_by().annotate(key=Cast("pk", models.CharField())).values("key")
    return models.Q(object_type=Assessment._meta.label, object_key__in=keys)


WITHHELD.append(being_written)
