"""The accounts of the installation: found by name or address, page by page."""

import pytest
from allauth.mfa.models import Authenticator
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
from people.views import accounts

pytestmark = pytest.mark.django_db
ADDRESS = "/installation/people/"


def page(user: User, **query: str) -> str:
    answer = client_of(user).get(ADDRESS, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_lists_everyone_with_their_standing() -> None:
    user = administrator(email="root@example.org")
    ann = MembershipFactory(user__email="ann@example.org", user__name="Ann", role="viewer").user
    MembershipFactory(user=ann, role="viewer")
    Authenticator.objects.create(user=ann, type="totp", data={})
    UserFactory(email="gone@example.org", is_active=False)
    found = page(user)
    assert reverse("installation_people") == ADDRESS
    assert "3 people have an account here" in found
    row = found.split("ann@example.org")[1].split("</li>")[0]
    assert "set up" in row
    assert row.split("Roles</dt>")[1].split("</dd>")[0].split()[-1] == "2"
    assert "Closed" in found.split("gone@example.org")[1]
    assert "never" in row


def test_recovery_codes_alone_are_no_second_factor() -> None:
    ann = UserFactory(email="ann@example.org")
    Authenticator.objects.create(user=ann, type="recovery_codes", data={})
    assert "set up" not in page(administrator()).split("ann@example.org")[1]


@pytest.mark.parametrize("words", ["ann", "ANN@", "Marsh", " marsh "])
def test_it_finds_by_name_and_address(words: str) -> None:
    UserFactory(email="ann@example.org", name="A. Marsh")
    UserFactory(email="bob@example.org", name="Bob")
    found = page(administrator(), q=words)
    assert "1 account fits" in found
    assert "ann@example.org" in found
    assert "bob@example.org" not in found


@pytest.mark.parametrize("words", ["%", "_", "nobody@", "<script>", "'"])
def test_odd_words_find_nobody_and_are_shown_as_they_are(words: str) -> None:
    UserFactory(email="ann@example.org")
    found = page(administrator(), q=words)
    assert "0 accounts fit" in found
    assert "<script>" not in found


@pytest.mark.parametrize("words", ["a\0b", "x" * 101])
def test_what_cannot_be_searched_for_finds_everyone(words: str) -> None:
    assert "1 person has an account here" in page(administrator(), q=words)


def test_it_comes_by_pages_that_keep_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "PEOPLE_A_PAGE", 2)
    for name in "abc":
        UserFactory(email=f"{name}@here.example")
    user = administrator(email="root@example.org")
    first = page(user, q="@here")
    assert "Page 1 of 2" in first
    assert "?q=%40here&amp;page=2" in first
    second = page(user, q="@here", page="2")
    assert "c@here.example" in second
    assert "a@here.example" not in second
    for number in ("9", "0", "x"):
        assert "here.example" in page(user, q="@here", page=number)


def test_only_administrators_find_it() -> None:
    assert_only_administrators(ADDRESS, ("get",))


def test_it_is_only_read() -> None:
    assert_methods(ADDRESS, {"get"})


def test_thirty_people_ask_no_more_than_three() -> None:
    user = administrator()

    def queries() -> int:
        client = client_of(user)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ADDRESS).status_code == 200
        return len(asked)

    for _ in range(2):
        MembershipFactory()
    few = queries()
    for _ in range(27):
        MembershipFactory()
    assert queries() == few
