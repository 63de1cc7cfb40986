"""Pages of what a coalition is for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from coalitions.forms.charter import CharterForm, CoalitionForm
from coalitions.models import Charter
from coalitions.services import charter as services
from coalitions.views.entering import acting, answer, coalition_to_write
from people.gate import by
from people.versions import filled


@acting
def edit_charter(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """What the coalition is for, what its members must have, what it answers for."""
    row = coalition_to_write(request, system, aspiration)
    found = None
    if request.method != "POST":
        # TRAP: what was typed is kept without the key only if nothing sealed is read before.
        found = Charter.objects.visible_to(request.user).filter(coalition=row).first()
    form = CharterForm(filled(request), row=found)

    def write(form: Any) -> None:
        services.change_charter(
            coalition=row, values=form.values(), version=form.seen(), **by(request)
        )

    return answer(
        request, row, form, write, done=_("Saved."), title=_("What the coalition is for"),
        act=_("Save"), lead=_("Agree on this before anybody is named."), tab="choice",
    )  # fmt: skip


@acting
def edit_coalition(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """The form of the coalition, its next review, and from when on its pages warn."""
    row = coalition_to_write(request, system, aspiration)
    form = CoalitionForm(filled(request), row=row)

    def write(form: Any) -> None:
        services.change_coalition(
            coalition=row, values=form.values(), version=form.seen(), **by(request)
        )

    return answer(
        request, row, form, write, done=_("Saved."), title=_("How the coalition is kept"),
        act=_("Save"), tab="choice",
    )  # fmt: skip
