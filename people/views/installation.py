"""The installation's own pages: its systems, where they lie, and how it is set up."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.forms.installation import PlaceForm, SystemForm
from people.gate import administrators_only
from people.installation import state, systems_for, waiting_for_administrators
from people.models import System
from people.services import Conflict
from people.services.systems import create_system
from people.services.systems import place_system as move
from people.versions import after_conflict, filled

SYSTEMS_A_PAGE = 100


@require_safe
def installation(request: HttpRequest) -> HttpResponse:
    """Every system with its leaders, what waits for an administrator, and how this is set up."""
    administrators_only(request)
    page = Paginator(systems_for(request.user), SYSTEMS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "state": state(), "waiting": waiting_for_administrators(request.user),
        "leaderless": sum(not row.leaders for row in page),  # type: ignore[attr-defined]
    }  # fmt: skip
    return render(request, "people/installation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_system(request: HttpRequest) -> HttpResponse:
    """Make a system; whoever makes it is its first leader, and is led into it."""
    administrators_only(request)
    form = SystemForm(filled(request), above=every_system(request))
    if request.method == "POST" and form.is_valid() and created(form, request):
        return redirect("dashboard", form.cleaned_data["slug"])
    status = 400 if request.method == "POST" else 200
    return render(request, "people/installation_system.html", {"form": form}, status=status)


def created(form: SystemForm, request: HttpRequest) -> bool:
    """Whether the system was made; else the form says why not."""
    try:
        row = create_system(actor=request.user, door="page", **form.cleaned_data)  # type: ignore[arg-type]
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    words = _("%s is there, and you are its first leader. Invite its people on its members page.")
    messages.success(request, words % row)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def place_system(request: HttpRequest, system: str) -> HttpResponse:
    """Move a system beneath another, with a reason: who reads it changes."""
    administrators_only(request)
    row = get_object_or_404(every_system(request), slug=system)
    form = PlaceForm(filled(request), row=row, above=others(request, row))
    panel, status = None, 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            if moved(form, request, row):
                return redirect("installation")
        except Conflict as conflict:
            found, panel = after_conflict(form, conflict, key=row.slug)
            form, status = found, 409  # type: ignore[assignment]
    context = {"form": form, "conflict": panel, "row": row}
    return render(request, "people/installation_place.html", context, status=status)


def moved(form: PlaceForm, request: HttpRequest, row: System) -> bool:
    """Whether the system lies where it should; else the form says why not. Raises Conflict."""
    data = form.cleaned_data
    try:
        changed = move(
            system=row, parent=data["parent"], reason=data["reason"], version=form.seen(),
            actor=request.user, door="page",  # type: ignore[arg-type]
        )  # fmt: skip
    except ValidationError as problem:
        form.refused(problem)
        return False
    words = _("%s has its new place.") if changed else _("%s lies there already.")
    messages.success(request, words % row)
    return True


def every_system(request: HttpRequest) -> QuerySet[System]:
    return System.objects.visible_to(request.user, "members.read").order_by("name", "pk")


def others(request: HttpRequest, row: System) -> Any:
    """Systems this one could lie beneath: not itself, and nothing beneath it."""
    within = System.objects.visible_to(request.user, "members.read").within([row.pk])
    return every_system(request).exclude(pk__in=within.values("pk"))
