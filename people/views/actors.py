"""Pages of the actors of a system: the map, and what the unit writes on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms.actors import ActorForm, EndRelationForm, RelationForm
from people.forms.confidential import ReasonForm
from people.gate import by, system_or_404, system_to_act_in
from people.models import Actor, Relation, System
from people.pages.actors import ActorsPage, prompts_for, spheres_offered
from people.permissions import may
from people.services import Conflict
from people.services import actors as services
from people.versions import after_conflict, filled, status_of

READ, WRITE = "actor.read", "actor.write"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def actors(request: HttpRequest, system: str) -> HttpResponse:
    """Who has a say in the system: the map, and the same in tables."""
    place = system_or_404(request, system, READ)
    context = {
        "system": place, "page": ActorsPage(place, request.GET),
        "may_write": may(request.user, WRITE, place),
    }  # fmt: skip
    return render(request, "people/actor_list.html", context)


@FORM
def new_actor(request: HttpRequest, system: str) -> HttpResponse:
    """Put an office or body on the map; `?sphere=` says where a prompt led from."""
    place = to_write(request, system)
    there = on_map(request, place)
    asked = "".join(filter(str.isprintable, request.GET.get("sphere", "")))[:80]
    form = ActorForm(filled(request), row=Actor(system=place, sphere=asked))
    return answer(
        request, place, form,
        lambda form: services.add_actor(system=place, values=form.values(), **by(request)),
        done=_("The actor is on the map."), title=_("Add an actor"), act=_("Add the actor"),
        again=_("Add the actor, then another"),
        prompts=prompts_for(place, there), spheres=spheres_offered(place, there),
    )  # fmt: skip


@FORM
def edit_actor(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Change what is known of an actor."""
    place = to_write(request, system)
    row = actor_in(request, place, pk)
    return answer(
        request, place, ActorForm(filled(request), row=row),
        lambda form: services.change_actor(
            office=row, values=form.values(), version=form.seen(), **by(request)
        ),
        done=_("Saved."), title=_("Change %s") % row, act=_("Save"), row=row,
        spheres=spheres_offered(place, on_map(request, place)),
    )  # fmt: skip


@FORM
def retire_actor(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Take an actor off the map, with a reason. It can always be done, and undone."""
    place = to_write(request, system)
    row = actor_in(request, place, pk)
    return answer(
        request, place, ReasonForm(filled(request)),
        lambda form: services.retire_actor(office=row, **form.cleaned_data, **by(request)),
        done=_("%s is retired, and off the map.") % row, title=_("Retire %s") % row,
        act=_("Retire"),
        lead=_("It leaves the map and all choices, with its relations, and stays in the list of "
               "retired actors. Nothing is deleted: taken up again, it is back with them."),
    )  # fmt: skip


@require_POST
def reinstate_actor(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Put a retired actor on the map again."""
    place = to_write(request, system)
    row = actor_in(request, place, pk)
    try:
        services.reinstate_actor(office=row, **by(request))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("%s is on the map again.") % row)
    return redirect("actors", place.slug)


@FORM
def add_relation(request: HttpRequest, system: str) -> HttpResponse:
    """Write down how one actor stands to another; `?from=` is where a link led from."""
    place = to_write(request, system)
    form = RelationForm(
        filled(request), actors=on_map(request, place),
        initial={"source": request.GET.get("from", "")},
    )  # fmt: skip
    return answer(
        request, place, form,
        lambda form: services.relate(**form.cleaned_data, **by(request)),
        done=_("The relation is on the map."), title=_("Relate two actors"),
        act=_("Add the relation"), again=_("Add the relation, then another"),
        lead=_("What stands in a law, a budget or a calendar, or is known to everybody. What "
               "somebody thinks of somebody does not belong here."),
    )  # fmt: skip


@FORM
def remove_relation(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Take a relation off the map."""
    place = to_write(request, system)
    visible = Relation.objects.visible_to(request.user).select_related("source", "target")
    row = get_object_or_404(visible, system=place, pk=pk)
    return answer(
        request, place, EndRelationForm(filled(request)),
        lambda form: services.end_relation(relation=row, **form.cleaned_data, **by(request)),
        done=_("The relation is off the map."), title=_("Remove a relation"), act=_("Remove it"),
        said=f"{row.source} → {row.target}: {row.get_kind_display()}",
    )  # fmt: skip


def to_write(request: HttpRequest, system: str) -> System:
    """The system: 404 unless its actors may be read, 403 to who only reads them."""
    return system_to_act_in(request, system, read=READ, act=WRITE)


def on_map(request: HttpRequest, place: System) -> list[Actor]:
    return list(Actor.objects.visible_to(request.user).filter(system=place).active())


def actor_in(request: HttpRequest, place: System, pk: int) -> Actor:
    """The actor, else 404.

    One that was retired is found when something is sent, so that what was typed comes back.
    """
    rows = Actor.objects.visible_to(request.user).select_related("system")
    if request.method != "POST":
        rows = rows.active()
    return get_object_or_404(rows, system=place, pk=pk)


def answer(
    request: HttpRequest, place: System, form: Any, write: Callable[[Any], Any], *, done: str,
    **words: Any,
) -> HttpResponse:  # fmt: skip
    """Write what a form holds and go to the map; else the form with all that was typed.

    400 with what is wrong, 409 beside what another saved meanwhile.
    """
    panel, back = None, reverse("actors", args=[place.slug])
    if request.method == "POST" and form.is_valid():
        try:
            write(form)
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict, key=str(conflict.current))
        else:
            messages.success(request, done)
            return redirect(request.path if "again" in request.POST else back)
    context = {"system": place, "form": form, "conflict": panel, "back": back, **words}
    return render(request, "people/actor_form.html", context, status=status_of(request, panel))
