"""A person's sheet on one aspiration: drafted, sent in, sent anew."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aspirations.forms.assessments import SheetForm
from aspirations.models import Aspiration, AssessmentRound
from aspirations.pages.sheets import SheetPage
from aspirations.services import assessments as services
from people.gate import by, refuse_unless, row_or_404
from people.local_time import render_there


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_sheet(request: HttpRequest, system: str, pk: int, aspiration: str) -> HttpResponse:
    """Write a sheet while the round is open; read one's own, and then the others', after."""
    round_ = row_or_404(request, AssessmentRound, "assessment.read", system__slug=system, pk=pk)
    visible = Aspiration.objects.visible_to(request.user).filter(system=round_.system)
    about = get_object_or_404(visible, slug=aspiration)
    refuse_unless(request, "assessment.write", round_.system)
    page = SheetPage(request.user, round_, about)
    form = sheet_form(request, page)
    if request.method == "POST" and form.is_valid() and written(request, page, form):
        return redirect("assessments", system)
    status = 400 if request.method == "POST" else 200
    context = {"page": page, "round": round_, "aspiration": about, "form": form}
    return render_there(
        request, round_.system, "aspirations/assessment_sheet.html", context, status=status
    )


def sheet_form(request: HttpRequest, page: SheetPage) -> SheetForm:
    if request.method == "POST":
        return SheetForm(request.POST)
    return SheetForm(initial=held(page.latest))


def held(sheet: Any) -> dict[str, Any]:
    """What a form begins with: the draft, or what was sent in last."""
    return {name: getattr(sheet, name) for name in SheetForm.base_fields} if sheet else {}


def written(request: HttpRequest, page: SheetPage, form: SheetForm) -> bool:
    """Whether it was kept or sent in; else the form says why not, with all that was typed."""
    send = "send" in request.POST
    who = by(request)
    try:
        services.write_sheet(
            round=page.round, aspiration=page.aspiration, author=who["actor"],
            values=form.written(), send=send, door=who["door"],
        )  # fmt: skip
    except ValidationError as problem:
        form.refused(problem)
        return False
    words = (
        _("Your sheet on “%(aspiration)s” is in. Until the round closes you can send a new one.")
        if send
        else _("Your draft on “%(aspiration)s” is kept. Nobody else reads it.")
    )
    messages.success(request, words % {"aspiration": page.aspiration})
    return True
