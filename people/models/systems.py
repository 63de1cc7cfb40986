"""The systems that people work in; they form a tree."""

from datetime import date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import permissions
from people.labels import check_labels, check_line

# First words of addresses that no system may take.
RESERVED_SLUGS = frozenset(
    "account accounts admin api about healthz home how-judgments-are-made installation "
    "invitations media readyz search static theme welcome".split()
)
DEEPEST = 6
# Dates beyond these cannot be reckoned with: whole years are taken from them and added.
YEARS = range(1900, 2201)


class SecondFactor(models.TextChoices):
    """Of whom a system asks a second factor at sign-in."""

    NOBODY = "nobody", _("Nobody")
    LEADERS = "leaders", _("Leaders and named delegates")
    EVERYONE = "everyone", _("Everyone")


class SystemQuerySet(models.QuerySet["System"]):
    def visible_to(self, user: Any, action: str = "dashboard.read") -> Self:
        """Systems in which this person may do `action`, by own role or through a parent."""
        return self.filter(permissions.systems_where(user, action)).distinct()

    def within(self, systems: Any) -> Self:
        """These systems and everything beneath them (the tree is at most six deep)."""
        return self.filter(below(systems))


def below(systems: Any, prefix: str = "") -> models.Q:
    """A condition that a system, or one of its ancestors, is among `systems`."""
    where = models.Q(**{f"{prefix}pk__in": systems})
    for level in range(1, DEEPEST):
        where |= models.Q(**{f"{prefix}{'parent__' * level}pk__in": systems})
    return where


class System(models.Model):
    """A place or organisation with aspirations of its own; systems form a tree."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        REGION = "region", _("State, province or region")
        CITY = "city", _("City or locality")
        SCHOOLS = "schools", _("School system")
        HIGHER_EDUCATION = "higher_education", _("Higher-education system")
        HEALTH = "health", _("Health and care system")
        GOVERNMENT = "government", _("Government or department")
        CROSS_SECTOR = "cross_sector", _("Cross-sector coalition")
        OTHER = "other", _("Other organisation")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    tagline = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    time_zone = models.CharField(max_length=60, default="UTC")
    year_starts = models.PositiveSmallIntegerField(_("first month of the year"), default=1)
    reporting_date = models.DateField(
        null=True,
        blank=True,
        help_text=_("For archives and demonstrations: the date that stands in for today."),
    )
    note = models.CharField(
        max_length=200, blank=True, help_text=_("Stands at the foot of every page.")
    )
    labels = models.JSONField(
        default=dict, blank=True, help_text=_("This system’s own words, by the word they replace.")
    )
    second_factor = models.CharField(
        _("second factor asked of"),
        max_length=8,
        choices=SecondFactor,
        default=SecondFactor.LEADERS,
    )
    version = models.PositiveIntegerField(default=1)

    objects = SystemQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="people_system_year_starts_is_a_month",
                condition=models.Q(year_starts__range=(1, 12)),
            ),
            models.CheckConstraint(
                name="people_system_not_its_own_parent",
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")),
            ),
            models.CheckConstraint(
                name="people_system_known_second_factor",
                condition=models.Q(second_factor__in=SecondFactor.values),
            ),
            models.CheckConstraint(
                name="people_system_slug_not_reserved",
                condition=~models.Q(slug__in=sorted(RESERVED_SLUGS)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def today(self) -> Any:
        """The date judgments are made as of: the reporting date, else today where the system is."""
        return self.reporting_date or self.day_of(timezone.now())

    def day_of(self, moment: datetime) -> date:
        """The day it was where the system is."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()

    def ancestors(self) -> list["System"]:
        """From the parent upward; empty for the top of a tree."""
        chain: list[System] = []
        node = self.parent
        while node is not None and node not in chain:
            chain.append(node)
            node = node.parent
        return chain

    def levels_below(self) -> int:
        """How many levels of systems lie beneath this one; 0 for a leaf."""
        levels, row = 0, {self.pk} if self.pk else set()
        while row and levels < DEEPEST:
            row = set(System.objects.filter(parent__in=row).values_list("pk", flat=True))
            levels += bool(row)
        return levels

    def clean(self) -> None:
        check_labels(self.labels)
        self.check_lines()
        self.check_reporting_date()
        if self.time_zone not in available_timezones():
            raise ValidationError(
                {
                    "time_zone": _("“%s” is not a time zone. Use a name such as Europe/London.")
                    % self.time_zone
                }
            )
        chain = self.ancestors()
        if self.pk and self.pk in {node.pk for node in chain}:
            raise ValidationError({"parent": _("A system cannot lie beneath itself.")})
        if len(chain) + self.levels_below() >= DEEPEST:
            raise ValidationError({"parent": _("Systems nest at most %s deep.") % DEEPEST})

    def check_lines(self) -> None:
        """They stand in headings, and in the subjects of mails, which are one line."""
        for name in ("name", "tagline", "note"):
            try:
                check_line(getattr(self, name) or "")
            except ValidationError as problem:
                raise ValidationError({name: problem.messages}) from problem

    def check_reporting_date(self) -> None:
        day = self.reporting_date
        if isinstance(day, date) and day.year not in YEARS:
            words = _("%(year)s is no year to report on. Choose one from %(first)s to %(last)s.")
            years = {"year": day.year, "first": YEARS[0], "last": YEARS[-1]}
            raise ValidationError({"reporting_date": words % years})
