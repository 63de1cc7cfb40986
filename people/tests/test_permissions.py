"""The table of actions and roles, asked of the database for every role and place in the tree."""

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from people import permissions
from people.models import Membership, Role, System
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

pytestmark = pytest.mark.django_db


def reach(role: str, action: str) -> dict[str, bool]:
    """Where in a tree a member of `middle` with this role may do `action`."""
    top = SystemFactory(slug="top")
    middle = SystemFactory(slug="middle", parent=top)
    SystemFactory(slug="below", parent=middle)
    SystemFactory(slug="sister", parent=top)
    user = MembershipFactory(system=middle, role=role).user
    seen = set(System.objects.visible_to(user, action).values_list("slug", flat=True))
    assert seen == {s.slug for s in System.objects.all() if permissions.may(user, action, s)}
    return {slug: slug in seen for slug in ("top", "middle", "below", "sister")}


@pytest.mark.parametrize("action", sorted(permissions.ACTIONS))
@pytest.mark.parametrize("role", Role.values)
def test_a_role_reaches_what_the_table_says(role: str, action: str) -> None:
    rule = permissions.ACTIONS[action]
    assert reach(role, action) == {
        "top": False,
        "middle": role in rule.own,
        "below": role in rule.from_parent,
        "sister": False,
    }


# Who may, by hand: so that a slip in the table itself is seen.
SPOT = [
    ("viewer", "dashboard.read", True),
    ("reviewer", "dashboard.read", False),
    ("data_provider", "dashboard.read", False),
    ("data_provider", "observation.write", True),
    ("system_leader", "observation.write", False),
    ("unit_staff", "trajectory.agree", False),
    ("delivery_leader", "trajectory.agree", True),
    ("viewer", "plan.write", False),
    ("accountable_head", "trajectory.write", False),
    ("plan_owner", "trajectory.write", True),
]


@pytest.mark.parametrize(("role", "action", "may"), SPOT)
def test_the_table_is_the_one_agreed(role: str, action: str, may: bool) -> None:
    assert (role in permissions.ACTIONS[action].own) is may


def test_a_parents_member_reads_dashboards_and_no_plans() -> None:
    assert reach("viewer", "dashboard.read")["below"] is True
    assert "viewer" not in permissions.ACTIONS["plan.read"].from_parent


def test_every_role_of_the_table_exists() -> None:
    named = set().union(*(rule.own | rule.from_parent for rule in permissions.ACTIONS.values()))
    assert named <= set(Role.values)


def test_every_model_has_a_row() -> None:
    rooms = ("people", "aspirations", "coalitions", "reviews", "learning", "routines")
    models = {m._meta.label for m in apps.get_models() if m._meta.app_label in rooms}
    assert models == set(permissions.MODELS)
    for label, action in permissions.MODELS.items():
        assert action in permissions.ACTIONS or action.startswith("nobody"), label


@pytest.mark.parametrize("action", sorted(permissions.ACTIONS))
def test_strangers_administrators_and_the_disabled_reach_nothing(action: str) -> None:
    system = SystemFactory()
    administrator = UserFactory(is_staff=True, is_superuser=True)
    disabled = MembershipFactory(system=system, user__is_active=False, role="delivery_leader").user
    for nobody in (AnonymousUser(), UserFactory(), administrator, disabled):
        assert not System.objects.visible_to(nobody, action).exists()


def test_who_may_no_longer_sign_in_reads_no_membership() -> None:
    gone = MembershipFactory(user__is_active=False, role="delivery_leader").user
    assert not Membership.objects.visible_to(gone).exists()
    assert not Membership.objects.visible_to(AnonymousUser()).exists()


def test_a_role_in_one_system_opens_nothing_in_another() -> None:
    first = MembershipFactory(role="viewer")
    second = MembershipFactory(user=first.user, role="data_provider").system
    assert list(System.objects.visible_to(first.user)) == [first.system]
    assert list(System.objects.visible_to(first.user, "observation.write")) == [second]


def test_the_top_of_the_deepest_tree_reads_its_lowest_dashboard() -> None:
    top = MembershipFactory(role="viewer")
    lowest = top.system
    for _ in range(5):
        lowest = SystemFactory(parent=lowest)
    assert permissions.may(top.user, "dashboard.read", lowest)
    assert not permissions.may(top.user, "plan.read", lowest)
    assert System.objects.visible_to(top.user).count() == 6


def test_several_roles_add_up_and_no_system_is_listed_twice() -> None:
    first = MembershipFactory(role="viewer")
    MembershipFactory(user=first.user, system=first.system, role="data_provider")
    assert list(System.objects.visible_to(first.user, "observation.read")) == [first.system]
    assert permissions.may(first.user, "observation.write", first.system)


def test_a_role_taken_away_is_gone_at_the_next_question() -> None:
    member = MembershipFactory(role="viewer")
    assert permissions.may(member.user, "dashboard.read", member.system)
    user, system = member.user, member.system
    member.delete()
    assert not permissions.may(user, "dashboard.read", system)
