"""`check --deploy` warns of what is meant for trials."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pytest_django import Settings

from delivery import settings as settings_file
from delivery.checks import confidential_key, production_services

POSTGRESQL = {"default": {"ENGINE": "django.db.backends.postgresql"}}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
CASES = [
    (POSTGRESQL, "redis://queue/0", []),
    (SQLITE, "redis://queue/0", ["headway.W001"]),
    (POSTGRESQL, "", ["headway.W002"]),
    (SQLITE, "", ["headway.W001", "headway.W002"]),
]


@pytest.mark.parametrize(("databases", "redis", "found"), CASES)
def test_trial_services_are_named(
    monkeypatch: pytest.MonkeyPatch, databases: dict[str, Any], redis: str, found: list[str]
) -> None:
    told = SimpleNamespace(DATABASES=databases, REDIS_URL=redis)
    monkeypatch.setattr("delivery.checks.settings", told)
    assert [message.id for message in production_services()] == found


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ([], ["headway.E001"]),
        (["not a key"], ["headway.E001"]),
        ([Fernet.generate_key().decode()], []),
        ([Fernet.generate_key().decode(), "not a key"], ["headway.E001"]),
    ],
)
def test_a_missing_or_damaged_key_is_an_error_that_does_not_show_it(
    settings: Settings, keys: list[str], found: list[str]
) -> None:
    settings.CONFIDENTIAL_KEYS = keys
    said = confidential_key()
    assert [message.id for message in said] == found
    assert not any(key in str(message) for key in keys for message in said)


@pytest.mark.parametrize("place", ["CONFIDENTIAL_KEYS_FILE", "DATA_DIR"])
def test_keys_are_read_from_a_file_where_none_is_set(tmp_path: Path, place: str) -> None:
    keys = [Fernet.generate_key().decode() for _number in range(2)]
    file = tmp_path / "confidential-key"
    file.write_text("\n".join(keys) + "\n")
    given = {place: str(file if place.endswith("FILE") else tmp_path)}
    assert told_keys(given, tmp_path / "elsewhere") == " ".join(keys)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "confidential-key").write_text("kept")
    assert told_keys({"CONFIDENTIAL_KEYS": "first,second"}, tmp_path) == "first second"


def told_keys(given: dict[str, str], folder: Path) -> str:
    """The keys that the settings read with these in the environment."""
    clean = {name: value for name, value in os.environ.items() if "CONFIDENTIAL" not in name}
    words = "from delivery import settings; print(*settings.CONFIDENTIAL_KEYS)"
    done = subprocess.run(
        [sys.executable, "-c", words], env={**clean, "DATA_DIR": str(folder), **given},
        cwd=settings_file.BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()
