"""What administrators see of the installation: its systems, their leaders, and how it is set up.

Nothing here opens a figure, a coalition or a note.
"""

import tomllib
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import LEADERS, Appointment, Heartbeat, Membership, System, User

DATABASES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
ACTIVE = Q(memberships__user__is_active=True)


def systems_for(user: Any) -> QuerySet[System]:
    """Systems whose members this person may read, with how many they are and who leads."""
    found = System.objects.visible_to(user, "members.read").select_related("parent")
    people = Count("memberships__user", distinct=True, filter=ACTIVE)
    leaders = Prefetch("memberships", leading().select_related("user"), to_attr="leaders")
    return found.annotate(people=people).prefetch_related(leaders).order_by("name", "pk")


def leading() -> QuerySet[Membership]:
    """The leaders in post, by name."""
    rows = Membership.objects.filter(role__in=LEADERS, user__is_active=True)
    return rows.order_by("user__name", "user__email", "role")


def waiting_for_administrators(user: Any) -> list[Appointment]:
    """Leaders proposed where no leader is left to accept them."""
    rows = Appointment.objects.visible_to(user, "members.read").waiting()
    led = Exists(leading().order_by().filter(system=OuterRef("system")))
    return list(rows.filter(~led).select_related("system", "user", "proposed_by"))


def state() -> list[tuple[str, str]]:
    """How the installation is set up, as pairs of a word and an answer; nothing secret."""
    return [
        (_("Version"), version()),
        (_("Database"), database()),
        (_("Queue of jobs"), queue()),
        (_("Timed jobs"), timed_jobs()),
        (_("Mail"), mail()),
        (_("Single sign-on"), single_sign_on()),
        (_("Administrators"), administrators()),
    ]


@cache
def version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def database() -> str:
    name = DATABASES.get(connection.vendor, connection.vendor)
    if connection.vendor == "sqlite":
        return _("%s: for trials and small teams") % name
    return name


def queue() -> str:
    if settings.REDIS_URL:
        return _("Redis or Valkey")
    return _("Files in the data folder: for trials and small teams")


def timed_jobs() -> str:
    last = Heartbeat.objects.aggregate(last=Max("finished_at"))["last"]
    if last is None:
        return _("Have not run yet. They need the worker and the timer.")
    return _("Last ran on %s UTC") % date_format(last, "j F Y, H:i")


def mail() -> str:
    if settings.EMAIL_BACKEND.rsplit(".", 2)[-2] in {"console", "dummy", "filebased"}:
        return _("Written to the log: nobody receives it. Set EMAIL_URL.")
    return _("Sent by a mail server")


def single_sign_on() -> str:
    return str(settings.OIDC.get("name", "")) or _("Not set up: people sign in with a password")


def administrators() -> str:
    """How many there are, how many set up a second factor, and whether it is asked of them."""
    rows = list(User.objects.administrators().with_standing())
    having = sum(row.has_second_factor for row in rows)
    numbers = _("%(all)s, of whom %(having)s set up a second factor.") % {
        "all": len(rows), "having": having,
    }  # fmt: skip
    if settings.ADMINISTRATORS_SECOND_FACTOR:
        return f"{numbers} {_('It is asked of them.')}"
    return f"{numbers} {_('It is not asked of them.')}"
