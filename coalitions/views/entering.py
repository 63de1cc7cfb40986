"""How the pages of one coalition are entered, shown and answered. Whoever sees them is logged."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coalitions.models import Candidate, Coalition
from coalitions.pages.overlap import Overlaps
from coalitions.services.coalitions import readers_of
from coalitions.services.retention import destroyed_on
from people.confidential.door import ProveAgain, View, confidential, not_kept, prove_lately
from people.confidential.openings import opening
from people.confidential.sealing import SealedError
from people.gate import row_or_404, row_to_act_on
from people.local_time import render_there
from people.permissions import may
from people.services import Conflict
from people.versions import Panel, after_conflict, status_of


def reading(view: View) -> View:
    """A confidential page that is only read."""
    return require_safe(confidential(view))


def acting(view: View) -> View:
    """A confidential page with a form."""
    return require_http_methods(["GET", "HEAD", "POST"])(confidential(view))


def pressing(view: View) -> View:
    """A button on a confidential page."""
    return require_POST(confidential(view))


def coalition_to_read(request: HttpRequest, system: str, aspiration: str) -> Coalition:
    """The coalition, for a page that shows what is in it: 404, or fresh proof of who is there."""
    row: Coalition = row_or_404(request, Coalition, "coalition.read", **at(system, aspiration))
    prove_lately(request)
    return row


def coalition_to_write(request: HttpRequest, system: str, aspiration: str) -> Coalition:
    """The coalition, for a form. What was typed is not held up by fresh proof; it shows nothing."""
    return coalition_to(request, "coalition.write", system, aspiration)


def coalition_to_lead(request: HttpRequest, system: str, aspiration: str) -> Coalition:
    """The coalition, for what only leaders do: 404 where it may not be read, 403 for delegates."""
    return coalition_to(request, "delegate.write", system, aspiration)


def coalition_to(request: HttpRequest, act: str, system: str, aspiration: str) -> Coalition:
    row: Coalition = row_to_act_on(
        request, Coalition, read="coalition.read", act=act, **at(system, aspiration)
    )
    if request.method != "POST":
        prove_lately(request)
    return row


def at(system: str, aspiration: str) -> dict[str, str]:
    """Where a coalition is found."""
    return {"system__slug": system, "aspiration__slug": aspiration}


def candidate_or_404(request: HttpRequest, row: Coalition, number: int) -> Candidate:
    """The candidate of the coalition with this number, its actor and coalition at hand."""
    rows = Candidate.objects.visible_to(request.user)
    rows = rows.select_related("actor", "coalition__system", "coalition__aspiration")
    found: Candidate = get_object_or_404(rows, coalition=row, number=number)
    return found


def first_or(request: HttpRequest, rows: Any, empty: Any) -> Any:
    """The first row; the empty one where there is none, or where the key fails what was typed."""
    try:
        return rows.first() or empty
    except SealedError:
        if request.method != "POST":
            raise
    return empty


def shown(
    request: HttpRequest, row: Coalition, template: str, build: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """A page of the coalition. `build` reads what stands on it, within the log of openings."""
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        return render_there(request, row.system, template, {**frame(request, row), **build()})


def opened_too(request: HttpRequest, overlap: Overlaps) -> None:
    """Whoever sees who is in other coalitions as well, or that nobody is, has opened those too."""
    for other in overlap.compared:
        with opening(row=other, by=request.user):  # type: ignore[arg-type]
            pass


def frame(request: HttpRequest, row: Coalition) -> dict[str, Any]:
    """What stands on every page of a coalition."""
    return {
        "system": row.system, "coalition": row, "readers": readers_of(row).count(),
        "leads": may(request.user, "delegate.write", row.system),
        "destroyed_on": destroyed_on(row),
    }  # fmt: skip


def answer(
    request: HttpRequest, row: Coalition, form: Any, write: Callable[[Any], Any], *,
    done: str, title: str, act: str, to: str = "", template: str = "coalitions/form.html",
    **more: Any,
) -> HttpResponse:  # fmt: skip
    """Write what a form holds and go to the address `to` (else the coalition's page).

    Else the form with all that was typed: 400 with what is wrong, 409 beside what another saved
    meanwhile, 503 where the key is not there. `done` and `title` hold nothing confidential: they
    leave the page.
    """
    back, status, panel = to or page_of(row), 0, None
    if request.method == "POST" and form.is_valid():
        try:
            write(form)
        except ValidationError as problem:
            form.refused(refusal(request, row, problem))
        except Conflict as conflict:
            form, panel = after_another(request, row, form, conflict)
            status = 409
        except SealedError as problem:
            form.add_error(None, not_kept(problem))
            status = 503
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        **frame(request, row), "form": form, "conflict": panel, "title": title, "act": act,
        "back": back, "fields": "coalitions/_fields.html", **more,
    }  # fmt: skip
    if request.method == "POST":
        return render(request, template, context, status=status or status_of(request))
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        return render(request, template, context)


def after_another(
    request: HttpRequest, row: Coalition, form: Any, conflict: Conflict
) -> tuple[Any, Panel | None]:
    """The form beside what another saved; without fresh proof only the word that they did."""
    try:
        prove_lately(request)
    except ProveAgain:
        form.add_error(None, _(
            "Someone saved this before you, so nothing was saved. Copy what you typed, open the "
            "page again and enter it beside theirs."
        ))  # fmt: skip
        return form, None
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        return after_conflict(form, conflict)


def refusal(request: HttpRequest, row: Coalition, problem: ValidationError) -> ValidationError:
    """What a service refused, logged as an opening: it may tell what stands there already.

    Without fresh proof only that it did: else what others wrote could be tried out.
    """
    try:
        prove_lately(request)
    except ProveAgain:
        return ValidationError(_(
            "Nothing was saved, and why is left out: you showed who you are too long ago. Open "
            "this page in another window, confirm it there, and send this again."
        ))  # fmt: skip
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        return problem


def page_of(row: Coalition, name: str = "coalition", *more: Any) -> str:
    """The address of a page of the coalition."""
    return reverse(name, args=[row.system.slug, row.aspiration.slug, *more])
