"""An action has an owner and a day, ends on a day, and is dropped with a reason."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from people.models import Action
from people.tests.factories import MembershipFactory, SystemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = date(2026, 6, 30)


def action(**fields: Any) -> Action:
    values = {"what": "Answer every plan", "owner": "Head of Delivery", "due": DAY, **fields}
    return Action.objects.create(system=values.pop("system", None) or SystemFactory(), **values)


@pytest.mark.parametrize(
    "fields",
    [
        {"what": ""},
        {"owner": ""},
        {"status": "done"},
        {"settled_on": DAY},
        {"status": "dropped", "settled_on": DAY},
        {"status": "waiting", "settled_on": DAY},
    ],
)
def test_the_database_refuses(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        action(**fields)


@pytest.mark.parametrize(
    ("today", "fields", "late"),
    [
        (date(2026, 6, 30), {}, False),
        (date(2026, 7, 1), {}, True),
        (date(2026, 7, 1), {"status": "done", "settled_on": date(2026, 7, 1)}, False),
    ],
)
def test_late_is_open_after_its_day(today: date, fields: dict[str, Any], late: bool) -> None:
    assert action(**fields).is_late(today) is late


def test_one_that_is_not_shared_is_nobodys() -> None:
    system = SystemFactory.create()
    leader = MembershipFactory.create(system=system, role="delivery_leader").user
    kept, shared = action(system=system, shared=False), action(system=system)
    assert list(Action.objects.visible_to(leader)) == [shared]
    assert kept in Action.objects.all()
