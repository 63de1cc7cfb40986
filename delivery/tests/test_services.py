"""The services of this very run: the real ones, or the embedded ones when those were asked for."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection
from kombu import Connection

from delivery.testing import services
from people.models import AuditEntry


@pytest.mark.embedded
@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    expected = "sqlite" if services.is_embedded() else "postgresql"
    assert connection.vendor == expected


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_sqlite_writes_ahead_as_it_does_when_installed() -> None:
    if not services.is_embedded():
        assert connection.vendor != "sqlite"
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


@pytest.mark.embedded
@pytest.mark.django_db(transaction=True)
def test_append_only_rows_are_cleared_between_tests_and_by_nobody_else() -> None:
    row = {"door": "command", "action": "change", "object_type": "people.System"}
    AuditEntry.objects.create(**row, object_key="cleared")
    call_command("flush", interactive=False, verbosity=0)
    assert AuditEntry.objects.count() == 0
    if connection.vendor != "postgresql":
        return
    AuditEntry.objects.create(**row, object_key="kept")
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE people_auditentry")


COUNT = """
import django
django.setup()
from people.models import AuditEntry
print(AuditEntry.objects.filter(object_key="seen by a child").count())
"""


@pytest.mark.embedded
def test_a_child_process_sees_what_this_test_stored(child_environment: dict[str, str]) -> None:
    AuditEntry.objects.create(
        door="command", action="change", object_type="people.System", object_key="seen by a child"
    )
    done = subprocess.run(
        [sys.executable, "-c", COUNT],
        cwd=settings.BASE_DIR,
        env=child_environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.strip() == "1", done.stderr


@pytest.mark.embedded
def test_a_message_goes_through_the_broker_and_comes_back() -> None:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    with Connection(settings.CELERY_BROKER_URL, transport_options=options) as broker:
        queue = broker.SimpleQueue("test-of-the-broker")
        queue.put({"series": 7})
        message = queue.get(timeout=5)
        message.ack()
        assert message.payload == {"series": 7}
        queue.close()


def test_workers_have_databases_of_their_own() -> None:
    urls = {services.own_database("redis://127.0.0.1:6379/0", worker) for worker in range(8)}
    assert len(urls) == 8
    assert "redis://127.0.0.1:6379/0" not in urls


def test_the_data_folder_is_not_the_installation_s() -> None:
    assert str(settings.DATA_DIR).startswith(os.environ[services.PREPARED])
