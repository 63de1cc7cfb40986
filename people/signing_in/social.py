"""Signing in with the organisation's account, by OpenID Connect.

One provider, named in the settings (`OIDC`). It opens accounts that exist and makes none. A person
is known there by issuer and subject; the e-mail address only links the two the first time.
"""

import logging
from typing import Any

from allauth.account.adapter import get_adapter as accounts
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.models import User
from people.services import record
from people.signing_in.id_tokens import nonce_of
from people.signing_in.identity_provider import IdentityProvider
from people.signing_in.proof import asked_since

log = logging.getLogger(__name__)
PROVIDER = "organisation"
# What a refusal says, by its reason. Nobody learns from it whether an account exists.
STATUS = {"cancelled": 200, "unverified": 403, "unknown": 403, "failed": 400}


def is_configured() -> bool:
    return bool(settings.OIDC)


def application() -> SocialApp:
    return SocialApp(
        provider="openid_connect", provider_id=PROVIDER, name=settings.OIDC["name"],
        client_id=settings.OIDC["client_id"], secret=settings.OIDC["client_secret"],
        settings={"server_url": settings.OIDC["issuer"].rstrip("/"), "uid_field": "uid"},
    )  # fmt: skip


class Organisation(OpenIDConnectProvider):
    """The provider, with a code challenge and a nonce on each way there."""

    oauth2_adapter_class = IdentityProvider

    def get_pkce_params(self) -> dict[str, Any]:
        challenge: dict[str, Any] = generate_code_challenge()
        return {**challenge, "nonce": nonce_of(challenge["code_verifier"])}

    def get_default_scope(self) -> list[str]:
        return ["openid", "email"]


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Signs in who has an account; refuses all others with the same page."""

    def list_apps(self, request: Any, provider: Any = None, client_id: Any = None) -> list[Any]:
        asked = provider in {None, PROVIDER, "openid_connect"}
        return [application()] if is_configured() and asked else []

    def get_provider(self, request: Any, provider: str, client_id: Any = None) -> Organisation:
        return Organisation(request, app=self.get_app(request, provider))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Never here: `pre_social_login` links by address, once and with a trail."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        sent = sociallogin.state.get("sent_to_prove")
        if sent and not asked_since(claims_of(sociallogin), sent):
            fault = OAuth2Error("The provider did not ask anew, or does not say so (auth_time).")
            raise ImmediateHttpResponse(failed(request, fault))
        if sociallogin.is_existing:
            if not sociallogin.user.is_active:
                raise ImmediateHttpResponse(refused(request, "unknown"))
            return
        email = verified_email(claims_of(sociallogin))
        if not email:
            raise ImmediateHttpResponse(refused(request, "unverified"))
        user = link(sociallogin.account, email)
        if user is None:
            raise ImmediateHttpResponse(refused(request, "unknown"))
        sociallogin.user = user
        accounts(request).send_notification_mail("socialaccount/email/account_connected", user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        **_: Any,
    ) -> None:
        cancelled = error == AuthError.CANCELLED
        answer = refused(request, "cancelled") if cancelled else failed(request, exception)
        raise ImmediateHttpResponse(answer)


def claims_of(sociallogin: SocialLogin) -> dict[str, Any]:
    """What the ID token of this sign-in says."""
    claims: dict[str, Any] = sociallogin.account.extra_data.get("id_token", {})
    return claims


def verified_email(claims: dict[str, Any]) -> str:
    """The address, if the provider states that it is the person's; else nothing."""
    if claims.get("email_verified") not in {True, "true"}:
        return ""
    return str(claims.get("email") or "")


@transaction.atomic
def link(account: SocialAccount, email: str) -> User | None:
    """The account of this address, now linked with who the provider says this is.

    None where there is no such account, it is closed, or another person there is linked with it:
    an address that went to a newcomer must not bring along what its former owner could read.
    """
    rows = User.objects.select_for_update().filter(email__iexact=email, is_active=True)
    user = next((row for row in rows if is_same(row.email, email)), None)
    if user is None or SocialAccount.objects.filter(user=user, provider=PROVIDER).exists():
        return None
    account.user = user
    account.save()
    record(
        system=None, action="link with organisation", on=user, key=user.email, actor=user,
        door="page", after={"issuer": settings.OIDC["issuer"]},
    )  # fmt: skip
    return user


def is_same(one: str, other: str) -> bool:
    """Whether two addresses differ at most in the case of A to Z.

    TRAP: databases and Python hold ſ and s, ı and i, or K and the sign for kelvin for one letter
    in two cases; such addresses are two mailboxes.
    """
    return one.encode().lower() == other.encode().lower()


def failed(request: HttpRequest, fault: Exception | None) -> HttpResponse:
    """The page says what to do, the log why: it is for whoever looks after the installation."""
    log.warning("Sign-in of the organisation failed: %s", fault or "unknown or used state")
    return refused(request, "failed")


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    context = {"reason": reason, "organisation": settings.OIDC["name"]}
    return render(request, "socialaccount/refused.html", context, status=STATUS[reason])
