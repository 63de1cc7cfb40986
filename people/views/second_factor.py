"""Where a system asks for a second factor: how to give one, and how to get one."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from people.gate import with_second_factor
from people.models import System
from people.permissions import lacks_second_factor
from people.signing_in.accounts import ways_to_give_again
from people.signing_in.second_factor import has_one


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """What asks, and what to do; whoever gave one meanwhile goes on to where they wanted."""
    back = get_next_redirect_url(request) or reverse("home")
    if not lacks_second_factor(request.user):
        return redirect(back)
    context = {
        "place": asking(request, back),
        "again": ways_to_give_again(request.user) if has_one(request.user) else [],
        "next": urlencode({"next": back}),
    }
    response = render(request, "people/second_factor.html", context)
    if request.headers.get("HX-Request") == "true":
        response["HX-Redirect"] = request.get_full_path()
    return response


def asking(request: HttpRequest, back: str) -> System | None:
    """The system that the person wanted to open, if it would open with a second factor."""
    try:
        slug = resolve(back.split("?")[0]).kwargs.get("system")
    except Resolver404:
        return None
    satisfied = with_second_factor(request.user)
    return System.objects.visible_to(satisfied, "system.read").filter(slug=slug).first()


class KeepsTheWay:
    """Leads on to where the person wanted, by the address handed along from page to page."""

    request: HttpRequest

    def get_success_url(self) -> str:
        onward: str = super().get_success_url()  # type: ignore[misc]
        back = get_next_redirect_url(self.request)
        return f"{onward}?{urlencode({'next': back})}" if back else onward


class ActivateTotp(KeepsTheWay, ActivateTOTPView):
    pass


class AddPasskey(KeepsTheWay, AddWebAuthnView):
    pass


class RecoveryCodes(ViewRecoveryCodesView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        lines = "\n".join(context["unused_codes"])
        return {**context, "lines": lines, "back": get_next_redirect_url(self.request)}


activate_totp = ActivateTotp.as_view()
add_passkey = AddPasskey.as_view()
recovery_codes = RecoveryCodes.as_view()
