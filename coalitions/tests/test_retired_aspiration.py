"""Once its aspiration is retired, every page of a coalition says when it will be destroyed."""

import pytest
import time_machine
from django.test import Client

from aspirations.services.aspirations import reinstate_aspiration, retire_aspiration
from coalitions.models import Coalition
from coalitions.tests.factories import CoalitionFactory
from coalitions.tests.ladder import address
from people.tests.entering import enter

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


@pytest.mark.parametrize("name", ["coalition", "building", "edit_charter"])
def test_the_day_stands_on_every_page(client: Client, row: Coalition, name: str) -> None:
    with time_machine.travel("2026-03-14 12:00", tick=False):
        leader = enter(client, row.system, "delivery_leader")
        assert "destroyed on" not in client.get(address(name, row)).content.decode()
        retire_aspiration(aspiration=row.aspiration, reason="It is reached.", actor=leader)
        shown = client.get(address(name, row)).content.decode()
        assert "will be destroyed on 14 March 2027" in shown
        row.aspiration.refresh_from_db()
        reinstate_aspiration(aspiration=row.aspiration, reason="It slipped again.", actor=leader)
        assert "destroyed on" not in client.get(address(name, row)).content.decode()
