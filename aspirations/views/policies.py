"""The page of the rules that a system is judged by."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from aspirations.forms import PolicyForm
from aspirations.models import Policy
from aspirations.pages.policy import PolicyPage, policy_page
from aspirations.services import policies
from people.gate import refuse_unless, system_or_404
from people.models import System
from people.permissions import may
from people.services import Conflict
from people.tabs import settings_tabs
from people.versions import VersionedForm, after_conflict, filled


@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest, system: str) -> HttpResponse:
    """The thresholds in force, where they come from, and a new version with its reason."""
    place = system_or_404(request, system, "plan.read")
    if request.method == "POST":
        refuse_unless(request, "plan.write", place)
    page = policy_page(request.user, place)
    form = PolicyForm(filled(request), row=page.latest)
    if request.method != "POST":
        return show(request, place, page, form, 200)
    if not form.is_valid():
        return show(request, place, page, form, 400)
    return saved(request, place, page, form)


def saved(request: HttpRequest, place: System, page: PolicyPage, form: PolicyForm) -> HttpResponse:
    """A new version and back to the page; else the page with what stood in the way."""
    try:
        row = policies.revise(
            system=place, values=form.own_values(), reason=form.cleaned_data["reason"],
            version=form.seen(), actor=request.user, door="page",  # type: ignore[arg-type]
        )  # fmt: skip
    except Conflict as conflict:
        now = conflict.current
        assert isinstance(now, Policy)
        fresh, panel = after_conflict(form, conflict, key=f"version {now.version}")
        page = policy_page(request.user, place)
        return show(request, place, page, fresh, 409, conflict=panel)
    except ValidationError as problem:
        form.refused(problem)
        return show(request, place, page, form, 400)
    messages.success(request, what_follows(row, page.series))
    return redirect("policy", place.slug)


def what_follows(row: Policy | None, series: int) -> str:
    if row is None:
        return _("These are the values in force already. Nothing was changed.")
    words = ngettext(
        "Version %(version)s is in force. %(count)s series will be judged again within a minute.",
        "Version %(version)s is in force. %(count)s series will be judged again within a minute.",
        series,
    )
    return words % {"version": row.version, "count": series}


def show(
    request: HttpRequest, place: System, page: PolicyPage, form: VersionedForm, status: int,
    **more: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        "system": place, "page": page, "form": form,
        "tabs": settings_tabs(request.user, place, "policy"),
        "may_write": may(request.user, "plan.write", place), **more,
    }  # fmt: skip
    return render(request, "aspirations/policy.html", context, status=status)
