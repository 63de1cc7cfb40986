"""Retiring an aspiration and taking it up again; what is entered about it and taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from aspirations.forms.setting import (
    ConsultationForm,
    InfluenceForm,
    ProbeForm,
    QualityReviewForm,
)
from aspirations.models import AlignmentProbe, Aspiration, Consultation, Influence, QualityReview
from aspirations.sentences.aspirations import retiring_text, too_many
from aspirations.services import setting
from aspirations.services.aspirations import (
    MOST_ACTIVE,
    reinstate_aspiration,
    retire_aspiration,
)
from aspirations.services.quality_reviews import add_quality_review as keep_review
from aspirations.views.aspirations import aspiration_to_write
from people.forms.confidential import ReasonForm
from people.gate import by
from people.versions import filled

writing = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Words:
    """What the page of a form says; `done` is told when it is through."""

    title: str | Promise
    lead: str | Promise
    act: str | Promise
    done: str | Promise


@writing
def retire(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Take it off the dashboard, with a reason."""
    row = aspiration_to_write(request, system, aspiration)
    words = Words(
        _("Retire “%(title)s”") % {"title": row.title},
        retiring_text(row.placements.count()), _("Retire it"), _("It is retired."),
    )  # fmt: skip
    return with_reason(
        request, row, words, lambda reason: retire_aspiration(
            aspiration=row, reason=reason, **by(request)
        )
    )  # fmt: skip


@writing
def reinstate(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Take a retired one up again, with a reason."""
    row = aspiration_to_write(request, system, aspiration)
    active = row.system.aspirations.active().count() + 1
    follows = _("It returns to the dashboard with its metrics, as an adopted one.")
    words = Words(
        _("Take “%(title)s” up again") % {"title": row.title},
        f"{follows} {too_many(active, MOST_ACTIVE)}".strip(),
        _("Take it up again"), _("It is active again."),
    )  # fmt: skip
    return with_reason(
        request, row, words, lambda reason: reinstate_aspiration(
            aspiration=row, reason=reason, **by(request)
        )
    )  # fmt: skip


def with_reason(
    request: HttpRequest, row: Aspiration, words: Words, act: Callable[[str], Any]
) -> HttpResponse:
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["reason"])
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, str(words.done))
            return redirect("aspiration", row.system.slug, row.slug)
    return act_page(request, row, form, words)


# ------------------------------------------------------------- what is entered about it
@writing
def add_influence(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    words = Words(
        _("Name what presses for it"),
        _("Where an aspiration comes from decides how far it can be bent."),
        _("Keep it"), _("The influence is kept."),
    )  # fmt: skip
    row = aspiration_to_write(request, system, aspiration, "plan.read")
    return entered(request, row, InfluenceForm(filled(request)), setting.add_influence, words)


@writing
def add_consultation(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    words = Words(
        _("Tell of a consultation"),
        _("People believe they were heard once they see what it changed."),
        _("Keep it"), _("The consultation is kept."),
    )  # fmt: skip
    row = aspiration_to_write(request, system, aspiration, "plan.read")
    return entered(request, row, ConsultationForm(filled(request)), setting.add_consultation, words)


@writing
def add_probe(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    words = Words(
        _("Tell how many could name it"),
        _("Ask “What are we trying to achieve?” without a hint, and count who names this."),
        _("Keep it"), _("The probe is kept."),
    )  # fmt: skip
    row = aspiration_to_write(request, system, aspiration, "plan.read")
    return entered(request, row, ProbeForm(filled(request)), setting.add_probe, words)


def entered(
    request: HttpRequest, row: Aspiration, form: Any, add: Callable[..., Any], words: Words
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            add(aspiration=row, values=form.cleaned_data, **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, str(words.done))
            return redirect("aspiration", row.system.slug, row.slug)
    return act_page(request, row, form, words)


@writing
def add_quality_review(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Rate it on five criteria, each with its reason, and say what follows."""
    row = aspiration_to_write(request, system, aspiration, "plan.read")
    form = QualityReviewForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            keep_review(aspiration=row, values=form.review(), ratings=form.ratings(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("The review is kept."))
            return redirect("aspiration", row.system.slug, row.slug)
    words = Words(
        _("Review “%(title)s”") % {"title": row.title},
        _("Is it worth holding? Five criteria, each with a reason that a doubter would accept."),
        _("Keep the review"), "",
    )  # fmt: skip
    return act_page(request, row, form, words, "aspirations/aspiration_review.html")


# ------------------------------------------------------------- what is taken back
TAKEN_BACK: dict[type[Any], Promise] = {
    Influence: gettext_lazy("Take the influence back"),
    Consultation: gettext_lazy("Take the consultation back"),
    AlignmentProbe: gettext_lazy("Take the probe back"),
    QualityReview: gettext_lazy("Take the review back"),
}


@writing
def withdraw_influence(request: HttpRequest, system: str, aspiration: str, pk: int) -> HttpResponse:
    return taken_back(request, system, aspiration, Influence, pk)


@writing
def withdraw_consultation(
    request: HttpRequest, system: str, aspiration: str, pk: int
) -> HttpResponse:
    return taken_back(request, system, aspiration, Consultation, pk)


@writing
def withdraw_probe(request: HttpRequest, system: str, aspiration: str, pk: int) -> HttpResponse:
    return taken_back(request, system, aspiration, AlignmentProbe, pk)


@writing
def withdraw_quality_review(
    request: HttpRequest, system: str, aspiration: str, pk: int
) -> HttpResponse:
    return taken_back(request, system, aspiration, QualityReview, pk)


def taken_back(
    request: HttpRequest, system: str, slug: str, kind: type[Any], pk: int
) -> HttpResponse:
    """Take back what was entered by mistake, with a reason; it stays to be seen."""
    row = aspiration_to_write(request, system, slug, "plan.read")
    found = get_object_or_404(
        kind.objects.visible_to(request.user).select_related("aspiration"), aspiration=row, pk=pk
    )
    words = Words(
        TAKEN_BACK[kind], _("“%(row)s” stays on the page, with the reason.") % {"row": found},
        _("Take it back"), _("It is taken back."),
    )  # fmt: skip
    return with_reason(
        request, row, words, lambda reason: setting.withdraw(
            row=found, reason=reason, **by(request)
        )
    )  # fmt: skip


def act_page(
    request: HttpRequest, row: Aspiration, form: Any, words: Words,
    template: str = "aspirations/aspiration_act.html",
) -> HttpResponse:  # fmt: skip
    """The form with what was typed, and what is wrong with it."""
    context = {
        "system": row.system, "aspiration": row, "form": form, "title": words.title,
        "lead": words.lead, "act": words.act,
    }  # fmt: skip
    status = 400 if request.method == "POST" else 200
    return render(request, template, context, status=status)
