"""Copying a rubric, drafting versions, changing a draft, putting it in use or discarding it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.gate import by, row_to_act_on, system_to_act_in
from people.local_time import render_there
from people.models import System
from people.services import Conflict
from people.versions import after_conflict, filled, status_of
from reviews.forms.rubrics import CopyForm, RubricForm
from reviews.models import Rubric
from reviews.pages import rubrics as pages
from reviews.services import drafts, fitness
from reviews.services.rubrics import told_of
from reviews.views.refusals import handing_back
from reviews.views.rubrics import refused, supplied_or_404

MOST_DIGITS = 9


@require_http_methods(["GET", "HEAD", "POST"])
def copy_supplied_rubric(request: HttpRequest, system: str, key: str) -> HttpResponse:
    """A draft of one's own from a rubric that comes with Headway."""
    place = system_to_act_in(request, system, read="rubric.read", act="review.write")
    one = supplied_or_404(key)
    return copying(
        request, place, one,
        lambda title: drafts.copy_supplied(system=place, key=key, title=title, **by(request)),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def copy_rubric(request: HttpRequest, system: str, rubric: int) -> HttpResponse:
    """A draft of one's own from a version in use."""
    row = rubric_to_write(request, system, rubric)
    return copying(
        request, row.system, row,
        lambda title: drafts.copy(rubric=row, title=title, **by(request)),
    )  # fmt: skip


def copying(
    request: HttpRequest, place: System, original: Any, make: Callable[[str], Rubric]
) -> HttpResponse:
    """Ask for a title, make the draft, and go there."""
    form = CopyForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = make(form.cleaned_data["title"])
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(
                request, _("This draft is yours to change. Nobody scores with it yet.")
            )
            return redirect("rubric", place.slug, row.pk)
    context = {"system": place, "form": form, "original": original}
    status = 400 if request.method == "POST" else 200
    return render(request, "reviews/rubric_copy.html", context, status=status)


@require_POST
def new_rubric_version(request: HttpRequest, system: str, rubric: int) -> HttpResponse:
    """Draft the next version of a rubric of one's own."""
    row = rubric_to_write(request, system, rubric)
    try:
        draft = drafts.start_version(rubric=row, **by(request))
    except ValidationError as problem:
        return refused(request, row, problem.messages)
    messages.success(
        request, _("Version %s is drafted. Rounds go on with the one in use.") % draft.number
    )
    return redirect("rubric", system, draft.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@handing_back()
def edit_rubric(request: HttpRequest, system: str, rubric: int) -> HttpResponse:
    """Change a draft's title, view and scale."""
    row = rubric_to_write(request, system, rubric)
    if request.method != "POST" and not row.is_draft:
        return refused(request, row, [drafts.kept(row)])
    form, panel = RubricForm(filled(request), row=row), None
    if request.method == "POST" and form.is_valid():
        try:
            drafts.change(rubric=row, values=form.values(), version=form.seen(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict, key=told_of(row))  # type: ignore[assignment]
        else:
            messages.success(request, _("Saved."))
            return redirect("rubric", system, row.pk)
    context = {"rubric": row, "form": form, "conflict": panel}
    status = status_of(request, panel)
    return render_there(request, row.system, "reviews/rubric_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def use_rubric(request: HttpRequest, system: str, rubric: int) -> HttpResponse:
    """What using a draft means and what it still lacks; then it is in use."""
    row = rubric_to_write(request, system, rubric)
    if not row.is_draft:
        return refused(request, row, [drafts.kept(row)])
    if request.method != "POST":
        return use_page(request, row)
    try:
        drafts.put_in_use(rubric=row, seen=seen_by(request), **by(request))
    except ValidationError as problem:
        return refused(request, row, problem.messages)
    messages.success(request, _("“%s” is in use. Rounds can be scored with it.") % row)
    return redirect("rubric", system, row.pk)


def use_page(request: HttpRequest, row: Rubric) -> HttpResponse:
    elements = list(row.elements.all())
    context = {
        "rubric": row, "count": len(elements), "wanting": fitness.wanting(row, elements),
        "differences": pages.differences(row, elements), "stamp": fitness.stamp(row, elements),
    }  # fmt: skip
    return render_there(request, row.system, "reviews/rubric_use.html", context)


def seen_by(request: HttpRequest) -> int | None:
    """What the page said of the draft it showed; None where it says nothing that can be read."""
    told = request.POST.get("seen", "")
    known = told.isascii() and told.isdigit() and len(told) <= MOST_DIGITS
    return int(told) if known else None


@require_http_methods(["GET", "HEAD", "POST"])
def discard_rubric(request: HttpRequest, system: str, rubric: int) -> HttpResponse:
    """Throw a draft away, after one more question."""
    row = rubric_to_write(request, system, rubric)
    if not row.is_draft:
        return refused(request, row, [drafts.kept(row)])
    if request.method != "POST":
        context = {"rubric": row, "count": row.elements.count()}
        return render_there(request, row.system, "reviews/rubric_discard.html", context)
    try:
        drafts.discard(rubric=row, **by(request))
    except ValidationError as problem:
        return refused(request, row, problem.messages)
    messages.success(request, _("The draft “%s” is gone.") % row)
    return redirect("rubrics", system)


def rubric_to_write(request: HttpRequest, system: str, pk: int) -> Rubric:
    """404 where the rubric may not be read, 403 where only read."""
    row: Rubric = row_to_act_on(
        request, Rubric, read="rubric.read", act="review.write", system__slug=system, pk=pk
    )
    return row
