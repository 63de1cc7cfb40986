"""The bell: rung once a transaction, and a broker that is down or hung costs no data."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, transaction

from aspirations import tasks
from aspirations.models import Series
from aspirations.tests.factories import SeriesFactory
from aspirations.tests.jobs.worker import environment
from people.models import Heartbeat

# Marks a series due in a real process, twice, and says how long each commit took.
SAVE_TWICE = """
import time, django
django.setup()
from aspirations.models import Series
for _ in range(2):
    started = time.monotonic()
    Series.objects.all().mark_stale()
    print(round(time.monotonic() - started, 3))
"""


@pytest.fixture
def rings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(tasks, "_silent_until", 0.0)
    monkeypatch.setattr(tasks.judge_stale, "apply_async", lambda **_: heard.append("ring"))
    return heard


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_once_when_the_transaction_ends(rings: list[str]) -> None:
    with transaction.atomic():
        SeriesFactory()
        Series.objects.all().mark_stale()
        Series.objects.all().mark_stale()
        assert rings == []
    assert rings == ["ring"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_fails_rings_nothing(rings: list[str]) -> None:
    def marks_and_fails() -> None:
        with transaction.atomic():
            SeriesFactory()
            Series.objects.all().mark_stale()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        marks_and_fails()
    assert rings == []


@pytest.mark.django_db
def test_after_a_failure_the_bell_is_silent_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def fails(**_: object) -> None:
        tries.append("try")
        raise ConnectionError("broker is down")

    monkeypatch.setattr(tasks, "_silent_until", 0.0)
    monkeypatch.setattr(tasks.judge_stale, "apply_async", fails)
    tasks.ring()
    tasks.ring()
    assert tries == ["try"]
    monkeypatch.setattr(tasks, "_silent_until", time.monotonic() - 1)
    tasks.ring()
    assert tries == ["try", "try"]


def reached(server: socket.socket) -> int:
    """How many connections waited at a port that never answered."""
    server.settimeout(0)
    count = 0
    with contextlib.suppress(BlockingIOError):
        while True:
            server.accept()[0].close()
            count += 1
    return count


@pytest.mark.parametrize("listening", [True, False], ids=["hung", "closed"])
@pytest.mark.django_db(transaction=True)
def test_a_broker_out_of_reach_loses_nothing_and_is_tried_once(listening: bool) -> None:
    if not os.environ.get("REDIS_URL"):
        pytest.skip("not run: the queue of files has no broker to lose")
    series = SeriesFactory()
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if listening:
            server.listen(16)
        done = save_twice(server.getsockname()[1])
        tries = reached(server) if listening else 1
    series.refresh_from_db()
    assert series.stale_no == 2
    assert done.stderr.count("The queue cannot be reached") == 1
    assert tries == 1


def save_twice(port: int) -> subprocess.CompletedProcess[str]:
    """Mark work due in a process whose broker is at `port`; a hang beyond all limits fails."""
    return subprocess.run(
        [sys.executable, "-c", SAVE_TWICE],
        env=environment(REDIS_URL=f"redis://127.0.0.1:{port}/0"), cwd=settings.BASE_DIR,
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip


@pytest.mark.django_db
def test_a_timed_job_leaves_one_finished_beat_an_hour_and_a_month_of_them() -> None:
    now = datetime(2024, 6, 15, 10, 20, tzinfo=UTC)
    for hours in (32 * 24, 30 * 24, 0, 0):
        with time_machine.travel(now - timedelta(hours=hours), tick=False):
            tasks.mark_overdue()
    beats = Heartbeat.objects.order_by("slot")
    assert [beat.slot.day for beat in beats] == [16, 15]
    assert all(beat.finished_at for beat in beats)
    with pytest.raises(IntegrityError), transaction.atomic():
        Heartbeat.objects.create(job=beats[0].job, slot=beats[0].slot)
