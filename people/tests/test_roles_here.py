"""Roles asked of the database once open what the gate opens, action by action."""

import pytest

from people.models import Role, System, User
from people.permissions import ACTIONS, may, opens_to, roles_here
from people.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
# What opens by more than the roles in the system itself is asked of the database apart.
BY_ROLE = [name for name, rule in ACTIONS.items() if not rule.from_parent]


def asked(user: User, system: System) -> tuple[set[str], set[str]]:
    """The actions that the roles open, and those that the gate does."""
    row = System.objects.annotate(roles=roles_here(user)).get(pk=system.pk)
    by_roles = {name for name in BY_ROLE if opens_to(user, name, row.roles)}
    return by_roles, {name for name in BY_ROLE if may(user, name, system)}


@pytest.mark.parametrize("second_factor", ["nobody", "leaders", "everyone"])
@pytest.mark.parametrize("lacks", [False, True])
@pytest.mark.parametrize("role", Role.values)
def test_each_role(role: str, lacks: bool, second_factor: str) -> None:
    held = MembershipFactory.create(role=role, system__second_factor=second_factor)
    held.user.lacks_second_factor = lacks
    by_roles, gate = asked(held.user, held.system)
    assert by_roles == gate


def test_several_roles_add_up() -> None:
    held = MembershipFactory.create(role="data_provider")
    alone, _gate = asked(held.user, held.system)
    MembershipFactory.create(user=held.user, system=held.system, role="steward")
    both, gate = asked(held.user, held.system)
    assert alone < both == gate


@pytest.mark.parametrize("lacks", [False, True])
def test_an_administrator(lacks: bool) -> None:
    held = MembershipFactory.create(role="viewer", user__is_staff=True)
    held.user.lacks_second_factor = lacks
    by_roles, gate = asked(held.user, held.system)
    assert by_roles == gate > {"plan.read"}


def test_a_role_elsewhere_and_one_that_is_gone_open_nothing() -> None:
    here, there = MembershipFactory.create(), MembershipFactory.create(role="delivery_leader")
    assert asked(there.user, here.system) == (set(), set())
    closed = MembershipFactory.create(role="delivery_leader", user__is_active=False)
    assert asked(closed.user, closed.system) == (set(), set())
    assert asked(UserFactory.create(), here.system) == (set(), set())
