"""The pages of a system's tokens: who lets which program in, and for how long."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from people.forms.tokens import TokenForm
from people.gate import refuse_unless, system_or_404, system_to_act_in
from people.models import System, Token
from people.permissions import may
from people.tokens import issue, revoke
from people.versions import filled


@require_safe
def tokens(request: HttpRequest, system: str) -> HttpResponse:
    """Every token of the system, those that have ended included."""
    place = system_or_404(request, system, "token.read")
    rows = list(tokens_of(request, place).with_makers())
    context = {
        "system": place, "rows": rows, "living": sum(row.state() == "works" for row in rows),
        "may_make": may(request.user, "token.write", place),
        "may_revoke": may(request.user, "token.revoke", place),
    }  # fmt: skip
    return render(request, "people/token_list.html", context)


@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
def make_token(request: HttpRequest, system: str) -> HttpResponse:
    """Make a token. The answer to the form is the one page that ever shows it."""
    place = system_to_act_in(request, system, read="token.read", act="token.write")
    form = TokenForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            row, token = issue(
                user=request.user, system=place, door="page",  # type: ignore[arg-type]
                **form.values(),
            )  # fmt: skip
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return shown_once(request, place, row, token)
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "system": place}
    return render(request, "people/token_form.html", context, status=status)


@sensitive_variables("token", "context")
def shown_once(request: HttpRequest, place: System, row: Token, token: str) -> HttpResponse:
    """TRAP: no redirect, message or session between here and the reader: each would keep it."""
    api = request.build_absolute_uri(f"/api/v1/systems/{place.slug}/")
    context = {"system": place, "row": row, "token": token, "api": api}
    response = render(request, "people/token_made.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_token(request: HttpRequest, system: str, key: str) -> HttpResponse:
    """Ask whether it shall end, then end it."""
    place = system_or_404(request, system, "token.read")
    row = get_object_or_404(tokens_of(request, place), token_key=key)
    refuse_unless(request, "token.revoke", place)
    if request.method == "POST":
        revoke(row, actor=request.user, door="page")  # type: ignore[arg-type]
        messages.success(request, _("“%s” is shut out from its next request on.") % row.name)
        return redirect("tokens", place.slug)
    return render(request, "people/token_revoke.html", {"row": row, "system": place})


def tokens_of(request: HttpRequest, place: System) -> Any:
    return Token.objects.visible_to(request.user, "token.read").filter(system=place)
