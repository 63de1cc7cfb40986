"""What leaders choose, stop and leave alone, and what a review means for the unit."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from people.gate import by
from people.versions import filled
from reviews.forms.conclusions import ConclusionForm
from reviews.models import Conclusion, Round
from reviews.pages.findings import elements_of
from reviews.services import conclusions as service
from reviews.views.concluding import FORM, answer, round_to_conclude, row_in, withdrawal


@FORM
def add_conclusion(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Write down a conclusion; `?kind=` chooses beforehand what it is about."""
    row = round_to_conclude(request, system, pk)
    kind = request.GET.get("kind", "")
    fresh = Conclusion(round=row, kind=kind if kind in Conclusion.Kind.values else "focus")
    return answer(
        request, row, form_for(request, row, fresh),
        lambda form: service.add_conclusion(round=row, **form.values(), **by(request)),
        done=_("The conclusion is written down."), title=_("Add a conclusion"),
        act=_("Add the conclusion"),
    )  # fmt: skip


@FORM
def edit_conclusion(request: HttpRequest, system: str, pk: int, conclusion: int) -> HttpResponse:
    """Say a conclusion otherwise."""
    row = round_to_conclude(request, system, pk)
    drawn = row_in(request, Conclusion, conclusion, round=row)
    return answer(
        request, row, form_for(request, row, drawn),
        lambda form: service.change_conclusion(
            conclusion=drawn, values=form.values(), version=form.seen(), **by(request)
        ),
        done=_("Saved."), title=_("Change the conclusion"), act=_("Save"),
    )  # fmt: skip


@FORM
def withdraw_conclusion(
    request: HttpRequest, system: str, pk: int, conclusion: int
) -> HttpResponse:
    """Withdraw a conclusion."""
    row = round_to_conclude(request, system, pk)
    drawn = row_in(request, Conclusion, conclusion, round=row)
    return withdrawal(
        request, row, drawn,
        lambda **said: service.withdraw_conclusion(conclusion=drawn, **said, **by(request)),
        done=_("The conclusion is withdrawn."), title=_("Withdraw the conclusion"),
        lead=_("It leaves the pages."),
    )  # fmt: skip


def form_for(request: HttpRequest, row: Round, drawn: Any) -> ConclusionForm:
    return ConclusionForm(filled(request), row=drawn, elements=elements_of(row))
