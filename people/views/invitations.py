"""Taking up an invitation, by the link in the mail."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.forms.members import JoinForm
from people.labels import role_name
from people.models import Appointment, Invitation, User
from people.services.invitations import accept, find, has_account, join
from people.signing_in.limits import limit


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """What is offered and by whom. Reading changes nothing; posting takes it up, step by step."""
    refusal = limit(request, "accept_invitation")
    if refusal:
        return refusal
    row = find(secret)
    if row is None:
        return render(request, "people/invitation_over.html", status=404)
    if request.user.is_authenticated:
        return known(request, row, secret)
    if request.method != "POST":
        return render(request, "people/invitation_first.html", context_of(row))
    if has_account(row):
        # Whether there is an account is told only to who takes the first step with the link.
        messages.info(request, _("Sign in as %s to accept.") % row.email)
        return redirect_to_login(request.path)
    return new(request, row, secret)


def known(request: HttpRequest, row: Invitation, secret: str) -> HttpResponse:
    """For who has an account: accept as that very person."""
    user: Any = request.user
    is_theirs = user.email.lower() == row.email
    context = context_of(row) | {"is_theirs": is_theirs}
    if request.method != "POST" or not is_theirs:
        status = 403 if request.method == "POST" else 200
        return render(request, "people/invitation_known.html", context, status=status)
    try:
        made = accept(secret=secret, user=user)
    except ValidationError:
        return render(request, "people/invitation_over.html", status=404)
    say(request, row, made)
    return redirect("home")


def new(request: HttpRequest, row: Invitation, secret: str) -> HttpResponse:
    """For who has none: a name and a password, and they are in."""
    begins = "password" not in request.POST
    form = JoinForm(None if begins else request.POST)
    if form.is_valid():
        try:
            user, made = join(secret=secret, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            say(request, row, made)
            return signed_in(request, user)
    context = context_of(row) | {"form": form}
    status = 200 if begins else 400
    return render(request, "people/invitation_new.html", context, status=status)


def signed_in(request: HttpRequest, user: User) -> HttpResponse:
    """Through the sign-in of every day, so that whatever it asks or notes is asked and noted."""
    way_in = Login(user=user, redirect_url=reverse("home"))
    response: HttpResponse = perform_password_login(request, {"email": user.email}, way_in)
    return response


def context_of(row: Invitation) -> dict[str, Any]:
    """The words of the page; the system itself is not handed on, as its frame is not theirs yet."""
    return {"invitation": row, "place": row.system, "role": role_name(row.system, row.role)}


def say(request: HttpRequest, row: Invitation, made: Any) -> None:
    names = {"system": row.system, "role": role_name(row.system, row.role)}
    if isinstance(made, Appointment):
        words = _("You are proposed as %(role)s of %(system)s. A leader in post decides.")
    else:
        words = _("You are %(role)s of %(system)s now.")
    messages.success(request, words % names)
