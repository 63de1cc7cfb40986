"""Django on a PostgreSQL of its own."""

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

import django
from django.core.management import call_command
from django.db import connection

from delivery.testing.postgres import Postgres


def begin() -> None:
    """Django with the database that DATABASE_URL names."""
    os.environ.setdefault("SECRET_KEY", secrets.token_hex(32))
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ["DJANGO_SETTINGS_MODULE"] = "delivery.settings"
    django.setup()


@contextlib.contextmanager
def database() -> Iterator[None]:
    """An empty database with all tables: at DATABASE_URL where set, else on a server of this run.

    The server is the one the tests start: it does not wait for the disk.
    """
    server = None if os.environ.get("DATABASE_URL") else Postgres()
    try:
        if server:
            os.environ["DATABASE_URL"] = server.start()
        begin()
        call_command("migrate", verbosity=0)
        yield
    finally:
        if server:
            server.stop()


def spent() -> float:
    """Seconds of processor time of this process and of the server's process that serves it.

    So other work on the machine does not count. Where the server is elsewhere its time cannot be
    seen, and these are seconds by the clock.
    """
    connection.ensure_connection()
    seen = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not seen.exists():
        return time.perf_counter()
    # After the name in brackets: the 12th and 13th are ticks in user and in system mode.
    ticks = seen.read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
