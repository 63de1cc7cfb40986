"""Pages of candidates of a coalition."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coalitions.analysis.balance import WORK_AROUND
from coalitions.forms.candidates import DifficultyForm, JudgeForm, NewCandidateForm, PlaceForm
from coalitions.models import Appraisal, Candidate, Coalition, Difficulty, Standing
from coalitions.pages.candidate import page_of_candidate
from coalitions.services import candidates as services
from coalitions.services import difficulties
from coalitions.services.considered import Considered
from coalitions.views.entering import (
    acting,
    answer,
    candidate_or_404,
    coalition_to_read,
    coalition_to_write,
    page_of,
    reading,
    shown,
)
from people.gate import by
from people.models import Actor
from people.permissions import may
from people.versions import filled


@reading
def candidate(request: HttpRequest, system: str, aspiration: str, number: int) -> HttpResponse:
    """One candidate: what is thought of it, what was thought before, and what is done about it."""
    row = coalition_to_read(request, system, aspiration)
    found = candidate_or_404(request, row, number)
    return shown(
        request, row, "coalitions/candidate.html",
        lambda: {
            "candidate": found, "page": page_of_candidate(found), "tab": "choice",
            "here": _("Candidate %s") % found.letter,
        },
    )  # fmt: skip


@acting
def new_candidate(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Put an office on the long list, and judge it at once if one likes."""
    row = coalition_to_write(request, system, aspiration)
    adds = may(request.user, "actor.write", row.system)
    offices = Actor.objects.visible_to(request.user).active().filter(system=row.system)
    spheres = sorted({office.sphere for office in offices})
    if request.method != "POST":
        # Without fresh proof the page must not tell by its gaps who is on the list.
        offices = offices.exclude(pk__in=listed(request, row).values("actor"))
    form = NewCandidateForm(filled(request), offices=list(offices), adds=adds)

    def write(form: Any) -> None:
        services.add_candidate(coalition=row, **form.sent(), **by(request))

    return answer(
        request, row, form, write, done=_("The candidate is on the list."),
        title=_("Add a candidate"), act=_("Put it on the list"), tab="choice",
        fields="coalitions/_new_candidate.html", adds=adds, spheres=spheres,
    )  # fmt: skip


@acting
def appraise_candidate(
    request: HttpRequest, system: str, aspiration: str, number: int
) -> HttpResponse:
    """Judge a candidate anew; what was thought before stays on its page."""
    row = coalition_to_write(request, system, aspiration)
    found = candidate_or_404(request, row, number)
    form = JudgeForm(filled(request), row=latest(request, Appraisal, found))

    def write(form: Any) -> None:
        values, seen = form.view(), form.seen()
        services.judge(candidate=found, values=values, seen=seen, **by(request))

    return answer(
        request, row, form, write, done=_("Saved."), act=_("Keep this judgment"),
        title=_("Judge candidate %s") % found.letter, lead=office_of(request, found),
        to=page_of(row, "candidate", number), tab="choice",
        fields="coalitions/_judge_fields.html",
    )  # fmt: skip


@acting
def place_candidate(
    request: HttpRequest, system: str, aspiration: str, number: int
) -> HttpResponse:
    """Say where a candidate stands from now on, and why."""
    row = coalition_to_write(request, system, aspiration)
    found = candidate_or_404(request, row, number)
    form = PlaceForm(filled(request), row=latest(request, Standing, found))

    def write(form: Any) -> None:
        services.place(candidate=found, seen=form.seen(), **form.sent(), **by(request))

    return answer(
        request, row, form, write, done=_("Saved."), act=_("Keep this"),
        title=_("Where candidate %s stands") % found.letter, lead=office_of(request, found),
        said=warning(latest(request, Appraisal, found)) if request.method != "POST" else "",
        to=page_of(row, "candidate", number), tab="choice",
    )  # fmt: skip


@acting
def add_difficulty(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Note that two find it hard to work together."""
    row = coalition_to_write(request, system, aspiration)
    form = DifficultyForm(filled(request), row=Difficulty(), offices=offices_of(request, row))

    def write(form: Any) -> None:
        difficulties.note_difficulty(coalition=row, values=form.values(), **by(request))

    return answer(
        request, row, form, write, done=_("Saved."), act=_("Keep it"), tab="choice",
        title=_("Note a difficulty"),
        lead=_("Two people, candidates or not, who find it hard to work together. A group can "
               "hold them both if somebody deals with it."),
    )  # fmt: skip


@acting
def edit_difficulty(request: HttpRequest, system: str, aspiration: str, pk: int) -> HttpResponse:
    """Change what is noted of a pair, or say that it is settled."""
    row = coalition_to_write(request, system, aspiration)
    rows = Difficulty.objects.visible_to(request.user).select_related("coalition__system")
    # TRAP: what was typed is kept without the key only if nothing sealed is read before.
    rows = rows.only("version", "coalition") if request.method == "POST" else rows
    found = get_object_or_404(rows, pk=pk, coalition=row)
    pair = () if request.method == "POST" else found.pair
    shown_row = Difficulty() if request.method == "POST" else found
    form = DifficultyForm(filled(request), row=shown_row, offices=offices_of(request, row, pair))

    def write(form: Any) -> None:
        values, version = form.values(), form.seen()
        difficulties.change_difficulty(
            difficulty=found, values=values, version=version, **by(request)
        )

    return answer(
        request, row, form, write, done=_("Saved."), act=_("Save"), tab="choice",
        title=_("Change what is noted of a pair"),
    )  # fmt: skip


def listed(request: HttpRequest, row: Coalition) -> Any:
    return Candidate.objects.visible_to(request.user).filter(coalition=row)


def latest(request: HttpRequest, kind: Any, found: Candidate) -> Any:
    """The latest judgment or standing; None where something was typed.

    TRAP: a form that was sent tells itself what its writer saw, and without the key it is kept
    only if nothing sealed is read before.
    """
    if request.method == "POST":
        return None
    return kind.objects.visible_to(request.user).filter(candidate=found).first()


def office_of(request: HttpRequest, found: Candidate) -> str:
    """The office, where the opening is logged: a form that comes back does not say it."""
    return "" if request.method == "POST" else str(found.actor)


def offices_of(request: HttpRequest, row: Coalition, more: Iterable[int] = ()) -> list[Any]:
    """Whom a difficulty may be about: candidates first, then all other actors of the system.

    A form that comes back lists them all alike, since its opening is not logged.
    """
    actors = Actor.objects.visible_to(request.user).filter(system=row.system)
    if request.method == "POST":
        return [(office.pk, str(office)) for office in actors]
    named = {one.actor_id: one for one in listed(request, row).select_related("actor")}
    others = [
        (office.pk, str(office)) for office in actors
        if office.pk not in named and (office.retired_at is None or office.pk in more)
    ]  # fmt: skip
    known = [(key, f"{one.letter} {one.actor}") for key, one in named.items()]
    return [(_("Candidates"), known), (_("Other offices of the system"), others)]


def warning(view: Appraisal | None) -> str:
    """What to think of before somebody is excluded."""
    if view is None:
        return _("Nobody has judged this candidate yet, so it cannot be chosen. Judge it first.")
    if Considered(view.candidate, [view]).advice == WORK_AROUND:
        return _("Its alignment is very low, now and at best: excluding it may be right, however "
                 "powerful it is. Say how you work around it.")  # fmt: skip
    return _("Its levels do not speak for excluding it: that is for those whose alignment is very "
             "low, now and at best. Disagreement alone is no ground to exclude anyone. If you "
             "exclude it all the same, let the reason say why.")  # fmt: skip
