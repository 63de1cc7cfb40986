"""Pages of choosing a group: ticked, checked as a whole, kept. Only people tick."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coalitions.forms.choosing import KeepForm, MembersForm, TickForm
from coalitions.models import Candidate, Coalition
from coalitions.pages.choosing import choice, tried
from coalitions.pages.overlap import overlaps
from coalitions.services import choosing as services
from coalitions.views.entering import (
    acting,
    coalition_to_read,
    coalition_to_write,
    frame,
    opened_too,
    page_of,
    pressing,
    refusal,
)
from people.confidential.door import ProveAgain, not_kept, prove_lately
from people.confidential.openings import opening
from people.confidential.sealing import SealedError
from people.gate import by
from people.local_time import render_there
from people.services import Conflict

PAGE = "coalitions/choose.html"
NUMBER = re.compile(r"[1-9][0-9]{0,4}", re.ASCII)


@acting
def choose_group(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """The long list with its boxes. Trying a choice saves nothing; keeping it asks no balance."""
    row = coalition_to_write(request, system, aspiration)
    if request.method != "POST":
        return page(request, row)
    acts = {"keep": keep, "members": members}
    return acts.get(request.POST.get("act", ""), check)(request, row)


@pressing
def check_group(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """What these boxes would come to, as parts of the page; nothing is stored."""
    try:
        row = coalition_to_read(request, system, aspiration)
    except ProveAgain:
        return to_the_page(request, system, aspiration)
    form = TickForm(request.POST, numbers=numbers(request, row))
    if not form.is_valid():
        return render(request, "coalitions/_choice_refused.html", {"form": form}, status=400)
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        found = tried(row, frozenset(form.cleaned_data["on"]))
        return render(request, "coalitions/_choice_swap.html", {"choice": found})


def to_the_page(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """To the whole page, which asks for proof: this address cannot be come back to."""
    answer = redirect("choose_group", system, aspiration)
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})
    return answer


def check(request: HttpRequest, row: Coalition) -> HttpResponse:
    """The page with the boxes as ticked, for who has no scripts."""
    prove_lately(request)
    form = TickForm(request.POST, numbers=numbers(request, row))
    valid = form.is_valid()
    return page(request, row, form, ticked=ticked(form), status=200 if valid else 400)


def keep(request: HttpRequest, row: Coalition) -> HttpResponse:
    form = KeepForm(request.POST, numbers=numbers(request, row))
    return done(request, row, form, lambda read: services.keep_short_list(
        coalition=row, chosen=read["on"], seen=read["seen"], **by(request)
    ))  # fmt: skip


def members(request: HttpRequest, row: Coalition) -> HttpResponse:
    return done(request, row, MembersForm(request.POST), lambda read: services.make_members(
        coalition=row, seen=read["seen"], **by(request)
    ))  # fmt: skip


def done(
    request: HttpRequest, row: Coalition, form: Any, write: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    """Write and show the page anew; else say why not, with all ticks as they were."""
    status = 400
    if form.is_valid():
        try:
            write(form.cleaned_data)
        except ValidationError as problem:
            form.refused(refusal(request, row, problem))
        except Conflict:
            form.add_error(None, moved())
            status = 409
        except SealedError as problem:
            form.add_error(None, not_kept(problem))
            return bare(request, row, form, 503)
        else:
            messages.success(request, _("Saved."))
            return redirect(page_of(row, "choose_group"))
    try:
        prove_lately(request)
    except ProveAgain:
        return bare(request, row, form, status)
    return page(request, row, form, ticked=ticked(form), status=status)


def moved() -> str:
    return _(
        "Someone moved a candidate, or put one on the list, after you opened this page, so nothing "
        "was saved. Your ticks are as you left them: compare the table, then save again."
    )


def ticked(form: Any) -> frozenset[int] | None:
    """The numbers that were sent, of a faulty form too; None where the form asked for none."""
    if "on" not in form.fields:
        return None
    return frozenset(int(text) for text in form["on"].data if NUMBER.fullmatch(text))


def numbers(request: HttpRequest, row: Coalition) -> list[int]:
    """Numbers on the long list."""
    rows = Candidate.objects.visible_to(request.user).filter(coalition=row)
    return list(rows.values_list("number", flat=True))


def page(
    request: HttpRequest, row: Coalition, form: Any = None, *,
    ticked: frozenset[int] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        found = choice(row, ticked)
        overlap = overlaps(row, found.people, request.user)
        opened_too(request, overlap)
        context = {**around(request, row), "choice": found, "overlap": overlap, "form": form}
        return render_there(request, row.system, PAGE, context, status=status)


def bare(request: HttpRequest, row: Coalition, form: Any, status: int) -> HttpResponse:
    """What was wrong, and the letters that were ticked: nothing of what is written of anybody."""
    numbers = sorted(ticked(form) or ())
    letters = [Candidate(number=number).letter for number in numbers]
    context = {**around(request, row), "form": form, "letters": letters}
    return render(request, "coalitions/choose_later.html", context, status=status)


def around(request: HttpRequest, row: Coalition) -> dict[str, Any]:
    """What stands around the choice."""
    return {**frame(request, row), "title": _("Choose the group"), "tab": "choice"}
