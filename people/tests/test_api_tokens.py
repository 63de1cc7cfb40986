"""Tokens: made once, kept as a hash, ended by time or by hand, and never wider than their maker."""

import logging
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from people import permissions, tokens
from people.models import AuditEntry, Membership, System, Token, User
from people.tests.factories import MembershipFactory, SystemFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/systems/"
MAKER = "maker@example.org"
PROGRAM_ACTIONS = {
    "system.read", "dashboard.read", "plan.read", "observation.read", "observation.write",
    "assessment.read", "routine.read",
}  # fmt: skip


@pytest.fixture
def system() -> System:
    return SystemFactory(slug="north")


@pytest.fixture
def user(system: System) -> User:
    """A delivery leader, who may make tokens."""
    return MembershipFactory(system=system, user__email=MAKER, role="delivery_leader").user


def issue(user: User, *, name: str = "Warehouse", role: str = "viewer", days: int = 1) -> str:
    system = user.memberships.get(role="delivery_leader").system
    return tokens.issue(user=user, system=system, role=role, name=name, days=days)[1]


def ask(token: str, address: str = ADDRESS, word: str = "Bearer") -> int:
    answer = APIClient(headers={"Authorization": f"{word} {token}"}).get(address)
    if answer.status_code == 401:
        assert answer["WWW-Authenticate"] == "Bearer"
    return int(answer.status_code)


def create(*options: str, email: str = MAKER) -> str:
    out = StringIO()
    words = (email, "--system", "north", "--name", "Warehouse", *options)
    call_command("create_token", *words, stdout=out, stderr=StringIO())
    return out.getvalue().strip()


# --- made ------------------------------------------------------------------------------------


def test_the_command_prints_a_token_that_works(user: User) -> None:
    token = create("--expires-days", "30", email="Maker@example.org")
    assert ask(token) == 200
    row = Token.objects.get()
    assert (row.user, row.role, row.name) == (user, "viewer", "Warehouse")


def test_no_row_and_no_log_holds_the_token(user: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        token = issue(user)
        assert ask(token) == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, token_key FROM people_token")
        [(digest, key)] = cursor.fetchall()
    assert token not in (digest, key)
    assert len(digest) == 128
    assert len(key) < len(token) / 2
    assert token not in str(list(AuditEntry.objects.values()))
    assert token not in caplog.text


def test_making_and_ending_a_token_leave_a_trail(user: User, system: System) -> None:
    issue(user)
    tokens.revoke(Token.objects.get(), actor=user, reason="The warehouse closed")
    made, ended = AuditEntry.objects.order_by("id")
    assert (made.action, made.system, made.actor) == ("create token", system, user)
    assert (made.after["name"], made.after["role"]) == ("Warehouse", "viewer")
    assert (ended.action, ended.object_key) == ("revoke token", made.object_key)
    assert ended.reason == "The warehouse closed"


@pytest.mark.parametrize("days", ["0", "366", "-1"])
def test_a_token_lasts_a_year_at_most(user: User, days: str) -> None:
    with pytest.raises(CommandError, match="from 1 to 365"):
        create("--expires-days", days)


def test_an_unknown_or_closed_account_or_system_gets_no_token(user: User) -> None:
    with pytest.raises(CommandError, match=r"nobody@example\.org"):
        create(email="nobody@example.org")
    with pytest.raises(CommandError, match="no system moon"):
        create("--system", "moon")
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="no longer signs in"):
        create()
    assert not Token.objects.exists()


def test_only_who_may_make_tokens_answers_for_one(user: User) -> None:
    Membership.objects.update(role="unit_staff")
    with pytest.raises(CommandError, match="may not make tokens for"):
        create()


def test_a_program_is_a_reader_or_loads_figures(user: User, system: System) -> None:
    for role in ("delivery_leader", "emperor"):
        with pytest.raises(ValidationError, match="not a valid choice"):
            issue(user, role=role)
        with pytest.raises(IntegrityError), transaction.atomic():
            Token.objects.make(
                user=user, system=system, name="x", role=role, lasts=timedelta(days=1)
            )


