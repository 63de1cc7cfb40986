"""The queue of work and the judgments that come of it.

The database is the queue: a series that is due carries a mark, a worker claims marked series for
a while, and clears the mark only if it was not set again meanwhile. A worker that dies loses
nothing: its claim lapses.
"""

import logging
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from aspirations.analysis import engine, periods
from aspirations.models import Judgment, Observation, Series
from aspirations.services.blocks import Gathered, gather
from people.models import System

log = logging.getLogger(__name__)
PARK_AFTER = 3
FIGURES = (
    "light", "pending", "state", "freshness", "due", "likelihood", "likelihood_light",
    "distance_light", "direction", "signal", "actual", "expected", "gap", "relative", "journey",
    "noise", "forecast", "likely_low", "likely_high", "would_move", "would_move_to",
)  # fmt: skip


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
    if not marks:
        return None
    try:
        return judge_claimed(claim, marks)
    except Exception:
        log.exception("A chunk of %s series could not be judged; trying one by one", len(marks))
        return sum((judge_one(claim, key, marks[key]) for key in marks), Done())


def judge_now(keys: Iterable[int]) -> Done:
    """Judge these series at once, whoever else holds them."""
    series = Series.objects.filter(pk__in=list(keys))
    series.mark_stale()
    return judge_all_stale(series)


@transaction.atomic
def claim_stale(
    limit: int, series: QuerySet[Series] | None = None
) -> tuple[uuid.UUID, dict[int, int]]:
    """Take up to `limit` due series for a while; their keys with the count of their mark."""
    now, hold = timezone.now(), timedelta(seconds=settings.JUDGE_CLAIM_SECONDS)
    # A claim that ends later than any could was made before the clock was put back.
    impossible = Q(claimed_until__gt=now + 2 * hold)
    free = Q(claimed_until=None) | Q(claimed_until__lt=now) | impossible
    due = Series.objects.stale().filter(free, parked_reason="")
    if series is not None:
        due = due.filter(pk__in=series.values("pk"))
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",), no_key=True)
    marks = dict(due.order_by("pk").values_list("pk", "stale_no")[:limit])
    claim = uuid.uuid4()
    Series.objects.filter(pk__in=marks).update(claim=claim, claimed_until=now + hold)
    return claim, marks


def judge_claimed(claim: uuid.UUID, marks: dict[int, int]) -> Done:
    """Compute outside any lock, then write in one transaction what is still ours."""
    verdicts = verdicts_of(list(marks))
    with transaction.atomic():
        ours = Series.objects.filter(pk__in=marks, claim=claim).order_by("pk")
        ours = ours.select_for_update(no_key=True)
        held = {row.pk: row for row in ours}
        written = write([v for v in verdicts if v.series.pk in held], held)
        finish(held, marks, {v.series.pk: v.judgment.as_of for v in verdicts})
    return Done(judged=len(held), written=written)


def judge_one(claim: uuid.UUID, key: int, mark: int) -> Done:
    """Judge one series of a failed chunk; after three failures it is parked, visibly."""
    try:
        return judge_claimed(claim, {key: mark})
    except Exception as problem:
        log.exception("Series %s could not be judged", key)
        row = Series.objects.get(pk=key)
        parked = row.failures + 1 >= PARK_AFTER
        reason = f"{type(problem).__name__}: {problem}"[:300] if parked else ""
        Series.objects.filter(pk=key, claim=claim).update(
            failures=F("failures") + 1, parked_reason=reason, claim=None, claimed_until=None
        )
        return Done(parked=int(parked))


def verdicts_of(keys: Sequence[int], as_of: date | None = None) -> list[Verdict]:
    """What the rules say of these series; nothing is stored."""
    rows = Series.objects.filter(pk__in=keys).select_related("metric__system", "segment")
    verdicts: list[Verdict] = []
    for gathered in gather(list(rows.order_by("pk")), as_of):
        verdicts += verdicts_in(gathered)
    return verdicts


