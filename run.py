#!/usr/bin/env python3
"""Install and start Headway, or test it, with nothing but Python.

    python3 run.py                 install what is missing, start, print the address
    python3 run.py setup [--dev]   install only (--dev: also what tests and checks need)
    python3 run.py test [...]      run the tests; further words go to pytest

PORT (8000), HOST (127.0.0.1), DATA_DIR (var), DATABASE_URL and REDIS_URL are read from the
environment; DEMO=no leaves an empty database empty. Ctrl-C ends everything that was started.
"""

from __future__ import annotations  # lets an older Python get as far as `check_python`

import base64
import hashlib
import http.client
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Callable

Handler = Callable[[int, "FrameType | None"], None]
HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / "bin" / "python"
STOP_SECONDS = 10
INTERRUPTED = 2  # pytest's own status
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# One process for all steps: starting Django five times would take longer than the work.
PREPARE = """
import os, sys
import django
django.setup()
from django.core.management import call_command
from people.models import System
call_command("migrate", interactive=False, verbosity=0)
call_command("createcachetable", verbosity=0)
if "static" in sys.argv:
    call_command("collectstatic", interactive=False, verbosity=0)
if os.environ.get("DEMO", "yes") != "no" and not System.objects.exists():
    print("Loading the demonstration …", flush=True)
    call_command("seed_demo", verbosity=0)  # who can sign in is printed at the end
"""


def main(words: list[str]) -> int:
    check_python()
    on_request(stop_now)
    command, rest = (words[0], words[1:]) if words else ("serve", [])
    if command == "serve" and not rest:
        return serve()
    if command == "setup" and rest in ([], ["--dev"]):
        install(dev=bool(rest))
        return 0
    if command == "test":
        return test(rest)
    known = command in {"-h", "--help"}
    print(__doc__ if known else f"Unknown command: {' '.join(words)}\n\n{__doc__}")
    return 0 if known else 2


def on_request(do: Handler) -> None:
    """Call `do` on Ctrl-C, on `kill` and when the terminal closes (unless started by nohup)."""
    signal.signal(signal.SIGINT, do)
    signal.signal(signal.SIGTERM, do)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, do)


def stop_now(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def fail(sentence: str) -> SystemExit:
    return SystemExit(f"Headway did not start: {sentence}")


# ---------------------------------------------------------------------------- installing


def check_python() -> None:
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:3]))
        raise fail(f"it needs Python 3.11 or newer, and this is {found}. Install a newer one.")
    if os.name != "posix":
        raise fail("it runs on Linux and macOS. On Windows use WSL (https://aka.ms/wsl).")


