"""Doorbells: each wakes a service that reads its work from the database; safe to ring twice."""

import logging
import time
from typing import Any

from celery import shared_task
from django.db import connection, transaction

from aspirations.services import judging, overdue
from aspirations.signals import work_due
from people.services import first_this_hour

log = logging.getLogger(__name__)
SILENCE = 30.0
BUSY = 90.0
_silent_until = 0.0


@shared_task(name="aspirations.judge_stale")
def judge_stale() -> None:
    """Judge what is due; what does not fit into this turn is rung for again."""
    started = time.monotonic()
    while time.monotonic() - started < BUSY:
        if judging.judge_some() is None:
            return
    ring()


@shared_task(name="aspirations.mark_overdue")
def mark_overdue() -> None:
    """Once an hour, however many schedulers run."""
    with first_this_hour("mark overdue each hour") as first:
        if first:
            overdue.mark_overdue()


def ring() -> None:
    """Tell a worker that something is due. A broker that is down costs no data and little time."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        judge_stale.apply_async(retry=False, expires=300)
    except Exception as problem:
        _silent_until = time.monotonic() + SILENCE
        log.warning("The queue cannot be reached (%s); the timer will judge what is due", problem)


def ring_on_commit(**_: Any) -> None:
    """Ring once when the present transaction ends, however often work is marked in it."""
    if not any(ring in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(ring)


work_due.connect(ring_on_commit, dispatch_uid="aspirations.ring")
