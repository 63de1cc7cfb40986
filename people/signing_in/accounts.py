"""How accounts come to be, what mails to them say, and where a second factor is kept."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from people.addresses import absolute
from people.confidential.sealing import MARK, seal, unseal
from people.signing_in.proof import remember_asked
from people.signing_in.second_factor import remember_organisation
from people.signing_in.social import claims_of

# What secrets of second factors are sealed for, so that none can be moved elsewhere and opened.
SEALED_FOR = "mfa.Authenticator.secret"
# What the password was when signing in began, kept in the session until the code is given.
BEGUN_WITH = "signing_in_with"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation, never by signing up; mails name the address of the settings."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse | None:
        request.session[BEGUN_WITH] = user.get_session_auth_hash()
        response: HttpResponse | None = super().pre_login(request, user, **how)
        return response

    def login(self, request: HttpRequest, user: Any) -> None:
        """Between the password and the code, an account may be closed or get a new password."""
        begun = request.session.pop(BEGUN_WITH, None)
        if not user.is_active or begun != user.get_session_auth_hash():
            clear_login(request)
            words = _("Your account or its password changed while you signed in. Start again.")
            messages.error(request, words)
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **how: Any) -> HttpResponse:
        social = (how.get("signal_kwargs") or {}).get("sociallogin")
        if social:
            remember_organisation(request, user, claims_of(social))
            remember_asked(request, user, claims_of(social))
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def format_email_subject(self, subject: str) -> str:
        return f"Headway: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # TRAP: allauth's own would name the host that the request claims to be for.
        told = {**context, "email": email, "site": absolute("/")}
        self.render_mail(template_prefix, email, told).send()

    def get_reset_password_from_key_url(self, key: str) -> str:
        made: str = super().get_reset_password_from_key_url(key)
        return absolute("/" + made.split("/", 3)[3])


class MfaAdapter(DefaultMFAAdapter):
    """Second factors: what they are called, and their secrets kept sealed where there is a key."""

    def encrypt(self, text: str) -> str:
        return seal(text, SEALED_FOR) if settings.CONFIDENTIAL_KEYS else text

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; SealedError where its key is not there. Older ones were kept as they are."""
        if not encrypted_text.startswith(MARK):
            return encrypted_text
        return unseal(encrypted_text, SEALED_FOR)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        """A first name for a passkey; the person may give another."""
        count = Authenticator.objects.filter(user=user.pk, type=type).count()
        return _("Passkey") if not count else _("Passkey %s") % (count + 1)

    def _get_site_name(self) -> str:
        return "Headway"


def ways_to_give_again(user: Any) -> list[dict[str, str]]:
    """Where this person gives a second factor again, with the words of the link."""
    types = set(Authenticator.objects.filter(user=user.pk).values_list("type", flat=True))
    ways = []
    if types & {Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES}:
        ways.append({"url": reverse("mfa_reauthenticate"), "words": _("Give a code")})
    if Authenticator.Type.WEBAUTHN in types:
        url = reverse("mfa_reauthenticate_webauthn")
        ways.append({"url": url, "words": _("Use a passkey")})
    return ways
