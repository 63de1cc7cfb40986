"""The settings of a system: its particulars, and the words it uses."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.forms.settings import GeneralForm, WordsForm
from people.gate import refuse_unless, system_or_404
from people.models import System
from people.permissions import may
from people.services import Conflict
from people.services.settings import change_settings
from people.tabs import settings_tabs
from people.versions import Panel, VersionedForm, after_conflict, filled


@require_http_methods(["GET", "HEAD", "POST"])
def general(request: HttpRequest, system: str) -> HttpResponse:
    """Name, dates and the second factor."""
    place = open_settings(request, system)
    return answer(request, place, GeneralForm(filled(request), row=place), "settings")


@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, system: str) -> HttpResponse:
    """What the system calls aspirations, metrics, segments and roles."""
    place = open_settings(request, system)
    return answer(request, place, WordsForm(filled(request), row=place), "settings_words")


def open_settings(request: HttpRequest, slug: str) -> System:
    """The system: 404 unless its settings may be read, 403 to a change by who only reads them."""
    place = system_or_404(request, slug, "settings.read")
    if request.method == "POST":
        refuse_unless(request, "system.write", place)
    return place


def answer(request: HttpRequest, place: System, form: VersionedForm, page: str) -> HttpResponse:
    """Saved and back to the page; else the page with what was typed and what is wrong with it."""
    if request.method != "POST":
        return show(request, place, form, page, None, 200)
    if not form.is_valid():
        return show(request, place, form, page, None, 400)
    try:
        changed = change_settings(
            system=place, values=values_of(form), version=form.seen(),
            actor=request.user, door="page",  # type: ignore[arg-type]
        )  # fmt: skip
    except Conflict as conflict:
        form, panel = after_conflict(form, conflict, key=place.slug)
        return show(request, place, form, page, panel, 409)
    except ValidationError as problem:
        form.refused(problem)
        return show(request, place, form, page, None, 400)
    messages.success(request, _("Saved.") if changed else _("Nothing was changed."))
    return redirect(page, place.slug)


def values_of(form: VersionedForm) -> dict[str, Any]:
    return {"labels": form.labels()} if isinstance(form, WordsForm) else form.values()


def show(
    request: HttpRequest,
    place: System,
    form: VersionedForm,
    page: str,
    panel: Panel | None,
    status: int,
) -> HttpResponse:
    context = {
        "system": place, "form": form, "conflict": panel,
        "tabs": settings_tabs(request.user, place, page),
        "may_write": may(request.user, "system.write", place),
    }  # fmt: skip
    return render(request, f"people/{page}.html", context, status=status)
