"""Talking to the organisation's identity provider: what it offers, its keys, and who came back."""

import hashlib
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse

from people.addresses import absolute
from people.signing_in import id_tokens

NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
# Of all that a provider tells, only what is used is kept.
KEPT = ("iss", "sub", "email", "email_verified", "amr", "auth_time")


class IdentityProvider(OpenIDConnectOAuth2Adapter):
    """One visit to the provider, there or back. OAuth2Error where it cannot be trusted."""

    verifier = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        if not hasattr(self, "_checked"):
            self._checked = self.discovered()
        return self._checked

    def discovered(self) -> dict[str, Any]:
        """What the provider says of itself; it must be the one of the settings."""
        provider = self.get_provider()
        config = self.fetch(provider.server_url)
        if not all(isinstance(config.get(name), str) for name in NEEDED):
            raise OAuth2Error("The provider does not describe itself.")
        if config["issuer"].rstrip("/") != provider.app.settings["server_url"]:
            raise OAuth2Error("The provider is not the one of the settings.")
        return config

    def fetch(self, url: str, **headers: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(url, headers=headers)
            response.raise_for_status()
            found = response.json()
        if not isinstance(found, dict):
            raise OAuth2Error(f"{url} answers no object.")
        return found

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return absolute(reverse("organisation_callback"))

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: Any = None
    ) -> Any:
        self.verifier = pkce_code_verifier or ""
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        claims = id_tokens.read(
            kwargs["response"].get("id_token") or "",
            keys=self.fetch(self.openid_config["jwks_uri"]), issuer=self.openid_config["issuer"],
            client=app.client_id, nonce=id_tokens.nonce_of(self.verifier),
        )  # fmt: skip
        if "email" not in claims and "userinfo_endpoint" in self.openid_config:
            claims = {**self.user_info(token, claims["sub"]), **claims}
        kept = {name: claims[name] for name in KEPT if name in claims}
        kept["uid"] = uid_of(claims)
        return self.get_provider().sociallogin_from_response(request, {"id_token": kept})

    def user_info(self, token: SocialToken, subject: str) -> dict[str, Any]:
        """The address, where the ID token leaves it out; only if it is the same person's."""
        address = self.openid_config["userinfo_endpoint"]
        said = self.fetch(address, Authorization=f"Bearer {token.token}")
        if said.get("sub") != subject:
            raise OAuth2Error("The provider describes another person.")
        return {name: said[name] for name in ("email", "email_verified") if name in said}


def uid_of(claims: dict[str, Any]) -> str:
    """Who this is, among all issuers: a subject alone is unique only at its own."""
    return hashlib.sha256(f"{claims['iss']}\n{claims['sub']}".encode()).hexdigest()
