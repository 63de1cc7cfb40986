"""The log of openings on the page of a coalition: everybody stands in it, however many looked."""

import pytest
from django.test import Client

from coalitions.models import Coalition
from coalitions.tests.factories import CoalitionFactory
from coalitions.tests.ladder import address
from people.models import Opening
from people.tests.entering import enter

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def opened(client: Client, row: Coalition) -> str:
    return " ".join(client.get(address("coalition", row)).content.decode().split())


def test_who_looks_often_hides_nobody_else(client: Client) -> None:
    row: Coalition = CoalitionFactory.create()
    other = enter(client, row.system, "system_leader", user__name="Quiet Reader")
    opened(client, row)
    assert Opening.objects.get().user == other
    enter(client, row.system, "delivery_leader", user__name="Busy Reader")
    for _tick in range(21):
        assert client.post(address("check_group", row), {"on": []}).status_code == 200
    page = opened(client, row)
    assert Opening.objects.count() == 23
    assert "Opened 23 times" in page
    assert "Busy Reader, 22 times" in page
    assert "Quiet Reader, once" in page
    assert page.index("Quiet Reader, once") < page.index("The latest 20 are shown.")
