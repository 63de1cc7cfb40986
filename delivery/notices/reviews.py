"""Notices about capacity reviews, and about actions that were agreed.

They tell titles, offices and days; never what a review found, nor who has scored.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from aspirations import sentences
from delivery.notices.kinds import ACTION, REVIEW, Notice
from delivery.notices.reader import Reader
from people.models import Action
from reviews.models import Participant, Round

SOON = timedelta(days=7)
AHEAD = timedelta(days=60)
"""How long before its day the next review is told of."""


def reviews(reader: Reader) -> Iterator[Notice]:
    yield from scores(reader)
    yield from with_leaders(reader)
    yield from overdue(reader)
    yield from following(reader)


# --- what is asked of oneself ------------------------------------------------------------------


def scores(reader: Reader) -> Iterator[Notice]:
    """Open reviews on which this person rates and has not said that they are done."""
    rows = Participant.objects.in_force("score.own").raters().filter(
        user=reader.user.pk, finished_at=None, taken_back_at=None,
        round__in=Round.objects.visible_to(reader.user, "score.own"),
        round__state=Round.State.OPEN, round__rubric__isnull=False,
    )  # fmt: skip
    for row in rows.select_related("round").order_by("round__due", "pk"):
        yield score_notice(reader, row.round)


def score_notice(reader: Reader, row: Round) -> Notice:
    system = reader.systems[row.system_id]
    words = _("“%(round)s” asks for your scores by %(day)s.")
    return Notice(
        REVIEW, system, words % told(row, row.due),
        _("You are named on it; nobody is told who has scored."), row.starts,
        reverse("score_sheet", args=[system.slug, row.pk]), _("Give your scores"),
    )  # fmt: skip


def with_leaders(reader: Reader) -> Iterator[Notice]:
    """Results that leaders hear first, as long as the team does not read them."""
    rows = Round.objects.filter(
        system__in=reader.where("result.first"), state=Round.State.CLOSED,
        leader_at__isnull=False, team_at=None,
    )  # fmt: skip
    for row in rows.order_by("leader_at", "pk"):
        system = reader.systems[row.system_id]
        yield Notice(
            REVIEW, system,
            _("The results of “%s” are with the leaders, and not with the team yet.") % row.title,
            _("Leaders hear them first, and say when the team does."),
            system.day_of(row.leader_at) if row.leader_at else date.min,
            reverse("results", args=[system.slug, row.pk]), _("Read the results"),
        )  # fmt: skip


# --- what the unit keeps going -----------------------------------------------------------------


def overdue(reader: Reader) -> Iterator[Notice]:
    """Reviews that are open after the day they were due."""
    rows = Round.objects.filter(
        system__in=reader.where("review.write"), state=Round.State.OPEN, due__lt=reader.days[1]
    )
    words = _("“%(round)s” was due on %(day)s and is still open.")
    for row in rows.order_by("due", "pk"):
        if row.is_late(reader.today(row.system_id)):
            system = reader.systems[row.system_id]
            yield Notice(
                REVIEW, system, words % told(row, row.due), set_up_here(), row.due,
                reverse("review", args=[system.slug, row.pk]), _("Close it, or move its day"),
            )  # fmt: skip


def following(reader: Reader) -> Iterator[Notice]:
    """Reviews whose next one is due within 60 days, or was due, and is not set up yet."""
    asks_the_same = Q(rubric__key=OuterRef("rubric__key")) & (
        Q(starts__gt=OuterRef("starts")) | Q(starts=OuterRef("starts"), pk__gt=OuterRef("pk"))
    )
    later = Round.objects.filter(
        Q(follows=OuterRef("pk")) | asks_the_same, system=OuterRef("system")
    )
    rows = Round.objects.filter(
        ~Exists(later), system__in=reader.where("review.write"), state=Round.State.CLOSED,
        next_due__lte=reader.days[1] + AHEAD,
    )  # fmt: skip
    for row in rows.order_by("next_due", "pk"):
        if row.next_due and row.next_due <= reader.today(row.system_id) + AHEAD:
            yield following_notice(reader, row, row.next_due)


def following_notice(reader: Reader, row: Round, due: date) -> Notice:
    system = reader.systems[row.system_id]
    words = _("The capacity review after “%(round)s” is due on %(day)s and is not set up yet.")
    if due < reader.today(system.pk):
        words = _("The capacity review after “%(round)s” was due on %(day)s and is not set up.")
    return Notice(
        REVIEW, system, words % told(row, due), set_up_here(), due - AHEAD,
        reverse("new_round", args=[system.slug]), _("Set up the next review"),
    )  # fmt: skip


def told(row: Round, day: date) -> dict[str, str]:
    return {"round": row.title, "day": sentences.day_text(day)}


def set_up_here() -> str:
    return _("You set up the reviews of this system.")


# --- actions -----------------------------------------------------------------------------------


def actions(reader: Reader) -> Iterator[Notice]:
    """Open actions that are due within seven days or late: one's office's, or all to the unit."""
    mine = Q(system__in=[key for key in reader.where("plan.write") if key not in reader.offices])
    for key in reader.where("routine.read"):
        for office in reader.offices.get(key, ()):
            mine |= Q(system=key, owner__iexact=office)
    rows = Action.objects.visible_to(reader.user).open()
    for row in rows.filter(mine, due__lte=reader.days[1] + SOON).order_by("due", "pk"):
        if row.due <= reader.today(row.system_id) + SOON:
            yield action_notice(reader, row)


def action_notice(reader: Reader, row: Action) -> Notice:
    system = reader.systems[row.system_id]
    is_late = row.is_late(reader.today(system.pk))
    words = _("“%(what)s” is due on %(day)s.")
    if is_late:
        words = _("“%(what)s” was due on %(day)s.")
    names = {"what": row.what, "day": sentences.day_text(row.due)}
    office = reader.why(system.pk, row.owner)
    why = _("You speak for its owner, %s.") if office else _("You follow up for its owner, %s.")
    return Notice(
        ACTION, system, words % names, why % row.owner, row.due if is_late else row.due - SOON,
        reverse("actions", args=[system.slug]), _("See the actions"),
    )  # fmt: skip
