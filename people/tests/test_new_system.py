"""Making a system: whoever makes it leads it first."""

import pytest
from django.urls import reverse

from people.models import AuditEntry, Membership, System, User
from people.tests.factories import SystemFactory
from people.tests.installation import (
    administrator,
    assert_methods,
    assert_only_administrators,
    client_of,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/installation/systems/new/"
GIVEN = {
    "name": "North", "slug": "north", "kind": "region", "parent": "",
    "time_zone": "Europe/London", "year_starts": "4",
}  # fmt: skip


@pytest.fixture
def user() -> User:
    return administrator()


def test_it_makes_a_system_and_its_first_leader(user: User) -> None:
    top = SystemFactory(slug="nation")
    client = client_of(user)
    assert reverse("new_system") == ADDRESS
    assert "Make a system" in client.get(ADDRESS).content.decode()
    answer = client.post(ADDRESS, GIVEN | {"parent": top.pk}, follow=True)
    assert answer.redirect_chain[0] == ("/north/", 302)
    assert "North is there, and you are its first leader" in answer.content.decode()
    row = System.objects.get(slug="north")
    assert (row.name, row.kind, row.parent, row.year_starts) == ("North", "region", top, 4)
    member = Membership.objects.get(system=row)
    assert (member.user, member.role) == (user, "delivery_leader")
    # The new system asks its leaders for a second factor, which this one did not give.
    assert client.get("/north/")["Location"].startswith("/accounts/second-factor/")
    System.objects.filter(pk=row.pk).update(second_factor="nobody")
    assert client.get("/north/").status_code == 200


def test_it_stands_in_the_trail(user: User) -> None:
    client_of(user).post(ADDRESS, GIVEN)
    row = System.objects.get(slug="north")
    made, granted = AuditEntry.objects.order_by("pk")
    assert (made.action, made.system, made.actor, made.door) == ("create", row, user, "page")
    assert made.after["slug"] == "north"
    assert (granted.action, granted.system, granted.actor) == ("grant role", row, user)


BAD = [
    ({"name": ""}, "Give the system a name"),
    ({"slug": ""}, "Give the system an address"),
    ({"slug": "nation"}, "Another system has this address"),
    ({"slug": "api"}, "“api” is an address of Headway’s own"),
    ({"slug": "North"}, "Write it small: north"),
    ({"slug": "north/east"}, "Enter a valid “slug”"),
    ({"kind": "moon"}, "moon is not one of the available choices"),
    ({"time_zone": "Mars/Base"}, "“Mars/Base” is not a time zone"),
    ({"time_zone": ""}, "Give a time zone"),
    ({"year_starts": "13"}, "13 is not one of the available choices"),
    ({"parent": "0"}, "That choice is not one of the available choices"),
    ({"name": "a\0b"}, "Null characters are not allowed"),
]


@pytest.mark.parametrize(("change", "words"), BAD)
def test_bad_input_makes_nothing_and_loses_nothing(
    user: User, change: dict[str, str], words: str
) -> None:
    SystemFactory(slug="nation")
    answer = client_of(user).post(ADDRESS, GIVEN | change)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    if "name" not in change:
        assert 'value="North"' in answer.content.decode()
    assert System.objects.count() == 1


def test_the_tree_is_at_most_six_deep(user: User) -> None:
    node = SystemFactory()
    for _ in range(5):
        node = SystemFactory(parent=node)
    answer = client_of(user).post(ADDRESS, GIVEN | {"parent": node.pk})
    assert answer.status_code == 400
    assert "at most 6 deep" in answer.content.decode()


def test_nothing_else_is_set(user: User) -> None:
    client_of(user).post(ADDRESS, GIVEN | {"version": "9", "note": "x", "second_factor": "nobody"})
    row = System.objects.get()
    assert (row.version, row.note, row.second_factor) == (1, "", "leaders")


def test_only_administrators_find_it() -> None:
    assert_only_administrators(ADDRESS)


def test_other_methods_are_refused() -> None:
    assert_methods(ADDRESS, {"get", "post"})
