"""Notices about what someone is asked for: sheets, paths, answers, people, a stocktake."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.models import Challenge, Trajectory
from aspirations.models.agreements import Agreement
from aspirations.pages.trajectories import address_of
from aspirations.services.assessments import to_write
from delivery.notices.kinds import CHALLENGE, PATH, PEOPLE, SHEET, STOCKTAKE, Notice
from delivery.notices.reader import Reader
from people.installation import waiting_for_administrators
from people.labels import role_name
from people.models import LEADERS, Appointment, Invitation, Membership, System
from people.permissions import administers
from people.services.appointments import why_not
from routines.models import Stocktake

SOON = timedelta(days=7)


# --- human judgment ----------------------------------------------------------------------------


def sheets(reader: Reader) -> Iterator[Notice]:
    """One notice for each round in which sheets are still owed."""
    open_to = reader.where("assessment.write")
    owed = [one for one in to_write(reader.user) if one.round.system_id in open_to]
    for round_, group in groupby(owed, key=lambda one: one.round):
        yield sheet_notice(reader.systems[round_.system_id], round_, len(list(group)))


def sheet_notice(system: System, round_: Any, count: int) -> Notice:
    words = ngettext(
        "%(count)s sheet of “%(round)s” is yours to write, due on %(day)s.",
        "%(count)s sheets of “%(round)s” are yours to write, due on %(day)s.",
        count,
    )
    names = {"count": count, "round": round_.title, "day": sentences.day_text(round_.due)}
    address = reverse("assessments", args=[system.slug])
    return Notice(
        SHEET, system, words % names, _("You are asked to assess; others see nothing of it yet."),
        day_of(round_.opened_at, system), address, _("Write the sheets"),
    )  # fmt: skip


def challenges(reader: Reader) -> Iterator[Notice]:
    """Doubts of what this person wrote, without an answer so far."""
    user = reader.user.pk
    sheet = Q(assessment__author=user, system__in=reader.where("assessment.write"))
    drafted = Q(trajectory__author=user) | Q(trajectory__sent_by=user)
    draft = drafted & Q(
        system__in=reader.where("trajectory.write"), trajectory__status=Agreement.DRAFT
    )
    rows = Challenge.objects.filter(sheet | draft, answered_at=None).select_related(
        "author", "assessment__aspiration", "assessment__metric", "assessment__round",
        "trajectory__series__metric__system", "trajectory__series__segment",
    )  # fmt: skip
    for row in rows.order_by("at", "pk"):
        system = reader.systems[row.system_id]
        address, about = doubted(system, row)
        yield Notice(
            CHALLENGE, system,
            _("%(who)s doubts %(about)s.") % {"who": row.author, "about": about},
            _("You wrote it, so the answer is yours."), day_of(row.at, system), address,
            _("Read and answer"),
        )  # fmt: skip


def doubted(system: System, row: Challenge) -> tuple[str, str]:
    """Where the doubt stands, and what it is about in words."""
    if row.trajectory is not None:
        series = row.trajectory.series
        about = _("your draft of the path of %s") % sentences.subject(series.metric, series.segment)
        return address_of("draft", row.trajectory), about
    sheet: Any = row.assessment
    about = _("your judgment of %s") % (sheet.metric or sheet.aspiration)
    if sheet.metric is not None:
        return reverse("metric_judgments", args=[system.slug, sheet.metric.slug]), about
    return reverse("assessments", args=[system.slug]), about


# --- paths -------------------------------------------------------------------------------------


def paths(reader: Reader) -> Iterator[Notice]:
    """Drafts that were sent for challenge, for those who may put them in force."""
    rows = Trajectory.objects.filter(
        status=Agreement.DRAFT, sent_at__isnull=False,
        series__metric__system__in=reader.where("trajectory.agree"),
    ).select_related("series__metric__system", "series__segment", "sent_by")  # fmt: skip
    for row in rows.order_by("sent_at", "pk"):
        system = reader.systems[row.series.metric.system_id]
        words = _("A path of %(metric)s was sent for challenge by %(who)s.") % {
            "metric": sentences.subject(row.series.metric, row.series.segment),
            "who": row.sent_by or _("the program"),
        }
        yield Notice(
            PATH, system, words, _("Only a leader puts a path in force."),
            day_of(row.sent_at, system),
            address_of("draft", row), _("Read and decide"),
        )  # fmt: skip


# --- people and routines -----------------------------------------------------------------------


def people(reader: Reader) -> Iterator[Notice]:
    yield from proposals(reader)
    yield from invitations(reader)


def proposals(reader: Reader) -> Iterator[Notice]:
    """Leaders put forward, where this person can decide."""
    deciding = reader.where("appointment.decide")
    rows = Appointment.objects.waiting().filter(system__in=deciding)
    found = list(rows.select_related("system", "user", "proposed_by").order_by("proposed_at"))
    if administers(reader.user):
        known = {row.pk for row in found}
        found += [row for row in waiting_for_administrators(reader.user) if row.pk not in known]
    leaders = leaders_of({row.system_id for row in found})
    for row in found:
        if not why_not(row, reader.user, leaders.get(row.system_id, set()), may_decide=True):
            yield proposal_notice(row)


def leaders_of(systems: set[int]) -> dict[int, set[int]]:
    """Keys of the leaders in post, by system."""
    rows = Membership.objects.filter(system__in=systems, role__in=LEADERS, user__is_active=True)
    found: dict[int, set[int]] = {}
    for system, user in rows.values_list("system", "user"):
        found.setdefault(system, set()).add(user)
    return found


def proposal_notice(row: Appointment) -> Notice:
    words = _("%(by)s proposes %(person)s as %(role)s.") % {
        "by": row.proposed_by, "person": row.user, "role": role_name(row.system, row.role),
    }  # fmt: skip
    return Notice(
        PEOPLE, row.system, words, _("Leaders are made by leaders."),
        day_of(row.proposed_at, row.system),
        reverse("members", args=[row.system.slug]), _("Accept or refuse"),
    )  # fmt: skip


def invitations(reader: Reader) -> Iterator[Notice]:
    """Invitations whose link ran out before anyone took it up."""
    rows = Invitation.objects.open().filter(
        system__in=reader.where("members.write"), expires_at__lte=timezone.now()
    )
    for row in rows.order_by("expires_at", "pk"):
        system = reader.systems[row.system_id]
        yield Notice(
            PEOPLE, system, _("%s did not take up the invitation in time.") % row.email,
            _("You say who works here."), day_of(row.expires_at, system),
            reverse("members", args=[system.slug]), _("Renew or withdraw it"),
        )  # fmt: skip


def stocktakes(reader: Reader) -> Iterator[Notice]:
    """Those of the next seven days, today's among them."""
    first, last = reader.days
    rows = Stocktake.objects.planned().filter(
        system__in=reader.where("routine.read"), date__range=(first, last + SOON)
    )
    for row in rows.order_by("date", "pk"):
        today = reader.today(row.system_id)
        if today <= row.date <= today + SOON:
            yield stocktake_notice(reader.systems[row.system_id], row)


def stocktake_notice(system: System, row: Stocktake) -> Notice:
    words = _("Stocktake on %s.") % sentences.day_text(row.date)
    if row.title:
        names = {"title": row.title, "day": sentences.day_text(row.date)}
        words = _("Stocktake on %(day)s: %(title)s.") % names
    return Notice(
        STOCKTAKE, system, words, _("You read what is decided here."), row.date - SOON,
        reverse("stocktakes", args=[system.slug]), _("See the stocktakes"),
    )  # fmt: skip


def day_of(moment: datetime | None, system: System) -> date:
    return system.day_of(moment) if moment else date.min
