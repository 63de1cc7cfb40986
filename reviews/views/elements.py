"""Adding, changing, moving and removing elements of a draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.gate import by
from people.local_time import render_there
from people.services import Conflict
from people.versions import after_conflict, filled, status_of
from reviews.forms.elements import ElementForm
from reviews.models import Element, Rubric
from reviews.pages.rubrics import known_names
from reviews.services import drafts, elements
from reviews.views.drafts import rubric_to_write
from reviews.views.refusals import handing_back
from reviews.views.rubrics import refused


@require_http_methods(["GET", "HEAD", "POST"])
@handing_back()
def new_element(request: HttpRequest, system: str, rubric: int) -> HttpResponse:
    """Add an element to a draft."""
    row = rubric_to_write(request, system, rubric)
    if request.method != "POST" and not row.is_draft:
        return refused(request, row, [drafts.kept(row)])
    blank = Element(rubric=row, section=request.GET.get("section", "")[:120])
    form = ElementForm(filled(request), row=blank, known=known_names(row))
    if request.method == "POST" and form.is_valid():
        try:
            made = elements.add(rubric=row, values=form.values(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("“%s” is added.") % made)
            return redirect(place_of(made))
    return form_page(request, row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@handing_back()
def edit_element(request: HttpRequest, system: str, rubric: int, element: int) -> HttpResponse:
    """Change an element of a draft."""
    row = rubric_to_write(request, system, rubric)
    if request.method == "POST" and not row.elements.filter(pk=element).exists():
        return removed_meanwhile(request, row)
    one = element_or_404(row, element)
    if request.method != "POST" and not row.is_draft:
        return refused(request, row, [drafts.kept(row)])
    form, panel = ElementForm(filled(request), row=one, known=known_names(row)), None
    if request.method == "POST" and form.is_valid():
        try:
            elements.change(element=one, values=form.values(), seen=form.seen(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            key = elements.trail_key(row, conflict.current.code)  # type: ignore[attr-defined]
            form, panel = after_conflict(form, conflict, key=key)  # type: ignore[assignment]
        else:
            messages.success(request, _("Saved."))
            one.refresh_from_db()
            return redirect(place_of(one))
    return form_page(request, row, form, element=one, conflict=panel)


@require_POST
def move_element(request: HttpRequest, system: str, rubric: int, element: int) -> HttpResponse:
    """One place up or down, alone or with its whole section: `to` says which."""
    row = rubric_to_write(request, system, rubric)
    one = element_or_404(row, element)
    try:
        elements.move(element=one, to=request.POST.get("to", ""), **by(request))
    except ValidationError as problem:
        return refused(request, row, problem.messages)
    return redirect(place_of(one))


@require_http_methods(["GET", "HEAD", "POST"])
def remove_element(request: HttpRequest, system: str, rubric: int, element: int) -> HttpResponse:
    """Take an element out of a draft, after one more question."""
    row = rubric_to_write(request, system, rubric)
    one = element_or_404(row, element)
    if not row.is_draft:
        return refused(request, row, [drafts.kept(row)])
    if request.method != "POST":
        return render_there(
            request, row.system, "reviews/rubric_element_remove.html",
            {"rubric": row, "element": one},
        )  # fmt: skip
    try:
        elements.remove(element=one, **by(request))
    except ValidationError as problem:
        return refused(request, row, problem.messages)
    messages.success(request, _("“%s” is removed.") % one)
    return redirect("rubric", system, row.pk)


def removed_meanwhile(request: HttpRequest, row: Rubric) -> HttpResponse:
    """404 as for one that never was, with all that was typed, ready to be added anew."""
    form = ElementForm(request.POST, row=Element(rubric=row), known=known_names(row))
    form.add_error(None, _("This element was removed meanwhile. Keep a copy, or add it anew."))
    adds = reverse("new_element", args=[row.system.slug, row.pk])
    return form_page(request, row, form, status=404, posts_to=adds)


def element_or_404(row: Rubric, pk: int) -> Element:
    return get_object_or_404(row.elements.select_related("rubric__system"), pk=pk)


def place_of(element: Element) -> str:
    """Where the element stands on the page of its rubric."""
    row = element.rubric
    return reverse("rubric", args=[row.system.slug, row.pk]) + f"#e-{element.code}"


def form_page(
    request: HttpRequest, row: Rubric, form: ElementForm, status: int = 0, **more: Any
) -> HttpResponse:
    """The form with what was typed: 400 with what is wrong, 409 beside what another saved."""
    context = {"rubric": row, "form": form, **more}
    status = status or status_of(request, more.get("conflict"))
    template = "reviews/rubric_element_form.html"
    return render_there(request, row.system, template, context, status=status)
