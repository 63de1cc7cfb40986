"""From findings to action: the page, and adding, changing and withdrawing a finding."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from people.gate import by
from people.local_time import render_there
from people.permissions import may
from people.versions import filled
from reviews.forms.findings import FindingForm
from reviews.models import Finding, Round
from reviews.pages.conclusions import conclusions_of
from reviews.pages.findings import FindingsPage, elements_of
from reviews.services import findings as service
from reviews.views.concluding import (
    FORM,
    WRITE,
    answer,
    round_to_conclude,
    round_to_read,
    row_in,
    withdrawal,
)


@require_safe
def findings(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """What follows from a review: findings, what they imply, actions, and what leaders decide."""
    row = round_to_read(request, system, pk)
    writes = Round.objects.visible_to(request.user, WRITE).filter(pk=row.pk).exists()
    page = FindingsPage(row, may_write=writes)
    context = {
        "round": row, "rubric": row.rubric, "page": page, "told": page.told,
        "conclusions": conclusions_of(row), "may_write": writes,
        "may_release": row.is_closed and may(request.user, "result.release", row.system),
        "reads_actions": row.team_at and may(request.user, "routine.read", row.system),
    }  # fmt: skip
    return render_there(request, row.system, "reviews/findings.html", context)


@FORM
def add_finding(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Write down what the review found."""
    row = round_to_conclude(request, system, pk)
    return answer(
        request, row, form_for(request, row, Finding(round=row)),
        lambda form: service.add_finding(round=row, **form.values(), **by(request)),
        done=_("The finding is written down. Say what it means."),
        title=_("Add a finding"), act=_("Add the finding"),
    )  # fmt: skip


@FORM
def edit_finding(request: HttpRequest, system: str, pk: int, finding: int) -> HttpResponse:
    """Say a finding otherwise, or let it rest on other elements."""
    row = round_to_conclude(request, system, pk)
    found = row_in(request, Finding, finding, round=row)
    return answer(
        request, row, form_for(request, row, found),
        lambda form: service.change_finding(
            finding=found, values=form.values(), version=form.seen(), **by(request)
        ),
        done=_("Saved."), title=_("Change the finding"), act=_("Save"),
    )  # fmt: skip


@FORM
def withdraw_finding(request: HttpRequest, system: str, pk: int, finding: int) -> HttpResponse:
    """Withdraw a finding, unless an action that follows from it is open."""
    row = round_to_conclude(request, system, pk)
    found = row_in(request, Finding, finding, round=row)
    return withdrawal(
        request, row, found,
        lambda **said: service.withdraw_finding(finding=found, **said, **by(request)),
        done=_("The finding is withdrawn."), title=_("Withdraw the finding"),
        lead=_("It leaves the pages, with what it implies. Open actions must be settled or moved "
               "first."),
    )  # fmt: skip


def form_for(request: HttpRequest, row: Round, found: Any) -> FindingForm:
    return FindingForm(filled(request), row=found, elements=elements_of(row))
