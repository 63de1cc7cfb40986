"""In which systems something is due on a coalition that a person can open. Nothing else is told.

Neither which coalition, nor what, nor how much: a reminder is read in other places than its page.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, Q

from aspirations.models import Aspiration
from coalitions.analysis.contact import IN_TOUCH, contact_state
from coalitions.models import Candidate, Coalition, Contact, Standing, Status
from people.confidential.sealing import SealedError


def systems_due(user: Any, today: Mapping[int, date]) -> set[int]:
    """Keys of those systems, of the ones in `today` (each with its day), where something is due.

    A member fading or lapsed, a step overdue, a review whose day has come. Empty where the key is
    not there: the page could not be opened either. In three queries, one where nothing is open.
    """
    open_steps = Q(next_steps__done_on=None)
    rows = Coalition.objects.visible_to(user).filter(system__in=list(today))
    rows = rows.exclude(aspiration__status=Aspiration.Status.RETIRED).select_related("system")
    found = list(rows.annotate(first=Min("next_steps__due", filter=open_steps)).order_by("pk"))
    if not found:
        return set()
    try:
        fading = with_fading(found, today)
    except SealedError:
        return set()
    return {
        row.system_id for row in found
        if row.pk in fading or has_come(row, today[row.system_id])
    }  # fmt: skip


def has_come(row: Any, today: date) -> bool:
    """Whether a step is overdue, or the day of the review has come."""
    late = row.first is not None and row.first < today
    return late or (row.review_due is not None and row.review_due <= today)


def with_fading(rows: Collection[Coalition], today: Mapping[int, date]) -> set[int]:
    """Keys of the coalitions with a member whom nobody has met lately. SealedError without key."""
    members, places = members_of(rows), {row.pk: row for row in rows}
    met = last_met(rows)
    return {
        coalition for (coalition, candidate), since in members.items()
        if is_fading(places[coalition], since, met.get(candidate), today)
    }  # fmt: skip


def is_fading(
    row: Coalition, since: datetime, last: date | None, today: Mapping[int, date]
) -> bool:
    day = row.system.day_of(since)
    state = contact_state(
        last, day, today[row.system_id], fading=row.fading_after, lapsed=row.lapsed_after
    )
    return state != IN_TOUCH


def members_of(rows: Collection[Coalition]) -> dict[tuple[int, int], datetime]:
    """Keys of coalition and candidate of each member, with since when; one query.

    Only where one stands is opened, not why.
    """
    found: dict[tuple[int, int], list[Standing]] = defaultdict(list)
    standings = Standing.objects.filter(candidate__coalition__in=[row.pk for row in rows])
    lines = standings.only("candidate__coalition", "seq", "status", "at")
    for line in lines.select_related("candidate").order_by("candidate", "-seq"):
        found[line.candidate.coalition_id, line.candidate_id].append(line)
    return {key: member_since(lines) for key, lines in found.items() if is_member(lines[0])}


def is_member(line: Standing) -> bool:
    return line.status == Status.MEMBER


def member_since(lines: Collection[Standing]) -> datetime:
    """When they became a member the last time; `lines` newest first, the first a member's."""
    since = None
    for line in lines:
        if not is_member(line):
            break
        since = line.at
    assert since is not None
    return since


def last_met(rows: Collection[Coalition]) -> dict[int, date]:
    """By candidate, the day they were met last; a message that goes one way is no meeting."""
    days = Candidate.objects.filter(coalition__in=[row.pk for row in rows]).annotate(
        last=Max("contacts__held_on", filter=~Q(contacts__kind=Contact.Kind.MESSAGE))
    )
    return {pk: day for pk, day in days.values_list("pk", "last") if day}
