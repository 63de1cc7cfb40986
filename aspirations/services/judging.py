"""The queue of work and the judgments that come of it.

The database is the queue: a series that is due carries a mark, a worker claims marked series for
a while, and clears the mark only if it was not set again meanwhile. A worker that dies loses
nothing: its claim lapses. A new mark takes the series from whoever holds it, so that a judgment
made of inputs that have changed since is not stored.
"""

import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from aspirations.analysis import engine
from aspirations.models import Judgment, Series
from aspirations.services.blocks import Gathered, gather, gather_keys
from aspirations.services.inputs import one_view
from aspirations.services.records import records
from aspirations.services.storing import Fresh, Mark, store, written_down

log = logging.getLogger(__name__)
PARK_AFTER = 3


@dataclass(frozen=True)
class Verdict:
    """What the rules say of one series, ready to be stored or shown."""

    series: Series
    judgment: Judgment


@dataclass
class Done:
    """What a turn of work did."""

    judged: int = 0
    written: int = 0
    parked: int = 0

    def __add__(self, other: "Done") -> "Done":
        return Done(
            self.judged + other.judged, self.written + other.written, self.parked + other.parked
        )


def judge_all_stale(series: QuerySet[Series] | None = None) -> Done:
    """Judge everything that is due (of these series), chunk by chunk, until nothing is left."""
    total = Done()
    while (done := judge_some(series)) is not None:
        total += done
    return total


def judge_some(series: QuerySet[Series] | None = None) -> Done | None:
    """Claim and judge one chunk; None where nothing is due or free to claim."""
    claim, marks = claim_stale(settings.JUDGE_CHUNK, series)
    return judge_apart(claim, marks) if marks else None


def judge_now(keys: Iterable[int]) -> Done:
    """Judge these series at once, whoever else holds them."""
    series = Series.objects.filter(pk__in=list(keys))
    series.mark_stale()
    return judge_all_stale(series)


@transaction.atomic
def claim_stale(
    limit: int, series: QuerySet[Series] | None = None
) -> tuple[uuid.UUID, dict[int, Mark]]:
    """Take up to `limit` due series for a while; their keys with what they had then.

    Nobody else stores a judgment of a claimed series, so its latest one stays the latest.
    """
    now, hold = timezone.now(), timedelta(seconds=settings.JUDGE_CLAIM_SECONDS)
    # A claim that ends later than any could was made before the clock was put back.
    impossible = Q(claimed_until__gt=now + 2 * hold)
    free = Q(claimed_until=None) | Q(claimed_until__lt=now) | impossible
    due = Series.objects.stale().filter(free, parked_reason="")
    if series is not None:
        due = due.filter(pk__in=series.values("pk"))
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",), no_key=True)
    found = due.order_by("pk").values_list(
        "pk", "stale_no", "current_judgment__seq", "current_judgment__input_hash"
    )
    marks = {key: Mark(no, seq or 0, known or "") for key, no, seq, known in found[:limit]}
    claim = uuid.uuid4()
    Series.objects.filter(pk__in=marks).update(claim=claim, claimed_until=now + hold)
    return claim, marks


def judge_apart(claim: uuid.UUID, marks: dict[int, Mark]) -> Done:
    """Judge claimed series together; where that fails, by halves, until what fails is alone."""
    try:
        return judge_claimed(claim, marks)
    except Exception as problem:
        if len(marks) == 1:
            return set_aside(claim, next(iter(marks)), problem)
        log.warning("A chunk of %s series could not be judged; trying its halves", len(marks))
    keys = list(marks)
    halves = keys[: len(keys) // 2], keys[len(keys) // 2 :]
    return sum((judge_apart(claim, {k: marks[k] for k in half}) for half in halves), Done())


def set_aside(claim: uuid.UUID, key: int, problem: Exception) -> Done:
    """Let go of a series that cannot be judged; after three failures it is parked, visibly."""
    log.error("Series %s could not be judged", key, exc_info=problem)
    row = Series.objects.get(pk=key)
    parked = row.failures + 1 >= PARK_AFTER
    reason = f"{type(problem).__name__}: {problem}"[:300] if parked else ""
    Series.objects.filter(pk=key, claim=claim).update(
        failures=F("failures") + 1, parked_reason=reason, claim=None, claimed_until=None
    )
    return Done(parked=int(parked))


def judge_claimed(claim: uuid.UUID, marks: dict[int, Mark]) -> Done:
    """Read at one instant, compute outside any lock, then write what is still ours."""
    with one_view() as moment:
        blocks = list(gather_keys(marks))
    fresh: list[Fresh] = []
    as_of: dict[int, date] = {}
    for gathered in blocks:
        as_of.update(dict.fromkeys(gathered.keys, gathered.block.as_of))
        fresh += changed(gathered, marks, moment)
    judged, written = store(claim, marks, as_of, fresh)
    return Done(judged=judged, written=written)


def changed(gathered: Gathered, marks: dict[int, Mark], moment: datetime) -> Iterator[Fresh]:
    """A new judgment wherever the inputs differ from the latest one's."""
    result = engine.judge(gathered.block)
    hashes = engine.input_hashes(gathered.block, result)
    places = [
        place for place, key in enumerate(gathered.keys) if marks[key].input_hash != hashes[place]
    ]
    for record in records(gathered, result, hashes, places, moment):
        record["seq"] = marks[record["series_id"]].seq + 1
        yield written_down(record)


def verdicts_of(
    keys: Sequence[int], as_of: date | None = None, known_at: datetime | None = None
) -> list[Verdict]:
    """What the rules say of these series, on another day or as told by a moment; stores nothing."""
    rows = Series.objects.filter(pk__in=keys).select_related("metric__system", "segment")
    with one_view() as moment:
        blocks = list(gather(list(rows), as_of, known_at))
    return [verdict for found in blocks for verdict in verdicts_in(found, known_at or moment)]


def verdicts_in(gathered: Gathered, moment: datetime) -> Iterator[Verdict]:
    result = engine.judge(gathered.block)
    hashes = engine.input_hashes(gathered.block, result)
    everyone = range(len(gathered.keys))
    found = records(gathered, result, hashes, everyone, moment)
    for series, record in zip(gathered.series, found, strict=True):
        judgment = Judgment(**record)
        judgment.series = series
        yield Verdict(series, judgment)
