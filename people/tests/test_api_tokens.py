"""Tokens: made once, kept as a hash, ended by time or by hand."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from knox.models import AuthToken
from rest_framework.test import APIClient

from people import tokens
from people.models import AuditEntry, User

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/systems/"


@pytest.fixture
def user() -> User:
    return User.objects.create_user("program@example.org")


def knock(token: str, word: str = "Bearer") -> int:
    answer = APIClient(headers={"Authorization": f"{word} {token}"}).get(ADDRESS)
    if answer.status_code == 401:
        assert answer["WWW-Authenticate"] == "Bearer"
    return int(answer.status_code)


def create(*options: str) -> str:
    out = StringIO()
    call_command("create_token", *options, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


def test_the_command_prints_a_token_that_works(user: User) -> None:
    token = create("Program@example.org", "--expires-days", "30")
    assert knock(token) == 200
    assert AuthToken.objects.get().user == user


def test_no_row_holds_the_token(user: User) -> None:
    token = tokens.issue(user, days=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, token_key FROM knox_authtoken")
        [(digest, key)] = cursor.fetchall()
    assert token not in (digest, key)
    assert len(digest) == 128
    assert len(key) < len(token) / 2
    assert token not in str(list(AuditEntry.objects.values()))


def test_making_and_ending_a_token_leave_a_trail(user: User) -> None:
    tokens.issue(user, days=1)
    tokens.revoke(user)
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "create token",
        "revoke token",
    ]


def test_an_expired_token_answers_401(user: User) -> None:
    token = tokens.issue(user, days=30)
    now = datetime.now(UTC)
    with time_machine.travel(now + timedelta(days=29, hours=23), tick=False):
        assert knock(token) == 200
    with time_machine.travel(now + timedelta(days=30, minutes=1), tick=False):
        assert knock(token) == 401


def test_a_revoked_token_answers_401_and_the_others_stay(user: User) -> None:
    ended, kept = tokens.issue(user, days=1), tokens.issue(user, days=1)
    call_command("revoke_tokens", user.email, "--key", ended[:12], stdout=StringIO())
    assert (knock(ended), knock(kept)) == (401, 200)
    call_command("revoke_tokens", user.email, stdout=StringIO())
    assert knock(kept) == 401


def test_the_token_of_a_closed_account_answers_401(user: User) -> None:
    token = tokens.issue(user, days=1)
    user.is_active = False
    user.save()
    assert knock(token) == 401


@pytest.mark.parametrize("token", ["", "x", "x y", "hw_" + "0" * 64, "é", "\xff\xfe", "x\0y"])
def test_nonsense_answers_401(token: str) -> None:
    assert knock(token) == 401


def test_another_word_before_the_token_is_not_ours(user: User) -> None:
    assert knock(tokens.issue(user, days=1), word="Basic") == 401


def test_a_token_in_the_address_does_not_sign_in(user: User) -> None:
    token = tokens.issue(user, days=1)
    assert APIClient().get(ADDRESS, {"token": token}).status_code == 401


@pytest.mark.parametrize("days", ["0", "366", "-1"])
def test_a_token_lasts_a_year_at_most(user: User, days: str) -> None:
    with pytest.raises(CommandError, match="from 1 to 365"):
        create(user.email, "--expires-days", days)


def test_an_unknown_or_closed_account_gets_no_token(user: User) -> None:
    with pytest.raises(CommandError, match=r"nobody@example\.org"):
        create("nobody@example.org", "--expires-days", "1")
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="no longer signs in"):
        create(user.email, "--expires-days", "1")
    assert not AuthToken.objects.exists()
