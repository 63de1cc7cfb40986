"""`run.py`: what it refuses, what it keeps, and that nothing outlives it."""

import importlib.util
import os
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from types import ModuleType

import pytest
from cryptography.fernet import Fernet

RUN = Path(__file__).resolve().parents[2] / "run.py"
ANSWERS = "-m http.server --bind 127.0.0.1 --directory {folder} {port}"


@pytest.fixture(scope="module")
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run", RUN)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_a_used_port_is_named_with_a_remedy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, RUN],
            env={**os.environ, "PORT": port},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    assert done.returncode == 1
    assert f"port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert "PORT=8001 python3 run.py" in done.stderr
    assert done.stdout == "", "it began to install before looking at the port"


@pytest.mark.parametrize("port", ["abc", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(run: ModuleType, port: str) -> None:
    with pytest.raises(SystemExit, match="set it to a number from 1 to 65535"):
        run.check_port("127.0.0.1", port)


def test_an_old_python_is_refused_politely(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, and this is 3\.9\.2"):
        run.check_python()


def test_a_missing_venv_module_names_the_package(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        run.make_venv()


def test_an_unknown_command_shows_the_known_ones() -> None:
    done = subprocess.run(
        [sys.executable, RUN, "dance"], capture_output=True, text=True, timeout=20, check=False
    )
    assert done.returncode == 2
    assert "Unknown command: dance" in done.stdout
    assert "python3 run.py test" in done.stdout


def test_the_secret_key_is_private_and_kept(run: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    assert run.kept_secret(path, "first") == "first"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert run.kept_secret(path, "second") == "first"


def test_both_keys_are_made_once_and_kept_from_others(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("SECRET_KEY", "CONFIDENTIAL_KEYS", "CONFIDENTIAL_KEYS_FILE"):
        monkeypatch.delenv(name, raising=False)
    environment = run.settings("127.0.0.1", tmp_path)
    key = (tmp_path / "confidential-key").read_text()
    assert len(environment["SECRET_KEY"]) >= 50
    assert Fernet(key)
    assert key not in environment.values(), "children read it from the file, not the environment"
    assert stat.S_IMODE((tmp_path / "confidential-key").stat().st_mode) == 0o600
    assert run.settings("127.0.0.1", tmp_path) == environment
    assert (tmp_path / "confidential-key").read_text() == key


@pytest.mark.parametrize("name", ["CONFIDENTIAL_KEYS", "CONFIDENTIAL_KEYS_FILE"])
def test_no_key_is_made_beside_one_that_was_given(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.delenv("CONFIDENTIAL_KEYS", raising=False)
    monkeypatch.setenv(name, "given")
    assert run.settings("127.0.0.1", tmp_path)[name] == "given"
    assert not (tmp_path / "confidential-key").exists()


def test_https_is_left_out_on_this_machine_only(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HTTPS", raising=False)
    assert run.settings("127.0.0.1", tmp_path)["HTTPS"] == "false"
    assert "HTTPS" not in run.settings("0.0.0.0", tmp_path)
    monkeypatch.setenv("HTTPS", "true")
    assert run.settings("127.0.0.1", tmp_path)["HTTPS"] == "true"


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("127.0.0.1", "http://localhost:8001"),
        ("0.0.0.0", "http://localhost:8001"),
        ("::1", "http://[::1]:8001"),
        ("headway.local", "http://headway.local:8001"),
    ],
)
def test_the_address_is_one_that_a_browser_gives_passkeys_to(
    run: ModuleType, host: str, said: str
) -> None:
    assert run.address(host, 8001) == said


def test_the_status_of_tests_is_never_lost(run: ModuleType) -> None:
    """pytest ended by a signal has a negative status, which must not pass for success."""
    before = {number: signal.getsignal(number) for number in signal.valid_signals() if number < 16}
    try:
        assert run.run_tests([sys.executable, "-c", "pass"]) == 0
        assert run.run_tests([sys.executable, "-c", "raise SystemExit(4)"]) == 4
        assert run.run_tests([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"]) == 9
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, before[number])


def test_static_files_are_collected_again_after_a_change(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "requirements.txt").write_text("django")
    monkeypatch.setattr(run, "HERE", tmp_path)
    before = run.static_digest()
    assert run.static_digest() == before
    (tmp_path / "static" / "base.css").write_text("body {}")
    after = run.static_digest()
    assert after != before
    (tmp_path / "requirements.txt").write_text("django and plotly")
    assert run.static_digest() != after


def supervise(folder: Path, port: int, second: str) -> subprocess.Popen[str]:
    """`run.watch` in a process of its own, over a web server and a second small program."""
    (folder / "healthz").write_text("ok")
    program = f"""
        import sys
        sys.path.insert(0, {str(RUN.parent)!r})
        import run
        from pathlib import Path
        run.say_hello = lambda environment, host, port: print("answers", flush=True)
        run.on_request(run.stop_now)
        wanted = {{
            "web": [sys.executable, *{ANSWERS.format(folder=folder, port=port).split()!r}],
            "worker": [sys.executable, "-c", {second!r}],
        }}
        log = Path({str(folder / "log")!r})
        sys.exit(run.watch(wanted, {{}}, log, "127.0.0.1", {port}))
    """
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_DFL)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(os.getpid(), child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_with_status_0(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    process = supervise(tmp_path, port, STUBBORN)
    assert process.stdout
    assert process.stdout.readline().startswith("Starting web, worker")
    assert process.stdout.readline() == "answers\n"
    pids = [int(word) for word in wait_for_text(tmp_path / "log" / "worker.log").split()]
    assert len(pids) == 2
    process.send_signal(number)
    assert process.wait(20) == 0
    assert [pid for pid in pids if is_alive(pid)] == []
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", port))


def wait_for_text(path: Path) -> str:
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        text = path.read_text() if path.exists() else ""
        if text.endswith("\n"):
            return text
        time.sleep(0.05)
    raise AssertionError(f"nothing was written to {path} in 10 seconds")


def test_a_program_that_dies_is_named_and_stops_the_rest(tmp_path: Path) -> None:
    port = free_port()
    dies = "import sys, time; print('the broker is gone', flush=True); time.sleep(2); sys.exit(3)"
    process = supervise(tmp_path, port, dies)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "worker ended by itself (exit 3)" in errors
    assert "the broker is gone" in errors
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", port))
