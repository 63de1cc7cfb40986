"""The permission table against the agreed one, asked of the database in every place of the tree."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from people import permissions
from people.models import Membership, Role, System, Token
from people.tests.agreed import PROGRAMS, ROLES, SCOPES, actions, agreed, lines
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

pytestmark = pytest.mark.django_db
ACTIONS = sorted(permissions.ACTIONS)
Tree = dict[str, System]


@pytest.fixture
def tree() -> Tree:
    """A system of one's own, and others by what they are to it."""
    parent = SystemFactory(slug="parent")
    own = SystemFactory(slug="own", parent=parent)
    SystemFactory(slug="child", parent=own)
    SystemFactory(slug="sister", parent=parent)
    SystemFactory(slug="foreign")
    return {system.slug: system for system in System.objects.all()}


def reach(user: Any, action: str, tree: Tree) -> dict[str, bool]:
    """Where the person may, asked both ways: of one system, and of all at once."""
    seen = set(System.objects.visible_to(user, action).values_list("slug", flat=True))
    assert seen == {slug for slug, row in tree.items() if permissions.may(user, action, row)}
    return {scope: scope in seen for scope in SCOPES}


def named_reach(user: Any, action: str) -> dict[str, bool]:
    where = permissions.named_systems_where(user, action)
    seen = set(System.objects.filter(where).values_list("slug", flat=True))
    return {scope: scope in seen for scope in SCOPES}


def expected(action: str, who: str, *, named: bool = False) -> dict[str, bool]:
    return {scope: agreed(action, who, scope, named=named) for scope in SCOPES}


def differing(found: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    return [
        f"{key}: {found[key]}, agreed is {wanted[key]}"
        for key in wanted
        if found[key] != wanted[key]
    ]


@pytest.mark.parametrize("code", ROLES)
def test_a_role_reaches_what_was_agreed(code: str, tree: Tree) -> None:
    user = MembershipFactory(system=tree["own"], role=ROLES[code]).user
    found = {action: reach(user, action, tree) for action in ACTIONS}
    assert not differing(found, {action: expected(action, code) for action in ACTIONS})


@pytest.mark.parametrize("code", ROLES)
def test_a_named_person_reaches_what_was_agreed(code: str, tree: Tree) -> None:
    """By role or by name: the object then has to name them, which its own room tests."""
    user = MembershipFactory(system=tree["own"], role=ROLES[code]).user
    found = {
        action: {
            scope: reach(user, action, tree)[scope] or named_reach(user, action)[scope]
            for scope in SCOPES
        }
        for action in ACTIONS
    }
    assert not differing(found, {action: expected(action, code, named=True) for action in ACTIONS})


@pytest.mark.parametrize("code", PROGRAMS)
@pytest.mark.parametrize("maker", ["delivery_leader", "viewer", "reviewer"])
def test_a_program_reaches_what_both_its_role_and_its_maker_do(
    code: str, maker: str, tree: Tree
) -> None:
    user = MembershipFactory(system=tree["own"], role=maker).user
    theirs = next(key for key, role in ROLES.items() if role == maker)
    user.program = Token(system=tree["own"], role=PROGRAMS[code], user=user)
    found = {action: reach(user, action, tree) for action in ACTIONS}
    assert not differing(
        found,
        {
            action: {
                scope: agreed(action, code, scope) and agreed(action, theirs, scope)
                for scope in SCOPES
            }
            for action in ACTIONS
        },
    )
    assert not any(any(named_reach(user, action).values()) for action in ACTIONS)


@pytest.mark.parametrize("superuser", [False, True])
def test_an_administrator_reaches_what_was_agreed_in_every_system(
    superuser: bool, tree: Tree
) -> None:
    user = UserFactory(is_staff=True, is_superuser=superuser)
    found = {action: reach(user, action, tree) for action in ACTIONS}
    assert not differing(found, {action: expected(action, "IA") for action in ACTIONS})
    assert permissions.administers(user)


def nobodies(system: System) -> Iterator[Any]:
    """Who may do nothing: strangers, superusers without the office, and the disabled."""
    yield AnonymousUser()
    yield UserFactory()
    yield UserFactory(is_superuser=True)
    yield UserFactory(is_staff=True, is_superuser=True, is_active=False)
    for role in Role.values:
        yield MembershipFactory(system=system, user__is_active=False, role=role).user


def test_strangers_and_the_disabled_reach_nothing(tree: Tree) -> None:
    for nobody in nobodies(tree["own"]):
        assert not permissions.administers(nobody)
        for action in ACTIONS:
            assert not any(reach(nobody, action, tree).values()), f"{nobody}: {action}"
            assert not any(named_reach(nobody, action).values()), f"{nobody}: {action}"


def test_the_agreed_table_names_every_action_and_no_other() -> None:
    assert actions() == set(permissions.ACTIONS)
    assert len(lines()) > 20


def test_every_role_has_a_column() -> None:
    assert set(ROLES.values()) == set(Role.values)
    rules = permissions.ACTIONS.values()
    assert set().union(*(rule.own | rule.from_parent | rule.named for rule in rules)) <= set(Role)


# The agreed table by the example: so that a slip of the page itself is seen.
SPOT = [
    ("dashboard.read", "VW", "child", True),
    ("plan.read", "VW", "child", False),
    ("dashboard.read", "RV", "own", False),
    ("dashboard.read", "DP", "own", False),
    ("observation.write", "DP", "own", True),
    ("observation.write", "SL", "own", False),
    ("trajectory.agree", "US", "own", False),
    ("trajectory.write", "AH", "own", False),
    ("learning.write", "ST", "own", True),
    ("coalition.read", "US", "own", False),
    ("members.write", "IA", "foreign", True),
    ("dashboard.read", "IA", "own", False),
    ("score.raw", "SL", "own", False),
]


@pytest.mark.parametrize(("action", "who", "scope", "may"), SPOT)
def test_the_page_says_what_was_meant(action: str, who: str, scope: str, may: bool) -> None:
    assert agreed(action, who, scope) is may


def test_every_model_has_a_row() -> None:
    rooms = ("people", "aspirations", "coalitions", "reviews", "learning", "routines")
    models = {m._meta.label for m in apps.get_models() if m._meta.app_label in rooms}
    assert models == set(permissions.MODELS)
    for label, action in permissions.MODELS.items():
        assert action in permissions.ACTIONS or action.startswith("nobody"), label


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
