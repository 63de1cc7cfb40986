"""Pages of working together across boundaries."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from coalitions.forms.boundaries import EntryPointForm
from coalitions.models import Coalition, EntryPoint
from coalitions.pages.boundaries import BoundariesPage
from coalitions.services import boundaries as service
from coalitions.views.entering import (
    acting,
    answer,
    coalition_to_read,
    coalition_to_write,
    first_or,
    page_of,
    reading,
    shown,
)
from people.gate import by
from people.permissions import may
from people.versions import filled


@reading
def boundaries(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """What stands in the way between sectors, where the group begins, and its key actions."""
    row = coalition_to_read(request, system, aspiration)
    return shown(
        request, row, "coalitions/boundaries.html",
        lambda: {
            "page": BoundariesPage(row), "tab": "boundaries",
            "opens_reviews": may(request.user, "review.read", row.system),
        },
    )  # fmt: skip


@acting
def edit_entry_point(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Say where the group begins, or begin elsewhere."""
    row = coalition_to_write(request, system, aspiration)
    form = EntryPointForm(filled(request), row=entry_point_of(request, row))
    return answer(
        request, row, form,
        lambda form: service.keep_entry_point(
            coalition=row, values=form.values(), version=form.seen(), **by(request)
        ),
        done=_("Saved."), title=_("Entry point"), act=_("Save"),
        to=f"{page_of(row, 'boundaries')}#entry", tab="boundaries",
        lead=_("An opening that the parties can take together. It may change as they learn."),
    )  # fmt: skip


def entry_point_of(request: HttpRequest, row: Coalition) -> EntryPoint:
    """What is written down of where the group begins."""
    visible = EntryPoint.objects.visible_to(request.user).filter(coalition=row)
    found: EntryPoint = first_or(request, visible, EntryPoint(coalition=row))
    return found
