"""Notices about figures: late ones, lights that fell, milestones that passed."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Min, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.analysis.standing import NOT_JUDGED, rank
from aspirations.models import Event, Judgment, Series
from aspirations.models.metrics import WHOLE
from aspirations.pages.trajectories import of_segment
from delivery.notices.kinds import FALLEN, LATE, MILESTONE, Notice
from delivery.notices.reader import Reader

READ = ("dashboard.read",)
RECENT = timedelta(days=30)


# --- late figures ------------------------------------------------------------------------------


def late(reader: Reader) -> Iterator[Notice]:
    """One notice for each metric with figures that are late or stale, the longest late first."""
    mine = reader.looks_after(metric="metric", actions=("dashboard.read", "observation.read"))
    rows = Series.objects.filter(mine, current_judgment__freshness__in=("late", "stale"))
    found = rows.values("metric__slug", "metric__name", "metric__owner", "metric__system").annotate(
        many=Count("pk"),
        due=Min("current_judgment__due"),
        judged=Max("current_judgment__as_of"),
        code=Min("segment__code"),
        segment=Min("segment__name"),
    )
    for row in found.order_by("due", "metric__name", "metric__slug"):
        yield late_notice(reader, row)


def late_notice(reader: Reader, row: Any) -> Notice:
    key = row["metric__system"]
    since = row["due"] or row["judged"]
    words = ngettext(
        "%(metric)s: the figure due on %(day)s has not come.",
        "%(metric)s: figures of %(count)s segments are late, the first since %(day)s.",
        row["many"],
    )
    name, query = row["metric__name"], ""
    # Of several segments the page of the metric is where to begin.
    if row["many"] == 1 and row["code"] != WHOLE:
        name, query = f"{name}, {row['segment']}", "?" + urlencode({"segment": row["code"]})
    names = {"metric": name, "count": row["many"], "day": sentences.day_text(since)}
    address, act = where_to_enter(reader, key, row["metric__slug"], query)
    return Notice(
        LATE, reader.systems[key], words % names, why(reader, key, row["metric__owner"]),
        since, address, act,
    )  # fmt: skip


def where_to_enter(reader: Reader, system: int, metric: str, segment: str) -> tuple[str, str]:
    """Address and words of the link; `segment` is the part of the address that names one."""
    at = [reader.systems[system].slug, metric]
    if reader.may("observation.write", system):
        return reverse("enter_figures", args=at) + segment, _("Enter the figure")
    return reverse("metric", args=at) + segment, _("See the metric")


# --- lights that fell --------------------------------------------------------------------------


def fallen(reader: Reader) -> Iterator[Notice]:
    """Whole-system lights lower than the one before, where that happened in the last 30 days.

    The one before is the last stored light that was another; since when is the day of the first
    judgment after it. A light that came or went is no fall.
    """
    mine = reader.looks_after(metric="metric", actions=READ)
    stored = Judgment.objects.filter(series=OuterRef("pk"))
    before = stored.exclude(light=OuterRef("current_judgment__light")).order_by("-seq")
    rows = Series.objects.whole().filter(
        mine, current_judgment__as_of__gt=reader.days[0] - RECENT
    ).annotate(
        before=Subquery(before.values("light")[:1]), before_seq=Subquery(before.values("seq")[:1])
    )  # fmt: skip
    after = stored.filter(seq__gt=OuterRef("before_seq")).order_by("seq")
    rows = rows.annotate(fell_on=Subquery(after.values("as_of")[:1]))
    for row in rows.select_related("metric", "current_judgment").order_by("metric__name", "pk"):
        if is_recent_fall(row, reader.today(row.metric.system_id)):
            yield fallen_notice(reader, row)


def is_recent_fall(row: Any, today: date) -> bool:
    light = row.current_judgment.light
    if row.before in (None, NOT_JUDGED) or light == NOT_JUDGED or row.fell_on is None:
        return False
    return rank(light) < rank(row.before) and row.fell_on > today - RECENT


def fallen_notice(reader: Reader, row: Any) -> Notice:
    metric, key = row.metric, row.metric.system_id
    words = _("%(metric)s fell from %(before)s to %(light)s.") % {
        "metric": metric.name,
        "before": sentences.light_word(row.before),
        "light": sentences.light_word(row.current_judgment.light),
    }
    system = reader.systems[key]
    address = reverse("metric", args=[system.slug, metric.slug])
    return Notice(
        FALLEN, system, words, why(reader, key, metric.owner), row.fell_on, address,
        _("See why"),
    )  # fmt: skip


# --- milestones --------------------------------------------------------------------------------


def milestones(reader: Reader) -> Iterator[Notice]:
    """Milestones whose day has passed without a word that they were reached."""
    mine = reader.looks_after(metric="series__metric", actions=READ)
    rows = Event.objects.in_force().overdue(reader.days[1]).filter(mine)
    rows = rows.select_related("series__metric", "series__segment")
    for row in rows.order_by("date", "label", "pk"):
        if is_overdue(row, reader.today(row.series.metric.system_id)):
            yield milestone_notice(reader, row)


def is_overdue(row: Event, today: date) -> bool:
    return row.date < today and (row.done_on is None or row.done_on > today)


def milestone_notice(reader: Reader, row: Event) -> Notice:
    metric = row.series.metric
    system = reader.systems[metric.system_id]
    words = _("%(metric)s: “%(label)s” was due on %(day)s.") % {
        "metric": sentences.subject(metric, row.series.segment),
        "label": row.label,
        "day": sentences.day_text(row.date),
    }
    address = reverse("metric", args=[system.slug, metric.slug]) + of_segment(row.series.segment)
    act = _("See the metric")
    if reader.may("plan.write", system.pk):
        address = reverse("finish_milestone", args=[system.slug, metric.slug, row.pk])
        act = _("Say when it was reached")
    return Notice(
        MILESTONE, system, words, why(reader, system.pk, metric.owner), row.date, address, act
    )


def why(reader: Reader, system: int, owner: str) -> str:
    office = reader.why(system, owner)
    if office:
        return _("You speak for its owner, %s.") % office
    if system in reader.offices:
        return _("Your office keeps its figures.")
    return _("You work in the unit of this system.")
