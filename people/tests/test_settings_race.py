"""Two who save at the same moment: one wins, the other is told, and no change is lost unseen."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from people.models import AuditEntry, System, User
from people.services import Conflict
from people.services.settings import change_settings
from people.tests.factories import MembershipFactory, SystemFactory


@pytest.mark.django_db(transaction=True)
def test_of_five_at_once_one_wins() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: SQLite writes one at a time as it is")
    system = SystemFactory.create()
    user = MembershipFactory.create(system=system, role="delivery_leader").user
    start = Barrier(5)

    def save(name: str) -> str:
        try:
            start.wait()
            return saved(system, user, name)
        finally:
            connection.close()

    names = [f"Name {n}" for n in range(5)]
    with ThreadPoolExecutor(5) as pool:
        outcomes = list(pool.map(save, names))
    won = [name for name, outcome in zip(names, outcomes, strict=True) if outcome == "saved"]
    assert sorted(outcomes) == ["conflict"] * 4 + ["saved"]
    row = System.objects.get(pk=system.pk)
    assert ([row.name], row.version) == (won, 2)
    assert AuditEntry.objects.count() == 1


def saved(system: System, user: User, name: str) -> str:
    try:
        change_settings(system=system, values={"name": name}, version=1, actor=user, door="page")
    except Conflict:
        return "conflict"
    return "saved"
