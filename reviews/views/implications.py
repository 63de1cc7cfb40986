"""So what: adding, changing and withdrawing what a finding implies."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from people.gate import by
from people.versions import filled
from reviews.forms.findings import ImplicationForm
from reviews.models import Finding, Implication
from reviews.services import findings as service
from reviews.views.concluding import FORM, answer, round_to_conclude, row_in, withdrawal


@FORM
def add_implication(request: HttpRequest, system: str, pk: int, finding: int) -> HttpResponse:
    """Say what a finding means, or what has to be found out first."""
    row = round_to_conclude(request, system, pk)
    found = row_in(request, Finding, finding, round=row)
    form = ImplicationForm(filled(request), row=Implication(finding=found))
    return answer(
        request, row, form,
        lambda form: service.add_implication(finding=found, **form.values(), **by(request)),
        done=_("The implication is written down. Say what is done about it."),
        title=_("So what?"), act=_("Add what it means"), said=found.text,
    )  # fmt: skip


@FORM
def edit_implication(request: HttpRequest, system: str, pk: int, implication: int) -> HttpResponse:
    """Say an implication otherwise, or answer its question."""
    row = round_to_conclude(request, system, pk)
    meant = row_in(request, Implication, implication, finding__round=row)
    return answer(
        request, row, ImplicationForm(filled(request), row=meant),
        lambda form: service.change_implication(
            implication=meant, values=form.values(), version=form.seen(), **by(request)
        ),
        done=_("Saved."), title=_("Change what the finding means"), act=_("Save"),
        said=meant.finding.text,
    )  # fmt: skip


@FORM
def withdraw_implication(
    request: HttpRequest, system: str, pk: int, implication: int
) -> HttpResponse:
    """Withdraw an implication, unless an action that follows from it is open."""
    row = round_to_conclude(request, system, pk)
    meant = row_in(request, Implication, implication, finding__round=row)
    return withdrawal(
        request, row, meant,
        lambda **said: service.withdraw_implication(implication=meant, **said, **by(request)),
        done=_("The implication is withdrawn."), title=_("Withdraw the implication"),
        lead=_("It leaves the pages. Open actions must be settled or moved first."),
    )  # fmt: skip
