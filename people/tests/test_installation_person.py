"""One account as administrators see it: roles, tokens, and what may be done about it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import User
from people.tests.factories import MembershipFactory, UserFactory
from people.tests.installation import (
    administrator,
    assert_methods,
    assert_only_administrators,
    client_of,
)
from people.tokens import issue

pytestmark = pytest.mark.django_db
ACTS = {"disable", "enable", "make-administrator", "end-administrator", "end-second-factor",
        "revoke-tokens"}  # fmt: skip


@pytest.fixture
def ann() -> User:
    role = MembershipFactory(
        user__email="ann@example.org", user__name="Ann", system__name="North",
        system__slug="north", role="delivery_leader",
    )  # fmt: skip
    user: User = role.user
    return user


def address(user: User) -> str:
    return reverse("installation_person", args=[user.pk])


def page(user: User, by: User | None = None) -> str:
    answer = client_of(by or administrator()).get(address(user))
    assert answer.status_code == 200
    return answer.content.decode()


def offered(user: User, by: User | None = None) -> set[str]:
    found = page(user, by)
    return {act for act in ACTS if reverse("change_account", args=[user.pk, act]) in found}


def test_it_shows_roles_and_tokens(ann: User) -> None:
    system = ann.memberships.get().system
    token = issue(user=ann, system=system, role="viewer", name="Warehouse", days=9)[1]
    found = page(ann)
    assert "Ann has 1 role" in found
    for words in ("ann@example.org", "Delivery leader", "North", "Warehouse", "Works"):
        assert words in found
    assert token[:15] not in found


def test_it_offers_what_makes_sense(ann: User) -> None:
    assert offered(ann) == {"disable", "make-administrator"}
    issue(user=ann, system=ann.memberships.get().system, role="viewer", name="W", days=9)
    User.objects.filter(pk=ann.pk).update(is_active=False)
    assert offered(ann) == {"enable", "revoke-tokens"}
    assert offered(administrator()) == {"disable", "end-administrator"}


def test_nothing_is_offered_for_oneself() -> None:
    user = administrator()
    assert offered(user, by=user) == set()
    assert "This is your own account" in page(user, by=user)


def test_thirty_roles_ask_no_more_than_three(ann: User) -> None:
    user = administrator()

    def queries() -> int:
        client = client_of(user)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(ann)).status_code == 200
        return len(asked)

    def more(count: int) -> None:
        for n in range(count):
            role = MembershipFactory(user=ann, role="delivery_leader")
            issue(user=ann, system=role.system, role="viewer", name=f"Program {n}", days=9)

    more(3)
    few = queries()
    more(27)
    assert queries() == few


def test_only_administrators_find_it(ann: User) -> None:
    assert_only_administrators(address(ann), ("get",))


def test_an_account_that_is_not_there_is_not_found() -> None:
    client = client_of(administrator())
    assert client.get("/installation/people/0/").status_code == 404
    assert client.get(f"/installation/people/{'9' * 30}/").status_code == 404
    assert client_of(UserFactory()).get("/installation/people/0/").status_code == 404


def test_it_is_only_read(ann: User) -> None:
    assert_methods(address(ann), {"get"})
