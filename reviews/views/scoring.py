"""One's own sheet: the list of elements, each of them, finishing, and taking it all back.

`show_sheet`, `show_element`, `press_finish` and `show_take_back` answer members here and guests in
`views/guests.py`; only who may come in differs.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.gate import row_or_404
from people.local_time import render_there
from people.services import Conflict
from reviews.forms.scores import ScoreForm, held_by, typed, with_a_row_more
from reviews.models import Participant, Round
from reviews.pages.asked import Asked, asked_of
from reviews.pages.scoring import Sheet
from reviews.pages.ways import within
from reviews.services import scores
from reviews.views.refusals import handing_back


@require_safe
def score_sheet(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """What one is asked in a round, and what one said of it so far."""
    return show_sheet(request, own_sheet(request, system, pk))


@require_POST
def finish_scores(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Say that one's sheet is complete."""
    return press_finish(request, own_sheet(request, system, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def take_back_scores(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Take one's scores back."""
    return show_take_back(request, own_sheet(request, system, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@handing_back(typed)
def score_element(request: HttpRequest, system: str, pk: int, code: str) -> HttpResponse:
    """Score one element. Whom the round is closed to gets back at least what they typed."""
    return show_element(request, own_sheet(request, system, pk), code)


def own_sheet(request: HttpRequest, system: str, pk: int) -> Sheet:
    """The sheet of who asks; 404 to all who do not take part now."""
    row = row_or_404(request, Round, "score.own", system__slug=system, pk=pk)
    parts = Participant.objects.visible_to(request.user, "score.own").in_force("score.own")
    part = get_object_or_404(parts, round=row, user=request.user.pk)
    part.round = row
    return Sheet(within(row), part, request.user)


def show_sheet(request: HttpRequest, sheet: Sheet, problem: Any = None) -> HttpResponse:
    context = {"sheet": sheet, "round": sheet.round, "way": sheet.way, "problem": problem}
    status = 400 if problem else 200
    return render_there(request, sheet.round.system, "reviews/score_sheet.html", context, status)


def press_finish(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    try:
        scores.finish(participant=sheet.part)
    except ValidationError as problem:
        return show_sheet(request, sheet, problem)
    messages.success(request, _("Your sheet is finished. Thank you."))
    return redirect(sheet.way.sheet)


def show_take_back(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """What taking back means, and then doing it."""
    if request.method == "POST":
        try:
            scores.take_back(participant=sheet.part)
        except ValidationError as problem:
            return show_sheet(request, sheet, problem)
        messages.success(request, _("Your scores are taken back. None of them counts."))
        return redirect(sheet.way.sheet)
    if not sheet.part.is_rater:
        raise Http404
    context = {"sheet": sheet, "round": sheet.round, "way": sheet.way}
    return render_there(request, sheet.round.system, "reviews/score_take_back.html", context)


def show_element(request: HttpRequest, sheet: Sheet, code: str) -> HttpResponse:
    """The form over what was said last, or with what was typed: 400, or 409 where another window
    saved first."""
    asked = asked_of(sheet, code)
    form = form_for(request, asked)
    if request.method != "POST" or "add" in request.POST:
        if sheet.round.state == Round.State.DRAFT:
            return redirect(sheet.way.sheet)
        return element_page(request, asked, form)
    if not form.is_valid():
        return element_page(request, asked, form, status=400)
    try:
        scores.save_score(
            participant=sheet.part, element=asked.element, values=form.said(),
            seen=form.cleaned_data["seen"],
        )  # fmt: skip
    except ValidationError as problem:
        form.refused(problem)
        return element_page(request, asked, form, status=400)
    except Conflict as conflict:
        moved = form_for(request, asked, seen=conflict.current.revision)  # type: ignore[attr-defined]
        return element_page(request, asked, moved, status=409, conflict=conflict.current)
    messages.success(request, _("%(code)s is saved.") % {"code": asked.element.code})
    onward = asked.after if "stop" not in request.POST else None
    return redirect(onward.address if onward else sheet.way.sheet)


def form_for(request: HttpRequest, asked: Asked, seen: int | None = None) -> ScoreForm:
    """What is held, what was typed, or the same with a row more or another revision seen."""
    rubric, own = asked.sheet.rubric, asked.line.own
    assert rubric is not None  # an element has one
    basis: dict[str, Any] = {"rubric": rubric, "hint": asked.hint}
    if request.method != "POST":
        return ScoreForm(initial=held_by(own.score, own.revision), **basis)
    if "add" in request.POST:
        return ScoreForm(initial=with_a_row_more(request.POST), **basis)
    data = request.POST.copy()
    if seen is not None:
        data["seen"] = str(seen)
    return ScoreForm(data, cannot="cannot" in data, **basis)


def element_page(
    request: HttpRequest, asked: Asked, form: ScoreForm, status: int = 200, **more: Any
) -> HttpResponse:
    sheet = asked.sheet
    levels = list(zip(form["value"], sheet.points, strict=True))
    context = {
        "asked": asked, "element": asked.element, "sheet": sheet, "round": sheet.round,
        "way": sheet.way, "form": form, "levels": levels, **more,
    }  # fmt: skip
    return render_there(request, sheet.round.system, "reviews/score_element.html", context, status)
