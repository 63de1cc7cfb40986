"""Pages of the work with a coalition."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalitions.forms import building as forms
from coalitions.models import (
    Barrier,
    Candidate,
    Circle,
    Coalition,
    CommonGround,
    Contact,
    MemberCommitment,
    NextStep,
    Vacancy,
)
from coalitions.pages.building import BuildingPage
from coalitions.services import building as service
from coalitions.views.entering import (
    acting,
    answer,
    candidate_or_404,
    coalition_to_read,
    coalition_to_write,
    first_or,
    opened_too,
    page_of,
    reading,
    shown,
)
from coalitions.views.working import Kind, add, change
from people.gate import by
from people.versions import filled

CONTACT = Kind(
    Contact, forms.ContactForm, "contacts",
    gettext_lazy("Write down a contact"), gettext_lazy("Change a contact"),
    gettext_lazy("A coalition lapses unless it is worked at."), names=True,
)  # fmt: skip
COMMITMENT = Kind(
    MemberCommitment, forms.CommitmentForm, "commitments",
    gettext_lazy("Write down a commitment"), gettext_lazy("Change a commitment"),
    gettext_lazy("What a member said they would do, in words they would recognise."), names=True,
)  # fmt: skip
BARRIER = Kind(
    Barrier, forms.BarrierForm, "barriers",
    gettext_lazy("Write down a barrier"), gettext_lazy("Change a barrier"),
    gettext_lazy("Removing barriers is what the coalition is for."), names=True,
)  # fmt: skip
STEP = Kind(
    NextStep, forms.NextStepForm, "steps",
    gettext_lazy("Write down a next step"), gettext_lazy("Change a next step"),
    gettext_lazy("One thing, one office, one day."), names=True,
)  # fmt: skip
VACANCY = Kind(
    Vacancy, forms.VacancyForm, "vacancies",
    gettext_lazy("Write down a post that falls vacant"), gettext_lazy("Change a key post"),
    gettext_lazy("Influencing who fills a key post is another way to clear the path."),
)  # fmt: skip
CIRCLE = Kind(
    Circle, forms.CircleForm, "circles",
    gettext_lazy("Write down a circle"), gettext_lazy("Change a circle"),
    gettext_lazy("Circles of leadership widen from the coalition to everyone it serves."),
)  # fmt: skip


@reading
def building(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """How the coalition is kept alive: contact, commitments, barriers, steps, circles."""
    row = coalition_to_read(request, system, aspiration)
    return shown(request, row, "coalitions/building.html", lambda: built(request, row))


def built(request: HttpRequest, row: Coalition) -> dict[str, Any]:
    """What stands on the page, other coalitions' people among it."""
    page = BuildingPage(row, request.user, request.GET.get("page", ""))
    opened_too(request, page.overlap)
    return {"page": page, "tab": "building"}


def adding(kind: Kind) -> Callable[..., HttpResponse]:
    @acting
    def add_one(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
        return add(request, system, aspiration, kind)

    return add_one


def changing(kind: Kind) -> Callable[..., HttpResponse]:
    @acting
    def change_one(request: HttpRequest, system: str, aspiration: str, pk: int) -> HttpResponse:
        return change(request, system, aspiration, pk, kind)

    return change_one


add_contact, edit_contact = adding(CONTACT), changing(CONTACT)
add_commitment, edit_commitment = adding(COMMITMENT), changing(COMMITMENT)
add_barrier, edit_barrier = adding(BARRIER), changing(BARRIER)
add_next_step, edit_next_step = adding(STEP), changing(STEP)
add_vacancy, edit_vacancy = adding(VACANCY), changing(VACANCY)
add_circle, edit_circle = adding(CIRCLE), changing(CIRCLE)


@acting
def record_common_ground(
    request: HttpRequest, system: str, aspiration: str, number: int
) -> HttpResponse:
    """How far a member shares what the coalition stands for; earlier answers stay."""
    row = coalition_to_write(request, system, aspiration)
    one = candidate_or_404(request, row, number)
    form = forms.GroundForm(filled(request), row=ground_of(request, one))
    return answer(
        request, row, form,
        lambda form: service.record_ground(
            candidate=one, values=form.values(), seen=form.seen(), **by(request)
        ),
        done=_("Saved."), title=_("Common ground"), act=_("Keep this view"),
        to=f"{page_of(row, 'building')}#members", tab="building",
        lead=_("Seek common ground and say where it ends. Each view is kept with its day."),
        said=whose(request, one),
    )  # fmt: skip


def ground_of(request: HttpRequest, one: Candidate) -> CommonGround:
    """The latest view."""
    visible = CommonGround.objects.visible_to(request.user).filter(candidate=one)
    found: CommonGround = first_or(request, visible, CommonGround(candidate=one))
    return found


def whose(request: HttpRequest, one: Candidate) -> str:
    """Whom the form is about. What is sent in comes without fresh proof, and names a letter."""
    name = "" if request.method == "POST" else f" {one.actor.name}"
    return _("About candidate %(letter)s%(name)s.") % {"letter": one.letter, "name": name}
