"""Results are read first by who draws the conclusions, then by leaders, then by the team."""

import pytest
from django.test import Client

from people.models import System
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from reviews.models import Round
from reviews.tests.factories import (
    RoundFactory,
)
from reviews.tests.ladder import OTHERS, address, take_part
from reviews.tests.told import agreed, asked, closed, release

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
STAGES = ("closed", "leaders", "team")


@pytest.fixture
def row() -> Round:
    row = closed(asked("1A 1B 2A"))
    agreed(row, {"1A": 3})
    return row


def at_stage(row: Round, stage: str) -> None:
    if stage != "closed":
        release(row, team=stage == "team")


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        # who                               closed, with the leaders, with the team
        ("delivery_leader",                 (200, 200, 200)),
        ("system_leader",                   (404, 200, 200)),
        ("unit_staff",                      (404, 404, 200)),
        *((role, (404, 404, 404)) for role in sorted(OTHERS)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["results", "report", "comparison"])
def test_who_reads_it_by_role_at_each_stage(
    client: Client, row: Round, who: str, reads: tuple[int, int, int], name: str
) -> None:
    enter(client, row.system, who)
    found = []
    for stage in STAGES:
        at_stage(row, stage)
        found.append(client.get(address(name, row)).status_code)
    assert tuple(found) == reads


@pytest.mark.parametrize(
    ("role", "joint", "reads"),
    [
        ("viewer",        True,  (200, 200, 200)),
        ("unit_staff",    True,  (200, 200, 200)),
        ("system_leader", True,  (200, 200, 200)),
        ("viewer",        False, (404, 404, 404)),
        ("unit_staff",    False, (404, 404, 200)),
        ("reviewer",      False, (404, 404, 200)),
    ],
)  # fmt: skip
def test_who_reads_it_by_name_at_each_stage(
    client: Client, row: Round, role: str, joint: bool, reads: tuple[int, int, int]
) -> None:
    take_part(client, row, role, joint_team=joint)
    found = []
    for stage in STAGES:
        at_stage(row, stage)
        found.append(client.get(address("results", row)).status_code)
    assert tuple(found) == reads


def test_strangers_members_of_a_parent_and_administrators_find_nothing(
    client: Client, row: Round
) -> None:
    release(row)
    parent = SystemFactory.create()
    System.objects.filter(pk=row.system.pk).update(parent=parent)
    for user in (
        UserFactory.create(),
        MembershipFactory.create(system=parent, role="delivery_leader").user,
        MembershipFactory.create(role="delivery_leader").user,
        UserFactory.create(is_staff=True, is_superuser=True),
    ):
        prove(client, user)
        assert client.get(address("results", row)).status_code == 404
    client.logout()
    assert client.get(address("results", row)).status_code == 302


@pytest.mark.parametrize("state", ["draft", "open"])
def test_before_the_closing_there_are_none(client: Client, state: str) -> None:
    row = RoundFactory.create(state=state)
    enter(client, row.system, "delivery_leader")
    assert client.get(address("results", row)).status_code == 404


def test_a_second_factor_is_asked_of_who_would_come_in_with_it(client: Client, row: Round) -> None:
    System.objects.filter(pk=row.system.pk).update(second_factor="leaders")
    user = MembershipFactory.create(system=row.system, role="delivery_leader").user
    prove(client, user)
    assert "second" in client.get(address("results", row))["Location"]
    prove(client, user, "mfa")
    assert client.get(address("results", row)).status_code == 200
