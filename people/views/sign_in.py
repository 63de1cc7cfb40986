"""The way in: by password, passkey or the organisation's account; and staying signed in."""

from typing import Any

from allauth.account import views as account
from allauth.account.utils import get_next_redirect_url
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from people.signing_in import sessions
from people.signing_in.identity_provider import IdentityProvider
from people.signing_in.proof import ASK_ANEW
from people.signing_in.social import PROVIDER, Organisation, application, failed, is_configured

# What allauth leaves to its caller where the provider cannot be asked or trusted.
UNREACHABLE = (OAuth2Error, RequestException)


class SignIn(account.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "organisation": settings.OIDC.get("name", "")}


_page = SignIn.as_view()


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The way in. A fragment of a page whose reader is no longer known goes there as a whole."""
    response: HttpResponse = _page(request)
    if request.headers.get("HX-Request") == "true":
        response["HX-Redirect"] = request.get_full_path()
    return response


@login_not_required
@require_POST
def organisation(request: HttpRequest) -> HttpResponse:
    """To the organisation's sign-in. A form and no link, so that no other site can start it.

    Whoever is signed in goes there to show once more who they are, and is asked there.
    """
    if not is_configured():
        raise Http404
    provider = Organisation(request, app=application())
    try:
        response: HttpResponse = provider.redirect(
            request, AuthProcess.LOGIN, next_url=get_next_redirect_url(request), **anew(request)
        )
    except UNREACHABLE as fault:
        return failed(request, fault)
    return response


def anew(request: HttpRequest) -> dict[str, Any]:
    """What the provider is told besides, and our own note, where this is proof once more."""
    if not request.user.is_authenticated:
        return {}
    return {"auth_params": dict(ASK_ANEW), "sent_to_prove": sessions.now()}


@login_not_required
@require_safe
def organisation_callback(request: HttpRequest) -> HttpResponse:
    """Back from it. Whatever is amiss ends at a page that says what to do."""
    if not is_configured():
        raise Http404
    view = OAuth2CallbackView.adapter_view(IdentityProvider(request, PROVIDER))
    try:
        response: HttpResponse = view(request)
    except ImmediateHttpResponse as refusal:
        response = refusal.response
    except UNREACHABLE as fault:
        response = failed(request, fault)
    return response


@require_safe
def session_left(request: HttpRequest) -> HttpResponse:
    """How many seconds the session still lasts; asking does not prolong it."""
    return told(request)


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: the request itself prolongs the session."""
    request.session[sessions.SEEN] = sessions.now()
    if "json" in request.headers.get("Accept", ""):
        return told(request)
    return HttpResponseRedirect(get_next_redirect_url(request) or reverse("home"))


def told(request: HttpRequest) -> JsonResponse:
    idle, whole = sessions.idle_left(request), sessions.whole_left(request)
    return JsonResponse({"left": min(idle, whole), "may_stay": whole > idle})
