"""The list of stocktakes, and the forms that plan, change and call off one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.gate import by, row_to_act_on, system_or_404, system_to_act_in
from people.models import System
from people.permissions import may
from people.services import Conflict
from people.versions import VersionedForm, after_conflict, filled, status_of
from routines import services
from routines.forms import CancelForm, StocktakeForm
from routines.models import Stocktake
from routines.pages.stocktakes import StocktakesPage

SEE, WRITE = "routine.read", "routine.write"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def stocktakes(request: HttpRequest, system: str) -> HttpResponse:
    """When stock is taken next, and when it was."""
    place = system_or_404(request, system, SEE)
    context = {
        "system": place, "page": StocktakesPage(place),
        "may_write": may(request.user, WRITE, place),
    }  # fmt: skip
    return render(request, "routines/stocktake_list.html", context)


@FORM
def plan_stocktake(request: HttpRequest, system: str) -> HttpResponse:
    """Plan a stocktake."""
    place = system_to_act_in(request, system, read=SEE, act=WRITE)
    form = StocktakeForm(filled(request), row=Stocktake(system=place))
    if request.method == "POST" and form.is_valid():
        try:
            services.plan(system=place, **form.values(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("The stocktake is planned."))
            return redirect("stocktakes", place.slug)
    words = {"title": _("Plan a stocktake"), "act": _("Plan it")}
    return form_page(request, place, form, **words)


@FORM
def change_stocktake(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Move a stocktake, or say otherwise what it is about and who chairs."""
    row = to_write(request, system, pk)
    form: VersionedForm = StocktakeForm(filled(request), row=row)
    panel = None
    if request.method == "POST" and form.is_valid():
        try:
            services.change(stocktake=row, values=form.values(), version=form.seen(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict)
        else:
            messages.success(request, _("Saved."))
            return redirect("stocktakes", system)
    words = {"title": _("Change the stocktake"), "act": _("Save")}
    return form_page(request, row.system, form, conflict=panel, **words)


@FORM
def cancel_stocktake(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Call a stocktake off, with a reason."""
    row = to_write(request, system, pk)
    form = CancelForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel(stocktake=row, reason=form.cleaned_data["reason"], **by(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The stocktake is called off."))
            return redirect("stocktakes", system)
    words = {"title": _("Call the stocktake off"), "act": _("Call it off")}
    return form_page(request, row.system, form, row=row, **words)


def to_write(request: HttpRequest, system: str, pk: int) -> Stocktake:
    """404 where it may not be read, 403 where only read."""
    row: Stocktake = row_to_act_on(
        request, Stocktake, read=SEE, act=WRITE, system__slug=system, pk=pk
    )
    return row


def form_page(request: HttpRequest, place: System, form: Any, **more: Any) -> HttpResponse:
    """The form with what was typed: 400 with what is wrong, 409 beside what another saved."""
    context = {"system": place, "form": form, **more}
    status = status_of(request, more.get("conflict"))
    return render(request, "routines/stocktake_form.html", context, status=status)