def verdicts_in(gathered: Gathered) -> list[Verdict]:
    block = gathered.block
    result = engine.judge(block)
    policy = block.policy.as_values()
    return [
        Verdict(series, judgment_of(series, gathered, result, place, policy))
        for place, series in enumerate(gathered.series)
    ]


def judgment_of(
    series: Series, gathered: Gathered, result: engine.BlockJudgment, place: int,
    policy: dict[str, Any],
) -> Judgment:  # fmt: skip
    """The row for one series of a judged block, not yet stored."""
    block = gathered.block
    row = engine.row(result, place)

    def day(ordinal: int | None) -> str | None:
        if ordinal is None:
            return None
        return periods.start(block.frequency, ordinal, block.year_starts).isoformat()

    return Judgment(
        series=series, as_of=block.as_of, period=day(row["period"]),
        **{name: stored(Judgment, name, row[name]) for name in FIGURES},
        not_judged_reason=row["not_judged"] or "",
        evidence=dated(engine.evidence(result, place), day),
        earlier=dated(row["earlier"], day),
        trajectory=gathered.trajectories[place], policy=policy,
        engine_version=engine.ENGINE_VERSION,
        input_hash=engine.input_hash(block, place, row["freshness"]),
    )  # fmt: skip


def stored(model: type[Judgment], name: str, value: Any) -> Any:
    """None becomes an empty text where the column holds text."""
    field = model._meta.get_field(name)
    return "" if value is None and not field.null else value


def dated(rows: list[dict[str, Any]], day: Any) -> list[dict[str, Any]]:
    """Counted periods become dates, so that the record reads without the engine."""
    return [
        {
            name: dated([value], day)[0]
            if isinstance(value, dict)
            else day(value)
            if name == "period" or name.endswith("_period") or name == "first_telling"
            else value
            for name, value in row.items()
        }
        for row in rows
    ]


def write(verdicts: list[Verdict], held: dict[int, Series]) -> int:
    """Append a judgment wherever the inputs differ from the latest one's."""
    latest = Judgment.objects.in_bulk([row.current_judgment_id for row in held.values()])
    fresh = []
    for verdict in verdicts:
        last = latest.get(held[verdict.series.pk].current_judgment_id)
        if last is None or last.input_hash != verdict.judgment.input_hash:
            verdict.judgment.seq = last.seq + 1 if last else 1
            fresh.append(verdict.judgment)
    rows = Judgment.objects.bulk_create(fresh, batch_size=500)
    for row in rows:
        held[row.series_id].current_judgment = row
    Series.objects.bulk_update(
        [held[row.series_id] for row in rows], ["current_judgment"], batch_size=500
    )
    return len(rows)


def finish(held: dict[int, Series], marks: dict[int, int], as_of: dict[int, date]) -> None:
    """Let go of the claim, and clear the marks that were not set again meanwhile."""
    Series.objects.filter(pk__in=held).update(claim=None, claimed_until=None, failures=0)
    by_day: dict[date, list[int]] = {}
    for key in held:
        by_day.setdefault(as_of[key], []).append(key)
    for day, keys in by_day.items():
        Series.objects.filter(pk__in=keys).update(judged_as_of=day)
    settled = [key for key, row in held.items() if row.stale_no == marks[key]]
    Series.objects.filter(pk__in=settled).update(stale_since=None)


def mark_overdue() -> int:
    """Mark series that time alone has changed: a figure became public, or data became late."""
    marked = 0
    for system in System.objects.filter(metrics__isnull=False).distinct():
        today = system.today()
        rows = Series.objects.filter(metric__system=system, judged_as_of__lt=today)
        late = Q(current_judgment__due__lt=today) & ~Q(current_judgment__freshness="stale")
        public = Exists(
            Observation.objects.filter(
                series=OuterRef("pk"),
                published_on__gt=OuterRef("judged_as_of"),
                published_on__lte=today,
            )
        )
        marked += rows.filter(late | public, stale_since=None).mark_stale()
    return marked
