"""Who is here: people, the systems they work in, their roles, and the trail they leave."""

from typing import Any, ClassVar, Self, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import permissions

# First words of addresses that no system may take.
RESERVED_SLUGS = frozenset(
    "accounts admin api about healthz home how-judgments-are-made media readyz search static "
    "theme welcome".split()
)
DEEPEST = 6


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. `is_staff` marks an installation administrator and opens no system."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name or office"), max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("installation administrator"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="people_user_email_any_case",
                violation_error_message=_("Someone already signs in with this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email


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
                name="people_system_slug_not_reserved",
                condition=~models.Q(slug__in=sorted(RESERVED_SLUGS)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def today(self) -> Any:
        """The date judgments are made as of: the reporting date, else today where the system is."""
        return self.reporting_date or timezone.now().astimezone(ZoneInfo(self.time_zone)).date()

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


Row = TypeVar("Row", bound=models.Model, covariant=True)


class GatedQuerySet(models.QuerySet[Row]):
    """Rows that belong to a system, reached by the lookup `to_system`."""

    to_system: ClassVar[str] = "system"

    def visible_to(self, user: Any, action: str = "") -> Self:
        """Rows of the systems where this person may do `action`.

        Without one it is the action that the permission table names for the model.
        """
        action = action or permissions.MODELS[self.model._meta.label]
        systems = System.objects.visible_to(user, action)
        return self.filter(**{f"{self.to_system}__in": systems})


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


class AuditEntryQuerySet(GatedQuerySet["AuditEntry"]):
    pass


class AuditEntry(models.Model):
    """Who did what, when, before and after, and why. Appended, never edited."""

    system = models.ForeignKey(System, models.PROTECT, null=True, blank=True, related_name="+")
    actor = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    door = models.CharField(max_length=40, help_text=_("Page, command or interface it came by."))
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_key = models.CharField(max_length=120)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["system", "-at"], name="people_audit_by_system")]
        verbose_name_plural = "audit entries"

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_key}"


class Heartbeat(models.Model):
    """One turn of a timed job. A second scheduler finds its slot taken and does nothing."""

    job = models.CharField(max_length=60)
    slot = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "slot"], name="people_heartbeat_once_a_slot")
        ]

    def __str__(self) -> str:
        return f"{self.job} at {self.slot:%Y-%m-%d %H:%M}"
