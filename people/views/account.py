"""One's own account: name, roles, and where one is signed in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.forms.members import NameForm
from people.labels import role_name
from people.models import Membership, Token
from people.services import Conflict
from people.services.accounts import end_other_sessions, rename
from people.services.roles import leave
from people.versions import filled


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and in which systems."""
    form = NameForm(filled(request), instance=None, initial={"name": request.user.name})  # type: ignore[union-attr]
    if request.method == "POST" and form.is_valid():
        rename(user=request.user, name=form.cleaned_data["name"])  # type: ignore[arg-type]
        messages.success(request, _("Saved. Others read this name from now on."))
        return redirect("account")
    roles = [
        (row, role_name(row.system, row.role)) for row in own(request).order_by("system__name")
    ]
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "roles": roles, "tokens": tokens_of(request)}
    return render(request, "people/account.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_system(request: HttpRequest, pk: int) -> HttpResponse:
    """Give one's own role back."""
    row = get_object_or_404(own(request), pk=pk)
    name = role_name(row.system, row.role)
    if request.method == "POST":
        try:
            leave(membership=row, actor=request.user)  # type: ignore[arg-type]
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        except Conflict:
            messages.error(request, _("Your role was changed meanwhile. Look again."))
        else:
            words = _("You are no longer %(role)s of %(system)s.")
            messages.success(request, words % {"role": name, "system": row.system})
        return redirect("account")
    return render(request, "people/account_leave.html", {"row": row, "role": name})


@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every other session of this person."""
    count = end_other_sessions(request.user, request.session.session_key or "")  # type: ignore[arg-type]
    words = _("You are signed out everywhere else (%s).")
    messages.success(request, words % count)
    return redirect("account")


def tokens_of(request: HttpRequest) -> Any:
    """What this person made for programs, where they may still see it."""
    rows = Token.objects.visible_to(request.user, "token.read").filter(user=request.user.pk)
    return rows.select_related("system").order_by("system__name", "name")


def own(request: HttpRequest) -> Any:
    rows = Membership.objects.visible_to(request.user).filter(user=request.user.pk)
    return rows.select_related("system", "user")
