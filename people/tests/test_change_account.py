"""What administrators do to accounts: with a reason, never to themselves, and one always stays."""

from threading import Barrier, Thread
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from people.models import AuditEntry, Token, User
from people.services import accounts
from people.tests.factories import MembershipFactory, UserFactory
from people.tests.installation import (
    REASON,
    administrator,
    assert_methods,
    assert_only_administrators,
    client_of,
)
from people.tokens import issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> User:
    return administrator(email="root@example.org", name="Root")


@pytest.fixture
def ann() -> User:
    user: User = MembershipFactory(
        user__email="ann@example.org", user__name="Ann", system__slug="north",
        role="delivery_leader",
    ).user  # fmt: skip
    return user


def address(user: User, act: str) -> str:
    return reverse("change_account", args=[user.pk, act])


def do(by: User, user: User, act: str, reason: str = REASON) -> Any:
    return client_of(by).post(address(user, act), {"reason": reason}, follow=True)


def token_of(user: User) -> APIClient:
    system = user.memberships.get().system
    token = issue(user=user, system=system, role="viewer", name="Warehouse", days=9)[1]
    return APIClient(headers={"Authorization": f"Bearer {token}"})


def line() -> AuditEntry:
    """The one line of the installation's trail."""
    return AuditEntry.objects.get(system=None)


# --- closing and opening ---------------------------------------------------------------------


def test_a_closed_account_is_out_at_the_next_click_and_so_are_its_programs(
    root: User, ann: User
) -> None:
    session, program = client_of(ann), token_of(ann)
    assert session.get("/north/").status_code == 200
    assert program.get("/api/v1/systems/").status_code == 200
    assert (
        "Close the account of Ann?" in client_of(root).get(address(ann, "disable")).content.decode()
    )
    answer = do(root, ann, "disable")
    assert answer.redirect_chain == [(f"/installation/people/{ann.pk}/", 302)]
    assert "The account of Ann is closed." in answer.content.decode()
    assert session.get("/north/")["Location"].startswith("/accounts/login/")
    assert program.get("/api/v1/systems/").status_code == 401
    entry = line()
    assert (entry.action, entry.object_key, entry.actor) == ("disable account", ann.email, root)
    assert (entry.reason, entry.door, entry.role) == (REASON, "page", "administrator")
    assert (entry.before, entry.after) == ({"is_active": True}, {"is_active": False})


def test_opening_it_again_wakes_the_programs_and_no_session(root: User, ann: User) -> None:
    session, program = client_of(ann), token_of(ann)
    do(root, ann, "disable")
    assert do(root, ann, "enable").status_code == 200
    assert program.get("/api/v1/systems/").status_code == 200
    assert session.get("/north/").status_code == 302
    assert client_of(ann).get("/north/").status_code == 200


def test_the_sessions_of_others_go_on(root: User, ann: User) -> None:
    other = UserFactory()
    client = client_of(other)
    do(root, ann, "disable")
    assert client.get("/", {"all": "1"}).status_code == 200


# --- administrators --------------------------------------------------------------------------


def test_an_administrator_is_made_and_ended(root: User, ann: User) -> None:
    client = client_of(ann)
    assert client.get("/installation/").status_code == 404
    do(root, ann, "make-administrator")
    assert client.get("/installation/").status_code == 200
    do(root, ann, "end-administrator")
    assert client.get("/installation/").status_code == 404
    actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["make administrator", "end administrator"]


ALL = ["disable", "enable", "make-administrator", "end-administrator", "end-second-factor",
       "revoke-tokens"]  # fmt: skip


@pytest.mark.parametrize("act", ALL)
def test_nobody_does_it_to_themselves(root: User, act: str) -> None:
    """So the last administrator stays one."""
    answer = do(root, root, act)
    assert answer.status_code == 400
    assert "Nobody does this to their own account" in answer.content.decode()
    root.refresh_from_db()
    assert root.is_active
    assert root.is_staff
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("act", [accounts.disable, accounts.end_administrator])
def test_who_was_an_administrator_a_moment_ago_does_nothing(
    root: User, act: Any, ann: User
) -> None:
    User.objects.filter(pk=root.pk).update(is_staff=False)
    with pytest.raises(ValidationError, match="no longer an administrator"):
        act(user=ann, reason=REASON, actor=root)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [accounts.disable, accounts.end_administrator])