def install(*, dev: bool = False) -> None:
    """Install the locked packages into .venv, unless they are there from an earlier run."""
    wanted = ["requirements.txt", "requirements-dev.txt"] if dev else ["requirements.txt"]
    stamps = {VENV / f"installed-{name}": digest(name) for name in wanted}
    if all(path.exists() and path.read_text() == now for path, now in stamps.items()):
        return
    make_venv()
    print("Installing packages into .venv (a minute or two, this time only) …", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--require-hashes", "-r", wanted[-1]], cwd=HERE, check=False)
    if done.returncode:
        raise fail("pip could not install the packages. Its reason is above; then run this again.")
    for path, now in stamps.items():
        path.write_text(now)


def digest(name: str) -> str:
    return hashlib.sha256((HERE / name).read_bytes()).hexdigest()


def make_venv() -> None:
    """Create .venv, or create it anew where an earlier attempt left it unusable."""
    pip = [str(PYTHON), "-m", "pip", "--version"]
    if PYTHON.exists() and not subprocess.run(pip, capture_output=True, check=False).returncode:
        return
    remedy = "On Debian or Ubuntu: apt install python3-venv. Then run this again."
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise fail(f"this Python cannot make virtual environments. {remedy}")
    print("Making a virtual environment in .venv …", flush=True)
    done = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise fail(f"the virtual environment could not be made. {remedy}")


# ---------------------------------------------------------------------------- starting


def serve() -> int:
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    check_port(host, port)
    install()
    data = Path(os.environ.get("DATA_DIR") or HERE / "var").resolve()
    environment = settings(host, data)
    environment.setdefault("BASE_URL", address(host, int(port)))  # what links in mails begin with
    prepare(environment, data)
    return watch(programs(host, port), environment, data / "log", host, int(port))


def check_port(host: str, port: str) -> None:
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise fail(f"PORT is {port!r}; set it to a number from 1 to 65535, e.g. PORT=8001.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as reason:
            raise fail(
                f"port {port} on {host} cannot be used ({reason.strerror or reason}). "
                "Stop what uses it, or choose another: PORT=8001 python3 run.py"
            ) from None


def settings(host: str, data: Path) -> dict[str, str]:
    """The environment of every child; what is already set wins, and empty counts as not set."""
    data.mkdir(parents=True, exist_ok=True)
    chosen = {"LOG_LEVEL": "WARNING"}
    fixed = {"DJANGO_SETTINGS_MODULE": "delivery.settings", "DATA_DIR": str(data)}
    if not os.environ.get("SECRET_KEY"):
        chosen["SECRET_KEY"] = kept_secret(data / "secret-key", secrets.token_urlsafe(50))
    if not (os.environ.get("CONFIDENTIAL_KEYS") or os.environ.get("CONFIDENTIAL_KEYS_FILE")):
        key = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        kept_secret(data / "confidential-key", key)  # settings read it there
    if host in LOOPBACK:
        chosen["HTTPS"] = "false"  # nothing leaves this machine, and there is no certificate
    given = {name: value for name, value in os.environ.items() if value}
    return {**chosen, **given, **fixed}


def kept_secret(path: Path, new: str) -> str:
    """A secret of this installation, kept since first use and readable by its owner only."""
    if not path.exists():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(new)
    return path.read_text().strip()


def prepare(environment: dict[str, str], data: Path) -> None:
    """Bring database and static files up to date, and load the demonstration once."""
    print("Preparing the database …", flush=True)
    mark, now = data / "static-collected", static_digest()
    stale = not mark.exists() or mark.read_text() != now
    command = [str(PYTHON), "-c", PREPARE, *(["static"] if stale else [])]
    if subprocess.run(command, cwd=HERE, env=environment, check=False).returncode:
        raise fail("the database could not be prepared. The reason is above.")
    mark.write_text(now)


def static_digest() -> str:
    """Changes with any file under static/ and with any installed package."""
    found = sorted(path for path in (HERE / "static").rglob("*") if path.is_file())
    facts = [f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in found]
    return hashlib.sha256("\n".join([digest("requirements.txt"), *facts]).encode()).hexdigest()


def programs(host: str, port: str) -> dict[str, list[str]]:
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    celery = [str(PYTHON), "-m", "celery", "-A", "delivery"]
    quiet = ["--loglevel=WARNING", "--without-gossip", "--without-mingle"]  # no other workers
    web = ["--preload", "--workers=2", "--threads=4", "--timeout=60", "--no-control-socket"]
    return {
        "web": [str(PYTHON), "-m", "gunicorn", "delivery.wsgi", f"--bind={bind}", *web],
        "worker": [*celery, "worker", "--concurrency=1", *quiet],
        "beat": [*celery, "beat", "--loglevel=WARNING"],
    }


def watch(
    wanted: dict[str, list[str]], environment: dict[str, str], log: Path, host: str, port: int
) -> int:
    """Run the programs until one ends or we are asked to stop; leave none behind."""
    print(f"Starting {', '.join(wanted)} (logs in {log}) …", flush=True)
    log.mkdir(exist_ok=True)
    running: dict[str, subprocess.Popen[bytes]] = {}
    answered = False
    try:
        for name, command in wanted.items():
            running[name] = start(command, environment, log / f"{name}.log")
        while (ended := ended_first(running)) is None:
            if not answered and (answered := answers(host, port)):
                say_hello(environment, host, port)
            time.sleep(0.1)
        raise SystemExit(last_words(ended, running[ended].returncode, log / f"{ended}.log"))
    except KeyboardInterrupt:
        print("\nStopping, which takes a few seconds …", flush=True)
        return 0
    finally:
        stop(list(running.values()))


def start(command: list[str], environment: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own, so Ctrl-C reaches it through `stop` only."""
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            cwd=HERE,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def ended_first(running: dict[str, subprocess.Popen[bytes]]) -> str | None:
    return next((name for name, child in running.items() if child.poll() is not None), None)


def last_words(name: str, status: int, log: Path) -> str:
    last = "\n".join(log.read_text(errors="replace").splitlines()[-20:])
    return f"{last}\n\nHeadway stopped: {name} ended by itself (exit {status}). Its log: {log}"


def reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - not bound here


def address(host: str, port: int) -> str:
    """What to type into a browser. No browser gives a passkey to an address of digits."""
    name = "localhost" if reachable(host) == "127.0.0.1" else reachable(host)
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def answers(host: str, port: int) -> bool:
    """Whether the web server is up: 400 counts, as ALLOWED_HOSTS may not include this name."""
    line = http.client.HTTPConnection(reachable(host), port, timeout=2)
    with suppress(OSError, http.client.HTTPException):
        line.request("GET", "/healthz")
        return line.getresponse().status in {200, 400}
    return False


def say_hello(environment: dict[str, str], host: str, port: int) -> None:
    print(f"\nHeadway answers at {address(host, port)}\n", flush=True)
    if environment.get("DEMO") != "no":
        command = [str(PYTHON), "manage.py", "seed_demo", "--print-sign-ins"]
        subprocess.run(command, cwd=HERE, env=environment, check=False)
    print("\nPress Ctrl-C to stop.", flush=True)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask each program to end, wait, then kill what is left of its group."""
    on_request(lambda number, frame: None)  # a second Ctrl-C must not leave a child behind
    for child in children:
        child.terminate()
    give_up = time.monotonic() + STOP_SECONDS
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, give_up - time.monotonic()))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


# ---------------------------------------------------------------------------- testing


def test(words: list[str]) -> int:
    """Run pytest; without words also, and first, the short run on SQLite and files.

    That run comes first so that the closing lines are those of the whole suite.
    """
    install(dev=True)
    names = (
        [os.environ["CHROMIUM"]] if "CHROMIUM" in os.environ else ["chromium", "chromium-browser"]
    )
    if not any(map(shutil.which, names)):
        print("CHROMIUM IS NOT INSTALLED: BROWSER TESTS WILL NOT BE RUN", flush=True)
    pytest = [str(PYTHON), "-m", "pytest"]
    embedded = 0
    if not words:
        print("Tests on SQLite and the queue of files:", flush=True)
        embedded = run_tests([*pytest, "-n0", "-m", "embedded"], HEADWAY_TEST_EMBEDDED="1")
        if embedded == INTERRUPTED:
            return embedded
        print("\nAll tests on PostgreSQL and Valkey:", flush=True)
    full = run_tests([*pytest, *words])
    if embedded:
        print(f"THE RUN ON SQLITE FAILED (exit {embedded}); its report is above.", flush=True)
    return max(embedded, full)


def run_tests(command: list[str], **extra: str) -> int:
    """Run pytest and, asked to stop, let it end by itself: it has servers of its own to stop."""
    child = subprocess.Popen(command, cwd=HERE, env={**os.environ, **extra}, start_new_session=True)
    on_request(lambda number, frame: child.send_signal(signal.SIGINT))
    return abs(child.wait())  # negative where a signal ended it, and that is no success


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
