"""Fixtures for every room: the browser, and the environment of a child process."""

import os
import shutil
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

pytest_plugins = ["delivery.testing.cells"]

NOT_RUN = "not run: Chromium is not installed"
# Chromium without a display, without a sandbox (tests run as root in CI) and without calls home.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
collect_ignore = ["delivery/test_settings.py"]  # its name is not a test's

# Playwright's synchronous interface runs an event loop in the thread that also uses the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def chromium() -> str | None:
    """Path of Chromium: $CHROMIUM where set, else the first one on the PATH."""
    if "CHROMIUM" in os.environ:
        return shutil.which(os.environ["CHROMIUM"])
    return shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever opens a page as a browser test, and skip those without Chromium."""
    for item in items:
        if {"page", "browser", "context"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser") and chromium() is None:
            item.add_marker(pytest.mark.skip(reason=NOT_RUN))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NOT_RUN in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(
            f"{count} BROWSER TESTS WERE NOT RUN: CHROMIUM IS NOT INSTALLED "
            "(apt-get install chromium, or set CHROMIUM to its path)",
            red=True,
            bold=True,
        )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the system's Chromium; Playwright's own download is not used."""
    return {**browser_type_launch_args, "executable_path": chromium(), "args": CHROMIUM_FLAGS}


@pytest.fixture
def child_environment(transactional_db: None) -> dict[str, str]:
    """Environment for a process of its own (worker, beat, command) on this test's services."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "delivery.settings",
        "DATABASE_URL": _test_database_url(),
        "DATA_DIR": str(settings.DATA_DIR),
    }


def _test_database_url() -> str:
    params = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{params['NAME']}"
    place = f"{params['HOST']}:{params['PORT']}"
    return f"postgres://{params['USER']}:{params['PASSWORD']}@{place}/{params['NAME']}"
