"""Workers as processes of their own: how long they take together, and the memory of each."""

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from aspirations.models import Series
from aspirations.models.series import SeriesQuerySet
from aspirations.services.judging import judge_all_stale
from benchmarks.server import spent

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Shift:
    """What workers took together, and the most memory one of them held."""

    seconds: float
    """By the clock."""
    spent: float
    """Of processor time, of workers and server."""
    megabytes: float
    judged: int


def work(count: int | None) -> None:
    """One worker: ready, wait for the word, judge, tell."""
    connection.ensure_connection()
    series = None if count is None else first(count)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    begun = spent()
    done = judge_all_stale(series)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"judged": done.judged, "megabytes": held, "spent": spent() - begun}
    sys.stdout.write(json.dumps(told) + "\n")


def first(count: int | None) -> SeriesQuerySet:
    """So many series, or all."""
    rows = Series.objects.order_by("pk")
    if count is None:
        return rows
    keys = list(rows.values_list("pk", flat=True)[:count])
    return rows.filter(pk__lte=keys[-1])


def shift(workers: int, count: int | None = None) -> Shift:
    """So many workers begin at one word and work until nothing is due."""
    asked = [sys.executable, "-m", "benchmarks.database", "judge", *([str(count)] if count else [])]
    own = {**os.environ, "JUDGE_CHUNK": str(settings.JUDGE_CHUNK)}
    begun = [
        subprocess.Popen(
            asked, cwd=ROOT, env=own, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(workers)
    ]
    for process in begun:
        said(process)
    start = time.perf_counter()
    for process in begun:
        tell(process)
    told = [json.loads(said(process)) for process in begun]
    seconds = time.perf_counter() - start
    for process in begun:
        process.wait()
    total = {name: sum(one[name] for one in told) for name in ("spent", "judged")}
    return Shift(seconds, total["spent"], max(one["megabytes"] for one in told), total["judged"])


def said(process: "subprocess.Popen[str]") -> str:
    assert process.stdout
    return process.stdout.readline()


def tell(process: "subprocess.Popen[str]") -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()
