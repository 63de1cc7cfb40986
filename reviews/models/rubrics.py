"""Rubrics: what a review asks, in versions that never change once they are in use."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import GatedQuerySet, System

MOST_POINTS = 6


class RubricQuerySet(GatedQuerySet["Rubric"]):
    def in_use(self) -> Self:
        """Versions that a round can be scored with."""
        return self.filter(adopted_at__isnull=False)


class Rubric(models.Model):
    """One version of one rubric, as a system uses it.

    `scale` is a list of `{"name", "meaning"}`, the weakest first, of an even number of points.
    `relies` says which components rest on which others, by name: `{"Data": ["Governance"]}`.
    """

    class Lens(models.TextChoices):
        LIGHTS = "lights", _("Elements by section, as lights")
        THEMES = "themes", _("Elements by theme")
        GRID = "grid", _("Components by perspective")
        TRIANGLE = "triangle", _("Corners of the strategic triangle, and barriers")

    system = models.ForeignKey(System, models.PROTECT, related_name="rubrics")
    key = models.SlugField(max_length=60, help_text=_("The same through all its versions."))
    number = models.PositiveIntegerField(_("version"), default=1)
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=400, blank=True)
    lens = models.CharField(max_length=8, choices=Lens, default=Lens.THEMES)
    scale = models.JSONField()
    relies = models.JSONField(default=dict, blank=True)
    supplied = models.BooleanField(
        default=False, help_text=_("It came with Headway, and was not adapted.")
    )
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="adapted"
    )
    adopted_at = models.DateTimeField(null=True, blank=True, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, help_text=_("Of the draft, while it is one."))

    objects = RubricQuerySet.as_manager()

    class Meta:
        ordering = ["title", "key", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "key", "number"], name="reviews_rubric_version_once"
            ),
            models.UniqueConstraint(
                fields=["system", "key"], condition=models.Q(adopted_at=None),
                name="reviews_rubric_one_draft",
            ),
            models.CheckConstraint(
                name="reviews_rubric_known_lens",
                condition=models.Q(lens__in=["lights", "themes", "grid", "triangle"]),
            ),
            models.CheckConstraint(name="reviews_rubric_titled", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="reviews_rubric_numbered", condition=models.Q(number__gte=1)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return _("%(title)s, version %(number)s") % {"title": self.title, "number": self.number}

    @property
    def is_draft(self) -> bool:
        return self.adopted_at is None

    @property
    def points(self) -> int:
        return len(self.scale)

    def name_of(self, value: int | None) -> str:
        """The word of the scale for a value, e.g. “Amber-Red”; "" for none."""
        return self.scale[value - 1]["name"] if value else ""

    def clean(self) -> None:
        names = [point.get("name", "") for point in self.scale] if self.scale else []
        if len(names) not in (2, 4, MOST_POINTS) or not all(names):
            raise ValidationError(
                {
                    "scale": _(
                        "A scale has 2, 4 or 6 named points: an odd one has a middle to hide in."
                    )
                }
            )
        if len(set(names)) != len(names):
            raise ValidationError({"scale": _("Two points of the scale have the same name.")})


class ElementQuerySet(GatedQuerySet["Element"]):
    to_system = "rubric__system"


class Element(models.Model):
    """One thing a rubric asks about, with what weak and strong look like."""

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="elements")
    code = models.CharField(max_length=12)
    section = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    question = models.TextField(max_length=600)
    weak = models.TextField(max_length=1200)
    strong = models.TextField(max_length=1200)
    evidence = models.JSONField(default=list, blank=True, help_text=_("Kinds of evidence."))
    asks = models.JSONField(default=list, blank=True, help_text=_("Questions to ask people."))
    component = models.CharField(max_length=120, blank=True)
    perspective = models.CharField(max_length=120, blank=True)
    corners = models.JSONField(default=list, blank=True)
    barrier = models.CharField(max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = ElementQuerySet.as_manager()

    class Meta:
        ordering = ["rubric_id", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "code"], name="reviews_element_code_once"),
            models.CheckConstraint(
                name="reviews_element_says_what_it_asks",
                condition=~models.Q(code="")
                & ~models.Q(title="")
                & ~models.Q(question="")
                & ~models.Q(weak="")
                & ~models.Q(strong=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def system(self) -> System:
        return self.rubric.system

    @property
    def wording(self) -> tuple[Any, ...]:
        """What a score answers: two elements that share it ask the same."""
        return self.question, self.weak, self.strong


def within_a_scale(field: str, name: str) -> models.CheckConstraint:
    """A value, where there is one, lies between 1 and the most points that a scale has."""
    where = models.Q(**{f"{field}__isnull": True}) | models.Q(
        **{f"{field}__range": (1, MOST_POINTS)}
    )
    return models.CheckConstraint(name=name, condition=where)


def point_field(**options: Any) -> Any:
    return models.PositiveSmallIntegerField(
        null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_POINTS)], **options,
    )  # fmt: skip
