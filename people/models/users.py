"""Who is here: people who sign in by e-mail address."""

from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import permissions
from people.labels import personal_name

SECOND_FACTORS = ("totp", "webauthn")
"""Kinds of authenticators that count as a second factor; recovery codes only stand in for one."""


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Any) -> Self:
        """Every account, for who looks after the installation; others meet colleagues by role."""
        return self.all() if permissions.administers(user) else self.none()

    def administrators(self) -> Self:
        """Those who may look after the installation now."""
        return self.filter(is_staff=True, is_active=True)

    def with_standing(self) -> Self:
        """Each with the number of their roles, and whether they set up a second factor."""
        own = apps.get_model("mfa", "Authenticator").objects.filter(user=OuterRef("pk"))
        return self.annotate(
            role_count=Count("memberships", distinct=True),
            has_second_factor=Exists(own.filter(type__in=SECOND_FACTORS)),
        )


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
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


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
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

    def clean(self) -> None:
        super().clean()
        try:
            self.name = personal_name(self.name or "")
        except ValidationError as problem:
            raise ValidationError({"name": problem.messages}) from problem
