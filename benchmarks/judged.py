"""Full runs over a database, and their parts one by one."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from aspirations.analysis import engine
from aspirations.models import Judgment, Observation, Policy, Series
from aspirations.services.blocks import gather_keys
from aspirations.services.copying import among, copied_out
from aspirations.services.judging import judge_all_stale
from aspirations.services.records import STORED
from benchmarks.loading import last_day, load
from benchmarks.rows import Row, Sizes
from benchmarks.server import spent
from benchmarks.workers import Shift, first, shift
from people.models import System

MOST, TWO_WORKERS, DIRTY, FLAT = 2.0, 1.7, 0.03, 1.25
FIGURES = """
SELECT series_id, period, value FROM aspirations_observation
WHERE series_id {} AND published_on <= %s AND value IS NOT NULL
"""
AGAIN = "COPY (SELECT {} FROM aspirations_judgment WHERE series_id {}) TO STDOUT"
ONE_IN = 100
"""One series in so many has a new figure, where few have."""
CHUNKS = 20
"""Chunks at least, so that a small database is judged in chunks as a large one is."""


@dataclass(frozen=True)
class Parts:
    """Seconds of processor time of what cannot be left out."""

    out: float
    kernel: float
    into: float

    @property
    def total(self) -> float:
        return self.out + self.kernel + self.into


def rows(sizes: Sizes) -> list[Row]:
    settings.JUDGE_CHUNK = min(settings.JUDGE_CHUNK, sizes.series // CHUNKS)
    load(sizes.series, sizes.periods)
    # As in life every series has been judged before.
    shift(2)
    execute("VACUUM ANALYZE")
    one = after_change(1)
    out, kernel = reading_and_judging(sizes)
    parts = Parts(out, kernel, sum(taken_in()))
    return [
        over_its_parts(sizes, one, parts),
        few_changed(one),
        nothing_changed(sizes),
        together(one, after_change(2)),
        in_memory(one, after_change(1, sizes.series // 5)),
    ]


def over_its_parts(sizes: Sizes, one: Shift, parts: Parts) -> Row:
    name = f"database to database over its parts, {sizes.series} series of {sizes.periods} periods"
    said = (
        f"{one.spent:.1f} s ({one.seconds:.1f} by the clock); COPY out {parts.out:.1f}, "
        f"judge {parts.kernel:.1f}, COPY in {parts.into:.1f} s"
    )
    return Row(name, one.spent / parts.total, said, most=MOST)


def taken(work: Callable[..., object], *given: Any) -> float:
    begun = spent()
    work(*given)
    return spent() - begun


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def chunks() -> Iterator[list[int]]:
    keys = list(Series.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), settings.JUDGE_CHUNK):
        yield keys[start : start + settings.JUDGE_CHUNK]


# --- the parts -----------------------------------------------------------------------------


def reading_and_judging(sizes: Sizes) -> tuple[float, float]:
    """Seconds of COPY alone, its bytes unread, and of judging the same figures in memory."""
    out = kernel = 0.0
    day = last_day(sizes.periods)
    for keys in chunks():
        mine, asked = among(keys)
        out += taken(copied_out, FIGURES.format(mine), [asked, day])
        blocks = [gathered.block for gathered in gather_keys(keys)]
        kernel += sum(taken(engine.judge, block) for block in blocks)
    return out, kernel


def taken_in() -> Iterator[float]:
    """Seconds of adding the finished judgments once more by COPY, with all their constraints."""
    names = ", ".join(STORED)
    for keys in chunks():
        mine, asked = among(keys)
        sent = io.BytesIO()
        with transaction.atomic(), connection.cursor() as cursor:
            select = AGAIN.format(names.replace("seq", "seq + 1000000"), mine)
            cursor.copy_expert(cursor.mogrify(select, [asked]).decode(), sent)
            sent.seek(0)
            yield taken(once_more, cursor, names, sent)
            transaction.set_rollback(True)


def once_more(cursor: Any, names: str, sent: io.BytesIO) -> None:
    cursor.copy_expert(f"COPY aspirations_judgment ({names}) FROM STDIN", sent)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- other runs ----------------------------------------------------------------------------


def few_changed(full: Shift) -> Row:
    keys = Series.objects.order_by("pk").values_list("pk", flat=True)
    some = Series.objects.filter(pk__in=list(keys)[::ONE_IN])
    latest = Observation.objects.aggregate(last=Max("period"))["last"]
    Observation.objects.filter(series__in=some, period=latest).update(value=12.0)
    marked = some.mark_stale()
    seconds = taken(judge_all_stale)
    said = f"{seconds:.2f} s for {marked} series"
    name = "one series in a hundred changed, over a full run"
    return Row(name, seconds / full.spent, said, most=DIRTY)


def nothing_changed(sizes: Sizes) -> Row:
    before = Judgment.objects.count()
    Series.objects.all().mark_stale()
    seconds = taken(judge_all_stale)
    written = Judgment.objects.count() - before
    said = f"{seconds:.1f} s to find {sizes.series} series unchanged"
    return Row("rows written where nothing changed", float(written), said, most=0.0)


def together(one: Shift, two: Shift) -> Row:
    """By the clock, so whatever else the machine does counts against the two."""
    said = f"one {one.seconds:.1f} s, two {two.seconds:.1f} s"
    return Row("one worker over two", one.seconds / two.seconds, said, least=TWO_WORKERS)


def in_memory(whole: Shift, fifth: Shift) -> Row:
    """The most memory a worker held, for all series and for a fifth of them."""
    held = [f"{some.megabytes:.0f} MB for {some.judged} series" for some in (whole, fifth)]
    more = whole.megabytes / fifth.megabytes
    return Row("memory for all series over that for a fifth", more, ", ".join(held), most=FLAT)


def after_change(workers: int, count: int | None = None) -> Shift:
    """The work that another policy makes: every judgment (or the first ones) is written again."""
    system = System.objects.get()
    version = Policy.objects.count() + 1
    Policy.objects.create(system=system, version=version, values={"tau": 0.1 + version / 1000})
    first(count).mark_stale()
    execute("VACUUM aspirations_series")
    return shift(workers, count)
