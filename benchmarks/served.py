"""Requests by the clock: one worker of gunicorn, asked by one client, one request after another."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
WAIT = 60.0
TURNS, REPEATS = 15, 40


@contextlib.contextmanager
def gunicorn(files: Path) -> Iterator[int]:
    """The port of a server over the same database, which serves these files too."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    worker = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "benchmarks.door:application", "--workers", "1",
            "--worker-class", "gthread", "--threads", "2", "--keep-alive", "60",
            "--bind", f"127.0.0.1:{port}", "--log-level", "warning",
        ],
        cwd=ROOT, env={**os.environ, "STATIC_ROOT": str(files)},
    )  # fmt: skip
    try:
        yield port
    finally:
        worker.terminate()
        worker.wait()


def seconds(port: int, cookie: str, addresses: Sequence[str]) -> list[float]:
    """Median seconds of a request to each address, in turns, so that a slow moment meets all."""
    line = connected(port)
    taken: list[list[float]] = [[] for _ in addresses]
    for _ in range(TURNS):
        for address, times in zip(addresses, taken, strict=True):
            ask(line, address, cookie)
            begun = time.perf_counter()
            for _ in range(REPEATS):
                ask(line, address, cookie)
            times.append((time.perf_counter() - begun) / REPEATS)
    return [median(times) for times in taken]


def connected(port: int) -> HTTPConnection:
    """A line to the server, as soon as it answers."""
    until = time.monotonic() + WAIT
    while True:
        line = HTTPConnection("127.0.0.1", port, timeout=WAIT)
        try:
            ask(line, "/healthz", "")
        except (OSError, HTTPException):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return line


def ask(line: HTTPConnection, address: str, cookie: str) -> int:
    """The length of what comes; nothing but 200 will do."""
    line.request("GET", address, headers={"Cookie": cookie} if cookie else {})
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}.")
    return len(body)