def test_two_tokens_that_work_have_two_names(user: User) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(days=2)):
        issue(user, days=1)
    issue(user)
    with pytest.raises(ValidationError, match="“Warehouse” is the name of a token that works"):
        issue(user, name=" Warehouse ")
    assert Token.objects.count() == 2


# --- ended -----------------------------------------------------------------------------------


def test_an_expired_token_answers_401_and_stays_on_the_list(user: User) -> None:
    token = issue(user, days=30)
    issue(user, name="Other", days=30)
    now = datetime.now(UTC)
    with time_machine.travel(now + timedelta(days=29, hours=23), tick=False):
        assert ask(token) == 200
    with time_machine.travel(now + timedelta(days=30, minutes=1), tick=False):
        assert ask(token) == 401
        assert Token.objects.count() == 2
        assert {row.state() for row in Token.objects.with_makers()} == {"ended"}


def test_a_revoked_token_answers_401_and_the_others_stay(user: User) -> None:
    ended, kept = issue(user), issue(user, name="Other")
    call_command("revoke_tokens", user.email, "--key", ended[:12], stdout=StringIO())
    assert (ask(ended), ask(kept)) == (401, 200)
    call_command("revoke_tokens", user.email, stdout=StringIO())
    assert ask(kept) == 401


def test_ending_it_twice_is_told_apart(user: User) -> None:
    issue(user)
    row = Token.objects.get()
    assert tokens.revoke(row) is True
    row = Token(pk=row.pk or "gone", user=user)
    assert tokens.revoke(row) is False
    assert AuditEntry.objects.filter(action="revoke token").count() == 1


def test_whatever_is_wrong_with_a_token_the_answer_is_the_same(user: User) -> None:
    token = issue(user)
    client = APIClient(headers={"Authorization": f"Bearer {token}"})
    never = APIClient(headers={"Authorization": "Bearer hw_" + "0" * 64}).get(ADDRESS)
    User.objects.update(is_active=False)
    closed = client.get(ADDRESS)
    User.objects.update(is_active=True)
    Membership.objects.all().delete()
    assert client.get(ADDRESS).content == closed.content == never.content
    assert closed.status_code == 401


@pytest.mark.parametrize("token", ["", "x", "x y", "hw_" + "0" * 64, "é", "\xff\xfe", "x\0y"])
def test_nonsense_answers_401(token: str) -> None:
    assert ask(token) == 401


def test_the_first_letters_alone_open_nothing(user: User) -> None:
    token = issue(user)
    assert ask(token[:15]) == 401
    assert ask(token[:-1] + ("0" if token[-1] != "0" else "1")) == 401


def test_another_word_before_the_token_is_not_ours(user: User) -> None:
    assert ask(issue(user), word="Basic") == 401


def test_a_token_in_the_address_does_not_sign_in(user: User) -> None:
    token = issue(user)
    assert APIClient().get(ADDRESS, {"token": token}).status_code == 401


# --- how far it reaches ----------------------------------------------------------------------


def reached(user: User, action: str) -> set[str]:
    """Slugs of the systems where the only token's program may do `action` now."""
    row = Token.objects.select_related("user").get()
    program = User.objects.get(pk=user.pk)
    program.program = row
    return set(System.objects.visible_to(program, action).values_list("slug", flat=True))


def test_a_token_of_one_system_sees_nothing_of_another(user: User) -> None:
    other = MembershipFactory(user=user, system__slug="south", role="viewer").system
    token = issue(user)
    assert ask(token, f"{ADDRESS}north/") == 200
    assert ask(token, f"{ADDRESS}{other.slug}/") == 404
    listed = APIClient(headers={"Authorization": f"Bearer {token}"}).get(ADDRESS).json()
    assert [row["slug"] for row in listed["results"]] == ["north"]


def test_it_reads_dashboards_beneath_its_system_as_its_maker_does(
    user: User, system: System
) -> None:
    SystemFactory(slug="north-east", parent=system)
    issue(user)
    assert reached(user, "dashboard.read") == {"north", "north-east"}
    assert reached(user, "plan.read") == {"north"}
    assert reached(user, "observation.write") == set()


