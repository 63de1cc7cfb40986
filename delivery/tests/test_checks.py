"""`check --deploy` warns of what is meant for trials."""

from types import SimpleNamespace
from typing import Any

import pytest

from delivery.checks import production_services

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
