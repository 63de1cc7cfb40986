"""Pages of the lists that people make by themselves, and of putting them together."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from coalitions.forms.lists import NominationForm, PoolForm
from coalitions.forms.pooling import unread
from coalitions.models import Candidate, Coalition, Nomination
from coalitions.pages.lists import breadth_of, own_list_page, sent_words, unsent_words
from coalitions.services import lists as services
from coalitions.services.pooling import AT_LEAST, Gathered, close_lists, gathered, pool
from coalitions.views.entering import (
    acting,
    answer,
    coalition_to_lead,
    coalition_to_write,
    frame,
    page_of,
    pressing,
    shown,
)
from people.confidential.door import ProveAgain, not_kept, prove_lately
from people.confidential.openings import opening
from people.confidential.sealing import SealedError
from people.gate import by
from people.models import Actor
from people.services import Conflict

OWN, POOL = "coalitions/own_list.html", "coalitions/pool.html"


@acting
def own_list(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """One's own list, and adding a name to it. What was refused comes back alone, unproven."""
    row = coalition_to_write(request, system, aspiration)
    more = {"tab": "lists", "offices": [actor.name for actor in actors_of(request, row)]}
    if request.method != "POST":
        return shown(request, row, OWN, lambda: {
            **more, "title": _("Own list"), "form": NominationForm(),
            "page": own_list_page(row, request.user),
        })  # fmt: skip
    return answer(
        request, row, NominationForm(request.POST),
        lambda form: services.add_nomination(
            coalition=row, actor=request.user, **form.cleaned_data  # type: ignore[arg-type]
        ),
        done=_("Saved."), title=_("Own list"), act=_("Put it on my list"),
        to=page_of(row, "own_list"), template=OWN, **more,
    )  # fmt: skip


@pressing
def remove_nomination(request: HttpRequest, system: str, aspiration: str, pk: int) -> HttpResponse:
    """Take a name off one's own list; another's is not found."""
    row = coalition_to_write(request, system, aspiration)
    own = Nomination.objects.visible_to(request.user).filter(own_list__author=request.user.pk)
    # TRAP: without `only` its texts would be opened, which shows nothing here and needs the key.
    found = get_object_or_404(own.only("pk"), pk=pk, own_list__coalition=row)
    return pressed(request, row, _("It is off your list."), lambda: services.remove_nomination(
        coalition=row, nomination=found.pk, actor=request.user  # type: ignore[arg-type]
    ))  # fmt: skip


@pressing
def send_own_list(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Send one's list; it is closed from then on."""
    row = coalition_to_write(request, system, aspiration)
    return pressed(request, row, _("Your list is sent."), lambda: services.send_own_list(
        coalition=row, actor=request.user  # type: ignore[arg-type]
    ))  # fmt: skip


def pressed(
    request: HttpRequest, row: Coalition, done: str, write: Callable[[], Any],
    name: str = "own_list",
) -> HttpResponse:  # fmt: skip
    """Do it, or say why not, on the page of the list."""
    try:
        write()
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, done)
    return redirect(page_of(row, name))


# --- putting them together ---------------------------------------------------------------------


@acting
def pool_lists(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Close the lists, then put them together: each name once, and of each who it is.

    Leaders only. Before they are closed it shows counts and no name.
    """
    row = coalition_to_lead(request, system, aspiration)
    if request.method != "POST":
        return shown(request, row, POOL, lambda: pool_page(
            request, row, form_over(request, row, gathered(row))
        ))  # fmt: skip
    if "close" in request.POST:
        return pressed(
            request, row, _("The lists are closed."),
            lambda: close_lists(coalition=row, **by(request)), "pool_lists",
        )  # fmt: skip
    try:
        form, status = kept(request, row)
    except SealedError as problem:
        form = form_unread(request, row)
        form.add_error(None, not_kept(problem))
        return again(request, row, form, 503, bare=True)
    if form is None:
        messages.success(request, _("The lists are put together."))
        return redirect(page_of(row))
    return refused(request, row, form, status)


def kept(request: HttpRequest, row: Coalition) -> tuple[PoolForm | None, int]:
    """None once it is saved; else the form that says what is wrong, and the status to show."""
    found = gathered(row)
    form = form_over(request, row, found, request.POST)
    if form.has_moved():
        return after_another(request, row), 409
    if form.is_valid():
        try:
            pool(coalition=row, seen=found.lists, choices=form.choices(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        except Conflict:
            return after_another(request, row), 409
        else:
            return None, 302
    return form, 400


def after_another(request: HttpRequest, row: Coalition) -> PoolForm:
    """The names as they are now: those of another round, or none."""
    found = gathered(row)
    begun = form_over(request, row, found)
    form = form_over(request, row, found, {one.html_name: one.value() or "" for one in begun})
    form.add_error(None, _("Nothing was saved: meanwhile another leader put the lists together."))
    return form


def refused(request: HttpRequest, row: Coalition, form: PoolForm, status: int) -> HttpResponse:
    """The form with its names, as an opening; to who proved themselves too long ago without."""
    try:
        prove_lately(request)
    except ProveAgain:
        faults = form.non_field_errors()
        form = form_unread(request, row)
        for fault in [*faults, _(
            "Nothing was saved, and the names are left out: you showed who you are too long ago. "
            "Open this page in another window, confirm it there, and send this again."
        )]:  # fmt: skip
            form.add_error(None, fault)
        return again(request, row, form, status, bare=True)
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        return again(request, row, form, status)


def again(
    request: HttpRequest, row: Coalition, form: PoolForm, status: int, *, bare: bool = False
) -> HttpResponse:
    """The page with what was typed; `bare`: without what the long list holds."""
    context = {**frame(request, row), **pool_page(request, row, form)}
    context |= {"breadth": None} if bare else {}
    return render(request, POOL, context, status=status)


def pool_page(request: HttpRequest, row: Coalition, form: PoolForm) -> dict[str, Any]:
    sent, people = services.how_many_sent(row)
    return {
        "tab": "lists", "title": _("Put the lists together"),
        "form": form, "names": form.rows(), "open": form.open(),
        "spheres": sorted({actor.sphere for actor in form.actors.values()}),
        "breadth": breadth_of(row), "sent": sent, "sent_words": sent_words(sent, people),
        "can_be_closed": sent >= AT_LEAST and not form.found.lists,
        "unsent_words": unsent_words(sent, people),
    }  # fmt: skip


def form_unread(request: HttpRequest, row: Coalition) -> PoolForm:
    """What was typed and no more: neither the names, nor who is on the long list."""
    return PoolForm(request.POST, found=unread(request.POST), actors=actors_of(request, row))


def form_over(request: HttpRequest, row: Coalition, found: Gathered, data: Any = None) -> PoolForm:
    there = Candidate.objects.visible_to(request.user).filter(coalition=row)
    return PoolForm(
        data, found=found, actors=actors_of(request, row),
        on_list=set(there.values_list("actor", flat=True)),
    )  # fmt: skip


def actors_of(request: HttpRequest, row: Coalition) -> list[Actor]:
    """The system's actors, to choose from."""
    return list(Actor.objects.visible_to(request.user).active().filter(system=row.system))
