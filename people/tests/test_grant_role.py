"""`grant_role`: from nobody to someone who can sign in and read."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from people.models import Membership, User
from people.tests.factories import SystemFactory, UserFactory

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command("grant_role", *words, stdout=out)
    return out.getvalue()


def test_someone_new_can_sign_in_with_the_password_shown() -> None:
    SystemFactory(slug="north")
    said = run("ann@example.org", "--system", "north", "--role", "viewer", "--name", "Ann")
    password = said.splitlines()[0].rsplit(" ", 1)[1]
    client = Client()
    page = client.post("/accounts/login/", {"login": "ann@example.org", "password": password})
    assert page.status_code == 302
    assert client.get("/north/").status_code == 200
    assert User.objects.get().name == "Ann"


def test_someone_known_keeps_their_password_and_gets_the_role_once() -> None:
    system, user = SystemFactory(slug="north"), UserFactory(email="ann@example.org")
    for _ in range(2):
        said = run("Ann@Example.org", "--system", "north", "--role", "unit_staff")
        assert said == f"ann@example.org is Unit staff of {system.name}.\n"
    assert Membership.objects.get().user == user


REFUSED = [
    (("ann@example.org", "--system", "moon", "--role", "viewer"), "no system “moon”"),
    (("nobody", "--system", "north", "--role", "viewer"), "“nobody”: "),
    (("ann@example.org", "--system", "north", "--role", "emperor"), "emperor"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_cannot_be_is_said_and_nobody_is_made(words: tuple[str, ...], said: str) -> None:
    SystemFactory(slug="north")
    with pytest.raises(CommandError, match=said):
        run(*words)
    assert not User.objects.exists()
