"""The panel agrees on one element."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.gate import by, row_to_act_on
from people.local_time import render_there
from people.services import Conflict
from people.versions import after_conflict, filled, status_of
from reviews.forms.agreed import AgreedForm
from reviews.models import AgreedScore, Element, Round
from reviews.pages.result import Result
from reviews.pages.results import Results
from reviews.services import agreed
from reviews.views.refusals import refused
from reviews.views.results import element_or_404

PAGE = "reviews/result_agree.html"


@require_http_methods(["GET", "HEAD", "POST"])
def agree_score(request: HttpRequest, system: str, pk: int, code: str) -> HttpResponse:
    """Write down what the panel agrees on one element, with its reason and any dissent."""
    row: Round = row_to_act_on(
        request, Round, read="conclusion.read", act="conclusion.write",
        system__slug=system, pk=pk,
    )  # fmt: skip
    page = Results(request.user, row)
    element = element_or_404(page, code)
    if request.method != "POST" and not row.is_closed:
        return refused(request, row, ValidationError(agreed.not_closed(row)))
    form, panel = form_for(request, page, element), None
    if request.method == "POST" and form.is_valid():
        try:
            changed = agreed.agree(
                round=row, element=element, seen=form.seen(), **form.decided(), **by(request)
            )
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict)  # type: ignore[assignment]
        else:
            messages.success(request, said(element, changed))
            return redirect("meeting", system, pk)
    one = Result(page, element)
    context = {"round": row, "page": page, "one": one, "element": element, "form": form,
               "conflict": panel}  # fmt: skip
    status = status_of(request, panel)
    return render_there(request, row.system, PAGE, context, status=status)


def form_for(request: HttpRequest, page: Results, element: Element) -> AgreedForm:
    held = page.agreed.get(element.pk) or AgreedScore(revision=0)
    scale = page.round.rubric.scale if page.round.rubric else []
    return AgreedForm(filled(request), row=held, scale=scale)


def said(element: Element, changed: bool) -> str:
    if not changed:
        return _("%(element)s stands as it was agreed before.") % {"element": element}
    return _("Agreed: %(element)s.") % {"element": element}
