"""The one list of actions, and saying what came of one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.forms.actions import SettleForm
from people.gate import by, refuse_unless, row_or_404, system_or_404
from people.models import Action
from people.services import Conflict
from people.services.actions import may_settle
from people.versions import VersionedForm, after_conflict, filled, status_of
from routines import services
from routines.pages.actions import ActionsPage

SEE, WRITE = "routine.read", "routine.write"


@require_safe
def actions(request: HttpRequest, system: str) -> HttpResponse:
    """Every action the system shares: late ones first, `?owner=` and `?state=` to narrow it."""
    place = system_or_404(request, system, SEE)
    page = ActionsPage(place, request.user, request.GET)
    return render(request, "routines/action_list.html", {"system": place, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def settle_action(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Say that an action is done or dropped, for the unit or the office that owns it."""
    row: Action = row_or_404(request, Action, SEE, system__slug=system, pk=pk)
    refuse_unless(request, WRITE, row.system)
    if not may_settle(request.user, row):
        raise PermissionDenied
    form: VersionedForm = SettleForm(filled(request), row=row)
    panel = None
    if isinstance(form, SettleForm) and request.method == "POST" and form.is_valid():
        try:
            services.settle_action(action=row, **form.settled(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict)
        else:
            messages.success(request, _("Saved."))
            return redirect("actions", system)
    context = {"system": row.system, "row": row, "form": form, "conflict": panel}
    status = status_of(request, panel)
    return render(request, "routines/action_form.html", context, status=status)
