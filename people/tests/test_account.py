"""One's own account: what others read of a person, and where they work."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import AuditEntry, System, User
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import client_of
from people.tokens import issue

pytestmark = pytest.mark.django_db
ADDRESS = reverse("account")


@pytest.fixture
def ann() -> User:
    return UserFactory.create(email="ann@example.org", name="Ann")


def shown(user: User) -> str:
    answer = client_of(user).get(ADDRESS)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_it_names_every_role_with_its_way_out(ann: User) -> None:
    rows = [
        MembershipFactory(user=ann, system__name="North", role="viewer"),
        MembershipFactory(user=ann, system__name="South", role="reviewer"),
    ]
    page = shown(ann)
    assert "You have 2 roles" in page
    assert "Signed in as ann@example.org" in page
    for row in rows:
        assert reverse("leave_system", args=[row.pk]) in page
    for words in ("North", "Viewer, since", "South", "Reviewer, since"):
        assert words in page


def test_a_role_has_the_name_that_its_system_gives_it(ann: User) -> None:
    row = MembershipFactory(user=ann, role="viewer")
    System.objects.filter(pk=row.system.pk).update(labels={"viewer": "Guest"})
    assert "Guest, since" in shown(ann)


def test_without_a_role_it_says_whom_to_ask(ann: User) -> None:
    assert "Ask a delivery leader to invite you." in shown(ann)


def test_it_leads_to_every_way_of_signing_in(ann: User) -> None:
    page = shown(ann)
    for name in ("account_change_password", "mfa_index", "sign_out_elsewhere"):
        assert reverse(name) in page


def test_it_names_tokens_only_where_their_page_opens(ann: User) -> None:
    row = MembershipFactory(user=ann, role="delivery_leader", system__slug="north")
    issue(user=ann, system=row.system, role="viewer", name="Warehouse", days=9)
    other = MembershipFactory(system=row.system, role="delivery_leader").user
    issue(user=other, system=row.system, role="viewer", name="Of others", days=9)
    page = shown(ann)
    assert "Warehouse" in page
    assert "Of others" not in page
    assert reverse("tokens", args=["north"]) in page
    row.role = "viewer"
    row.save()
    assert "Warehouse" not in shown(ann)


def test_nothing_of_others_is_shown(ann: User) -> None:
    row = MembershipFactory(user=ann, role="delivery_leader", system__name="North")
    other = MembershipFactory(system=row.system, role="unit_staff", user__name="Bob")
    page = shown(ann)
    assert "Bob" not in page
    assert other.user.email not in page
    assert reverse("leave_system", args=[other.pk]) not in page


# --------------------------------------------------------------------------- the name
def test_a_new_name_is_kept_and_stands_in_the_trail(ann: User) -> None:
    answer = client_of(ann).post(ADDRESS, {"name": "Director, Reading"}, follow=True)
    assert answer.redirect_chain == [(ADDRESS, 302)]
    assert "Saved." in answer.content.decode()
    ann.refresh_from_db()
    assert ann.name == "Director, Reading"
    line = AuditEntry.objects.get()
    assert (line.actor, line.system, line.door) == (ann, None, "page")
    assert (line.before, line.after) == ({"name": "Ann"}, {"name": "Director, Reading"})


def test_nothing_but_the_name_is_taken(ann: User) -> None:
    sent = {"name": "Ann", "email": "root@example.org", "is_staff": "1", "is_superuser": "1",
            "is_active": "", "id": "1"}  # fmt: skip
    before = User.objects.filter(pk=ann.pk).values().get()
    client_of(ann).post(ADDRESS, sent)
    after = User.objects.filter(pk=ann.pk).values().get()
    assert {**before, "last_login": 0} == {**after, "last_login": 0}


@pytest.mark.parametrize(("name", "words"), [("x" * 121, "120"), ("a\x00b", "Null characters")])
def test_a_name_that_cannot_be_is_refused_and_not_lost(ann: User, name: str, words: str) -> None:
    answer = client_of(ann).post(ADDRESS, {"name": name})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert name in page
    ann.refresh_from_db()
    assert ann.name == "Ann"


UNSEEN = ["Anna\u202egpj", "Anna\nBeck", "\u200b", "An\u00adna", "x\u2028y", "\u3164", "A\u2066b"]


@pytest.mark.parametrize("name", UNSEEN, ids=ascii)
def test_a_name_of_unseen_signs_is_refused(ann: User, name: str) -> None:
    answer = client_of(ann).post(ADDRESS, {"name": name})
    assert answer.status_code == 400
    assert "a sign that cannot be seen" in answer.content.decode()
    ann.refresh_from_db()
    assert ann.name == "Ann"


def test_blanks_in_a_name_are_single(ann: User) -> None:
    client_of(ann).post(ADDRESS, {"name": " Ann \u00a0 Beck "})
    ann.refresh_from_db()
    assert ann.name == "Ann Beck"
    assert AuditEntry.objects.get().after == {"name": "Ann Beck"}


def test_a_name_of_markup_is_shown_as_text(ann: User) -> None:
    client_of(ann).post(ADDRESS, {"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in shown(ann)


# --------------------------------------------------------------------------- the door
def test_a_stranger_signs_in_first() -> None:
    for method in ("get", "post"):
        answer = getattr(Client(), method)(ADDRESS)
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(ann: User, method: str) -> None:
    assert getattr(client_of(ann), method)(ADDRESS).status_code == 405


def test_as_many_queries_for_three_roles_as_for_thirty(ann: User) -> None:
    client, counts = client_of(ann), []
    for count in (3, 27):
        for _ in range(count):
            system = SystemFactory()
            MembershipFactory(user=ann, system=system, role="delivery_leader")
            issue(user=ann, system=system, role="viewer", name="Warehouse", days=9)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6
