"""Files of the trail by a real worker: who lost the right while it waited gets none."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from aspirations.tests.jobs.worker import Worker, wait_until
from people.models import Export, Membership, System, User
from people.services import exports
from people.tests.factories import MembershipFactory, SystemFactory
from people.trail.filters import TrailFilters

pytestmark = pytest.mark.django_db(transaction=True)


def ask(system: System, actor: User) -> Export:
    return exports.ask(system=system, filters=TrailFilters(), actor=actor)


def test_a_worker_writes_for_who_may_and_refuses_who_may_no_longer() -> None:
    system = SystemFactory()
    stays, goes = (MembershipFactory(system=system, role="delivery_leader").user for _ in range(2))
    rows = ask(system, stays), ask(system, goes)
    Membership.objects.filter(user=goes).update(role="unit_staff")
    with Worker(DATA_DIR=str(settings.DATA_DIR)):
        waiting = Export.objects.filter(state="waiting")
        wait_until(lambda: not waiting.exists(), "both were dealt with")
    for row in rows:
        row.refresh_from_db()
    written, refused = rows
    assert (written.state, refused.state, refused.file) == ("done", "refused", "")
    file = Path(settings.MEDIA_ROOT) / "exports" / written.file
    assert hashlib.sha256(file.read_bytes()).hexdigest() == written.sha256
    file.unlink()