def test_it_never_reaches_above(user: User, system: System) -> None:
    nation = SystemFactory(slug="nation")
    System.objects.filter(pk=system.pk).update(parent=nation)
    MembershipFactory(user=user, system=nation, role="viewer")
    issue(user)
    assert reached(user, "dashboard.read") == {"north"}


def test_a_program_that_loads_figures_sees_no_judgment(user: User) -> None:
    issue(user, role="data_provider")
    assert reached(user, "observation.write") == reached(user, "observation.read") == {"north"}
    assert reached(user, "dashboard.read") == reached(user, "plan.read") == set()


@pytest.mark.parametrize("action", sorted(permissions.ACTIONS))
def test_no_role_of_its_maker_makes_it_wider(user: User, action: str) -> None:
    User.objects.update(is_staff=True, is_superuser=True)
    issue(user)
    by_role = action in PROGRAM_ACTIONS and "viewer" in permissions.ACTIONS[action].own
    assert reached(user, action) == ({"north"} if by_role else set())


def test_a_demoted_maker_makes_it_narrower_at_once(user: User) -> None:
    token = issue(user)
    assert reached(user, "plan.read") == {"north"}
    Membership.objects.update(role="data_provider")
    assert ask(token, f"{ADDRESS}north/") == 200
    assert reached(user, "plan.read") == set()
    assert reached(user, "observation.read") == {"north"}
    assert reached(user, "observation.write") == set()


def test_a_maker_without_a_role_there_ends_it(user: User, system: System) -> None:
    """Reading from above does not count: nobody there answers for the program."""
    nation = SystemFactory(slug="nation")
    System.objects.filter(pk=system.pk).update(parent=nation)
    MembershipFactory(user=user, system=nation, role="delivery_leader")
    token = tokens.issue(user=user, system=system, role="viewer", name="Warehouse", days=1)[1]
    assert ask(token) == 200
    Membership.objects.filter(system=system).delete()
    assert ask(token) == 401
    assert Token.objects.with_makers().get().state() == "left"


def test_the_token_of_a_closed_account_answers_401(user: User) -> None:
    token = issue(user)
    User.objects.update(is_active=False)
    assert ask(token) == 401
    assert Token.objects.with_makers().get().state() == "closed"


@pytest.mark.parametrize("name", ["members", "tokens", "trail", "settings", "dashboard"])
def test_no_page_opens_to_a_token(user: User, name: str) -> None:
    page = Client(headers={"Authorization": f"Bearer {issue(user)}"}).get(
        reverse(name, args=["north"])
    )
    assert page.status_code == 302
    assert page["Location"].startswith("/accounts/login/")


# --- use -------------------------------------------------------------------------------------


def test_its_last_use_is_written_once_a_minute_at_most(user: User) -> None:
    token = issue(user)
    start = datetime(2026, 3, 1, 9, tzinfo=UTC)
    Token.objects.update(expiry=start + timedelta(days=1))
    with time_machine.travel(start, tick=False) as clock:
        assert writes(token) == 1
        clock.shift(59)
        assert writes(token) == 0
        assert Token.objects.get().last_used_at == start
        clock.shift(2)
        assert writes(token) == 1
        assert Token.objects.get().last_used_at == start + timedelta(seconds=61)


def writes(token: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert ask(token) == 200
    return sum('UPDATE "people_token"' in query["sql"] for query in asked)


def test_a_refused_token_is_not_noted_as_used(user: User) -> None:
    token = issue(user)
    User.objects.update(is_active=False)
    assert ask(token) == 401
    assert Token.objects.get().last_used_at is None


def test_each_token_has_a_limit_of_its_own(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("people.api.throttles.CallerThrottle.THROTTLE_RATES", {"user": "2/min"})
    busy, other = issue(user), issue(user, name="Other")
    assert [ask(busy) for _ in range(3)] == [200, 200, 429]
    assert ask(other) == 200
    person = APIClient()
    person.force_login(user)
    assert person.get(ADDRESS).status_code == 200