def test_of_two_who_end_each_other_one_stays(act: Any) -> None:
    one, other = administrator(), administrator()
    ready, refused = Barrier(2), []

    def end(user: User, actor: User) -> None:
        ready.wait(10)
        try:
            act(user=user, reason=REASON, actor=actor)
        except ValidationError as problem:
            refused.append(problem)
        finally:
            connection.close()

    threads = [Thread(target=end, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert User.objects.administrators().count() == 1


# --- second factor and tokens ----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_lost_phone_is_forgotten_and_its_owner_told(root: User, ann: User) -> None:
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=ann, type=kind, data={"secret": "abc"})
    session = client_of(ann)
    assert do(root, ann, "end-second-factor").status_code == 200
    assert not Authenticator.objects.exists()
    assert session.get("/north/").status_code == 302
    [letter] = mail.outbox
    assert letter.to == ["ann@example.org"]
    assert "/accounts/2fa/" in letter.body
    assert "&" not in letter.body
    entry = line()
    assert entry.before == {"second_factor": ["recovery_codes", "totp"]}
    assert (entry.action, entry.reason) == ("end second factor", REASON)


@pytest.mark.django_db(transaction=True)
def test_mail_that_cannot_be_sent_undoes_nothing(
    root: User, ann: User, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.missing.EmailBackend"
    Authenticator.objects.create(user=ann, type="totp", data={})
    assert do(root, ann, "end-second-factor").status_code == 200
    assert not Authenticator.objects.exists()
    assert "could not be sent" in caplog.text


def test_every_token_of_a_person_is_revoked(root: User, ann: User) -> None:
    program, others = token_of(ann), token_of(MembershipFactory(role="delivery_leader").user)
    do(root, ann, "revoke-tokens")
    assert program.get("/api/v1/systems/").status_code == 401
    assert others.get("/api/v1/systems/").status_code == 200
    assert Token.objects.count() == 1
    entry = AuditEntry.objects.get(action="revoke token")
    assert (entry.system, entry.actor) == (ann.memberships.get().system, root)
    assert entry.reason == REASON


# --- the door --------------------------------------------------------------------------------


MEANINGLESS = {
    "enable": "is open already",
    "end-administrator": "is no administrator",
    "end-second-factor": "has set up no second factor",
    "revoke-tokens": "has no token",
}


@pytest.mark.parametrize("act", sorted(MEANINGLESS))
def test_what_makes_no_sense_is_refused(root: User, ann: User, act: str) -> None:
    answer = do(root, ann, act)
    assert answer.status_code == 400
    assert f"Ann {MEANINGLESS[act]}" in answer.content.decode().replace("account of Ann", "Ann")
    assert REASON in answer.content.decode()
    assert not AuditEntry.objects.exists()


def test_a_closed_account_becomes_no_administrator_and_closes_once(root: User, ann: User) -> None:
    do(root, ann, "disable")
    assert "is closed. Open it first" in do(root, ann, "make-administrator").content.decode()
    assert "is closed already" in do(root, ann, "disable").content.decode()
    assert (
        "is an administrator already"
        in do(root, administrator(name="A"), "make-administrator").content.decode()
    )


@pytest.mark.parametrize("act", ALL)
@pytest.mark.parametrize("reason", ["", "because"])
def test_it_needs_a_reason(root: User, ann: User, act: str, reason: str) -> None:
    token_of(ann)
    Authenticator.objects.create(user=ann, type="totp", data={})
    if act == "enable":
        User.objects.filter(pk=ann.pk).update(is_active=False)
    if act == "end-administrator":
        User.objects.filter(pk=ann.pk).update(is_staff=True)
    answer = do(root, ann, act, reason)
    assert answer.status_code == 400
    assert "Say why" in answer.content.decode()
    assert not AuditEntry.objects.filter(system=None).exists()
    assert Token.objects.exists()
    assert Authenticator.objects.exists()


def test_only_administrators_find_it(ann: User) -> None:
    for act in ALL:
        assert_only_administrators(address(ann, act))


def test_what_is_no_act_or_no_account_is_not_found(root: User, ann: User) -> None:
    client = client_of(root)
    for act in ("delete", "anything"):
        assert client.post(address(ann, act), {"reason": REASON}).status_code == 404
    assert client.post("/installation/people/0/disable/", {"reason": REASON}).status_code == 404


def test_reading_the_page_changes_nothing(root: User, ann: User) -> None:
    client = client_of(root)
    sessions = Session.objects.count()
    for act in ALL:
        assert client.get(address(ann, act)).status_code == 200
    ann.refresh_from_db()
    assert ann.is_active
    assert not ann.is_staff
    assert Session.objects.count() == sessions


def test_without_the_forms_own_token_nothing_happens(root: User, ann: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(root)
    assert client.post(address(ann, "disable"), {"reason": REASON}).status_code == 403


def test_other_methods_are_refused(ann: User) -> None:
    assert_methods(address(ann, "disable"), {"get", "post"})
