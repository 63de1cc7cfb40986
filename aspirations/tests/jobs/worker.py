"""A real Celery worker on the test database, to be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection


def environment(**extra: str) -> dict[str, str]:
    """The environment of a process that works on this test's database and broker."""
    name = str(connection.settings_dict["NAME"])
    url = os.environ.get("DATABASE_URL", "")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "delivery.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{name}" if url else f"sqlite:///{name}",
        "HTTPS": "false",
        "LOG_LEVEL": "INFO",
        **extra,
    }


class Worker:
    """One worker with one child process, in a process group of its own."""

    def __init__(self, **extra: str) -> None:
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "celery", "-A", "delivery", "worker", "--concurrency=1",
                "--without-gossip", "--without-mingle", "--loglevel=INFO",
            ],
            env=environment(**extra), cwd=settings.BASE_DIR, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self) -> None:
        """Kill -9, parent and child alike."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *exc: Any) -> None:
        self.kill()


def wait_until(true: Callable[[], bool], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"Waited {seconds:g} s in vain until {what}.")
        time.sleep(0.01)
