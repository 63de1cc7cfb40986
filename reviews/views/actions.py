"""The actions that a review leads to: added, changed, settled."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from people.forms.actions import SettleForm
from people.gate import by
from people.models import Action
from people.versions import filled
from reviews.forms.findings import ReviewActionForm
from reviews.models import Implication, ReviewAction, Round
from reviews.pages.findings import elements_of, implications_of, levels_of
from reviews.services import undertakings as service
from reviews.views.concluding import FORM, answer, round_to_conclude, row_in


@FORM
def add_review_action(request: HttpRequest, system: str, pk: int, implication: int) -> HttpResponse:
    """Agree on what is done, by which office, until when."""
    row = round_to_conclude(request, system, pk)
    meant = row_in(request, Implication, implication, finding__round=row)
    form = ReviewActionForm(filled(request), row=Action(system=row.system), **choices(row))
    return answer(
        request, row, form,
        lambda form: service.add_review_action(implication=meant, **form.values(), **by(request)),
        done=_("The action is agreed on."), title=_("Agree on an action"),
        act=_("Add the action"), said=meant.text,
    )  # fmt: skip


@FORM
def edit_review_action(request: HttpRequest, system: str, pk: int, action: int) -> HttpResponse:
    """Say otherwise what is done, by whom or until when, or tie it to another implication."""
    row = round_to_conclude(request, system, pk)
    agreed = action_in(request, row, action)
    form = ReviewActionForm(
        filled(request), row=agreed.action, meant=implications_of(row), **choices(row)
    )
    return answer(
        request, row, form,
        lambda form: service.change_review_action(
            action=agreed, values=form.values(), version=form.seen(), **by(request)
        ),
        done=_("Saved."), title=_("Change the action"), act=_("Save"),
    )  # fmt: skip


@FORM
def settle_review_action(request: HttpRequest, system: str, pk: int, action: int) -> HttpResponse:
    """Say that an action is done or dropped, and what came of it; or open it again."""
    row = round_to_conclude(request, system, pk)
    agreed = action_in(request, row, action)
    return answer(
        request, row, SettleForm(filled(request), row=agreed.action),
        lambda form: service.settle_review_action(
            action=agreed, **form.settled(), **by(request)
        ),
        done=_("Saved."), title=_("What came of the action?"), act=_("Save"),
        said=agreed.action.what,
    )  # fmt: skip


def action_in(request: HttpRequest, row: Round, pk: int) -> ReviewAction:
    found: ReviewAction = row_in(request, ReviewAction, pk, implication__finding__round=row)
    found.action.system = row.system
    return found


def choices(row: Round) -> dict[str, Any]:
    return {"rubric": row.rubric, "elements": elements_of(row), "levels": levels_of(row)}
