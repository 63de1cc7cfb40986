"""Changing ways to sign in: with all factors given, by who showed lately who they are."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.urls import reverse

from people.models import User
from people.services import accounts
from people.tests.codes import code_from, with_app
from people.tests.entering import grow_old, prove
from people.tests.factories import MembershipFactory, UserFactory
from people.tests.installation import administrator

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "a long and quiet phrase"
REASON = "Asked by the head of the unit."
SHOWING = ["mfa_view_recovery_codes", "mfa_download_recovery_codes"]
CHANGING = ["mfa_generate_recovery_codes", "mfa_deactivate_totp", "mfa_add_webauthn"]


@pytest.fixture
def leader() -> User:
    row: Any = MembershipFactory.create(
        system__slug="north", system__second_factor="leaders", role="delivery_leader",
        user__password=PASSWORD,
    )  # fmt: skip
    return row.user


def by_password(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def set_up(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_activate_totp"))
    code = code_from(client.session["mfa.totp.secret"])
    client.post(reverse("mfa_activate_totp"), {"code": code})


def opens(client: Client) -> bool:
    return client.get(reverse("members", args=["north"])).status_code == 200


# --------------------------------------------------------------------------- all factors
@pytest.mark.parametrize("name", [*SHOWING, *CHANGING])
def test_a_session_without_the_factor_is_sent_to_give_it(leader: User, name: str) -> None:
    client = by_password(leader)
    with_app(leader)
    RecoveryCodes.activate(leader)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for response in (client.get(reverse(name)), client.post(reverse(name))):
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("second_factor"))
    assert Authenticator.objects.filter(user=leader).count() == 2


def test_setting_one_up_ends_other_sessions_and_keeps_this_one(leader: User) -> None:
    other, client = by_password(leader), by_password(leader)
    set_up(client)
    assert opens(client)
    assert other.get(reverse("account")).status_code == 302


def test_a_factor_taken_away_no_longer_counts_anywhere(leader: User) -> None:
    client, other = by_password(leader), Client()
    set_up(client)
    spare = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()[0]
    other.post(reverse("account_login"), {"login": leader.email, "password": PASSWORD})
    other.post(reverse("mfa_authenticate"), {"code": spare})
    assert opens(other)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()
    assert not opens(client)
    assert not opens(other)


# --------------------------------------------------------------------------- lately
@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "account_set_password"])
def test_an_old_session_without_password_changes_nothing(client: Client, name: str) -> None:
    user = UserFactory.create()
    prove(client, user, "asked by organisation")
    assert client.get(reverse(name)).status_code == 200
    grow_old(client, hours=5)
    form = {"password1": PASSWORD, "password2": PASSWORD}
    for response in (client.get(reverse(name)), client.post(reverse(name), form)):
        assert response.status_code == 403
        assert "Sign in once more" in response.content.decode()
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_having_set_one_up_shows_nobody_who_is_there(leader: User) -> None:
    client = by_password(leader)
    set_up(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 0 if record.get("added") else 3600
    session.save()
    response = client.get(reverse("mfa_view_recovery_codes"))
    assert response["Location"].startswith(reverse("account_reauthenticate"))


# --------------------------------------------------------------------------- half a sign-in
def test_a_sign_in_that_waits_for_its_code_ends_with_the_account(leader: User) -> None:
    secret, client = with_app(leader), by_password(leader)
    accounts.disable(user=leader, reason=REASON, actor=administrator())
    client.post(reverse("mfa_authenticate"), {"code": code_from(secret)})
    User.objects.filter(pk=leader.pk).update(is_active=True)
    assert client.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("change", ["closed", "password"])
def test_what_changed_before_the_code_stops_the_sign_in(leader: User, change: str) -> None:
    secret, client = with_app(leader), by_password(leader)
    if change == "closed":
        User.objects.filter(pk=leader.pk).update(is_active=False)
    else:
        leader.set_password("another phrase altogether")
        leader.save()
    response = client.post(reverse("mfa_authenticate"), {"code": code_from(secret)}, follow=True)
    assert "_auth_user_id" not in client.session
    assert "changed while you signed in" in response.content.decode()


# --------------------------------------------------------------------------- messages
@pytest.mark.parametrize("ends", ["by hand", "idle"])
def test_a_message_is_not_read_by_whoever_comes_next(leader: User, ends: str) -> None:
    client = by_password(leader)
    client.post(reverse("account"), {"name": "Renamed Leader"})
    if ends == "by hand":
        page = client.post(reverse("account_logout"), follow=True)
        why = "You are signed out."
    else:
        session = client.session
        session["session_seen"] = 1
        session.save()
        page = client.get(reverse("account"), follow=True)
        why = "signed out after an hour"
    assert "Others read this name" not in page.content.decode()
    assert why in page.content.decode()
