"""Doorbells of the floor: each wakes a service that reads its work from the database."""

import logging
import time
from typing import Any

from celery import shared_task
from django.db import connection, transaction

from people.services import exports
from people.signals import export_due

log = logging.getLogger(__name__)
SILENCE = 30.0
_silent_until = 0.0


@shared_task(name="people.write_exports", time_limit=1800)
def write_exports() -> None:
    """Write what waits and remove what has expired; safe to ring twice."""
    exports.write_waiting()
    exports.remove_expired()


def ring() -> None:
    """Tell a worker that a file is asked for. Where no broker answers, the timer will."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return
    try:
        write_exports.apply_async(retry=False, expires=300)
    except Exception as problem:
        _silent_until = time.monotonic() + SILENCE
        log.warning("The queue cannot be reached (%s); the timer will write what waits", problem)


def ring_on_commit(**_: Any) -> None:
    """Ring once when the present transaction ends, however often something is asked for in it."""
    if not any(ring in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(ring)


export_due.connect(ring_on_commit, dispatch_uid="people.ring")
