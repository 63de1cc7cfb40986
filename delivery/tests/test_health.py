"""Alive and ready: what a supervisor may learn, and what nobody may."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db
SECRET = "hunter2-must-stay-hidden"
CLOSED_PORT = f"redis://:{SECRET}@127.0.0.1:1/0"
PATIENCE = 4.0  # seconds: a broker that does not answer may not hold the supervisor


def ready(client: Client) -> tuple[int, dict[str, Any]]:
    response = client.get("/readyz")
    return response.status_code, response.json()


def failed(body: dict[str, Any]) -> set[str]:
    return {name for name, state in body["checks"].items() if state != "ready"}


def refuse(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    raise OperationalError(f"password {SECRET} was not accepted")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nobody_has_to_sign_in(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_they_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


def test_ready_names_every_check(client: Client) -> None:
    status, body = ready(client)
    assert status == 200
    assert body["status"] == "ready"
    assert body["checks"] == dict.fromkeys(["database", "cache", "broker", "migrations"], "ready")


def test_a_broker_that_cannot_be_reached(
    client: Client, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CELERY_BROKER_URL = CLOSED_PORT
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1.5, "max_retries": 0}
    begun = time.monotonic()
    status, body = ready(client)
    assert time.monotonic() - begun < PATIENCE
    assert status == 503
    assert failed(body) == {"broker"}
    assert SECRET not in str(body)
    assert "Not ready: broker" in caplog.text
    assert SECRET not in caplog.text


def test_a_migration_that_was_not_applied(client: Client) -> None:
    (latest,) = MigrationLoader(connection).graph.leaf_nodes("aspirations")
    MigrationRecorder(connection).record_unapplied(*latest)
    status, body = ready(client)
    assert status == 503
    assert failed(body) == {"migrations"}


def test_a_cache_that_forgets(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    status, body = ready(client)
    assert status == 503
    assert failed(body) == {"cache"}


def test_a_database_that_refuses(client: Client) -> None:
    with connection.execute_wrapper(refuse):
        status, body = ready(client)
    assert status == 503
    assert "database" in failed(body)
    assert SECRET not in str(body)


def test_alive_asks_nothing_of_anybody(client: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = CLOSED_PORT
    with connection.execute_wrapper(refuse):
        response = client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "alive"}
