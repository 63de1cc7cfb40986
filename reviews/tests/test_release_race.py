"""Several who release at once: one does, and everyone is told once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection

from people.models import AuditEntry
from people.services import Conflict
from people.tests.factories import MembershipFactory
from reviews.services.releases import release_to_leader
from reviews.tests.concluding import closed_round

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 6


def test_one_wins() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: SQLite writes one at a time as it is")
    row = closed_round()
    MembershipFactory.create(system=row.system, role="system_leader")
    start = Barrier(HANDS)

    def release(_number: int) -> bool:
        try:
            start.wait()
            release_to_leader(round=row, version=1)
        except (Conflict, ValidationError):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        assert sorted(pool.map(release, range(HANDS))) == [False] * (HANDS - 1) + [True]
    row.refresh_from_db()
    assert (row.version, AuditEntry.objects.about(row).count(), len(mail.outbox)) == (2, 1, 1)
