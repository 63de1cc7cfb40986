"""What a closed round says: all of it, one element, the meeting that agrees, and the report."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from people.gate import SecondFactorNeeded, row_or_404, with_second_factor
from people.local_time import render_there
from people.permissions import lacks_second_factor
from reviews.models import Element, Round
from reviews.pages.conclusions import conclusions_of
from reviews.pages.findings import findings_of
from reviews.pages.headline import headline
from reviews.pages.heat import ORDERS, Heat
from reviews.pages.lenses import Lensed
from reviews.pages.meeting import Meeting
from reviews.pages.own_view import own_view
from reviews.pages.report import Report
from reviews.pages.result import Result
from reviews.pages.results import Results


@require_safe
def results(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """The finding, every group’s figures beside what was agreed, and what follows."""
    row = round_with_results(request, system, pk)
    page, told = Results(request.user, row), findings_of(row)
    order = request.GET.get("order", "")
    heat = Heat(page, order if order in ORDERS else "rubric")
    context = {
        "round": row, "rubric": row.rubric, "page": page, "heat": heat, "orders": ORDERS,
        "lens": Lensed(page), "own": own_view(heat), "headline": headline(page, len(told)),
        "told": told, "conclusions": conclusions_of(row), "may_write": page.writes,
    }  # fmt: skip
    return render_there(request, row.system, "reviews/results.html", context)


@require_safe
def result(request: HttpRequest, system: str, pk: int, code: str) -> HttpResponse:
    """One element: its figures, the reasons behind them, and every decision on it."""
    row = round_with_results(request, system, pk)
    page = Results(request.user, row)
    one = Result(page, element_or_404(page, code))
    context = {"round": row, "page": page, "one": one, "element": one.element}
    return render_there(request, row.system, "reviews/result.html", context)


@require_safe
def meeting(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """The agenda of the joint team, what lies furthest apart first."""
    row = row_or_404(
        request, Round, "conclusion.read", system__slug=system, pk=pk, state=Round.State.CLOSED
    )
    page = Results(request.user, row)
    context = {"round": row, "page": page, "meeting": Meeting(page)}
    return render_there(request, row.system, "reviews/meeting.html", context)


@require_safe
def report(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """The whole review on paper, for its leader."""
    row = round_with_results(request, system, pk)
    page = Results(request.user, row)
    paper = Report(page)
    context: dict[str, Any] = {
        "round": row, "rubric": row.rubric, "page": page, "report": paper, "told": paper.told,
        "headline": headline(page, len(paper.told)), "conclusions": conclusions_of(row),
        "may_write": False, "lens": Lensed(page),
    }  # fmt: skip
    return render_there(request, row.system, "reviews/report.html", context)


def round_with_results(request: HttpRequest, system: str, pk: int) -> Round:
    """The closed round, if this person may read its results now; else as if it were not there."""
    found = of_reader(request.user, system, pk)
    if found is not None:
        return found
    asked = lacks_second_factor(request.user)
    if asked and of_reader(with_second_factor(request.user), system, pk) is not None:
        raise SecondFactorNeeded
    raise Http404


def of_reader(user: Any, system: str, pk: int) -> Round | None:
    rows = Round.objects.visible_to(user, "review.read").with_results_for(user)
    rows = rows.select_related("system", "rubric", "aspiration")
    found: Round | None = rows.filter(system__slug=system, pk=pk).first()
    return found


def element_or_404(page: Results, code: str) -> Element:
    """The element of the round’s own rubric with this code."""
    found = next((row for row in page.elements if row.code == code), None)
    if found is None:
        raise Http404
    return found
