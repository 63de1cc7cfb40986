"""The list of rubrics, and one read through."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.gate import row_or_404, system_or_404
from people.local_time import render_there
from people.permissions import may
from reviews.models import Rubric
from reviews.pages import rubrics as pages
from reviews.services.supplied import Supplied, supplied


@require_safe
def rubrics(request: HttpRequest, system: str) -> HttpResponse:
    """Rubrics in use, drafts, and those that come with Headway."""
    place = system_or_404(request, system, "rubric.read")
    context = {
        "page": pages.rubrics_page(request.user, place),
        "may_write": may(request.user, "review.write", place),
    }
    return render_there(request, place, "reviews/rubric_list.html", context)


@require_safe
def supplied_rubric(request: HttpRequest, system: str, key: str) -> HttpResponse:
    """One that comes with Headway, before or after it was taken up."""
    place = system_or_404(request, system, "rubric.read")
    one = supplied_or_404(key)
    rows = pages.visible_rubrics(request.user, place)
    context = {
        "rubric": one, "taken_up": rows.filter(key=key, number=one.number).first(),
        "reading": pages.reading(one, one.elements, all_open=opens_all(request)),
        "may_write": may(request.user, "review.write", place),
    }  # fmt: skip
    return render_there(request, place, "reviews/rubric_supplied.html", context)


@require_safe
def rubric(request: HttpRequest, system: str, rubric: int) -> HttpResponse:
    """One version: what it asks, what it changed, and which rounds were scored with it."""
    row = row_or_404(request, Rubric, "rubric.read", system__slug=system, pk=rubric)
    context = {
        "rubric": row, "may_write": may(request.user, "review.write", row.system),
        **pages.rubric_page(request.user, row, all_open=opens_all(request)),
    }  # fmt: skip
    return render_there(request, row.system, "reviews/rubric_detail.html", context)


def supplied_or_404(key: str) -> Supplied:
    one = supplied().get(key)
    if one is None:
        raise Http404
    return one


def opens_all(request: HttpRequest) -> bool:
    return request.GET.get("open") == "all"


def refused(request: HttpRequest, row: Rubric, problems: list[Any]) -> HttpResponse:
    """Nothing was done: why not, and the way back."""
    context = {"system": row.system, "rubric": row, "problems": problems}
    return render(request, "reviews/rubric_refused.html", context, status=400)
