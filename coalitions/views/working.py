"""How a row of the work with a coalition is added and changed, whatever its kind."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from coalitions.forms.building import WorkForm
from coalitions.forms.whom import Whom
from coalitions.models import Barrier, Candidate, Circle, Coalition, Contact, NextStep
from coalitions.services import building as service
from coalitions.services.considered import considered
from coalitions.views.entering import answer, coalition_to_write, page_of
from people.confidential.door import ProveAgain, prove_lately
from people.confidential.openings import opening
from people.confidential.sealing import SealedError
from people.gate import by
from people.versions import filled

LONGEST_NUMBER = 5
CIRCLES = range(1, 10)


@dataclass(frozen=True, repr=False)
class Kind:
    """What is added or changed: its form, its words, and where on the page it stands.

    `names`: whether its form lists the candidates.
    """

    model: type[Any]
    form: type[WorkForm]
    section: str
    new: Any
    edit: Any
    lead: Any
    names: bool = False


def add(request: HttpRequest, system: str, aspiration: str, kind: Kind) -> HttpResponse:
    """Write down one row. `?candidate=<number>` chooses a member beforehand, `?kind=` a kind."""
    row = coalition_to_write(request, system, aspiration)
    form = form_for(request, row, kind, begun(request, row, kind))
    return answer(
        request, row, form,
        lambda form: service.add_work(
            kind=kind.model, coalition=row, values=form.values(), **by(request)
        ),
        title=str(kind.new), act=_("Write it down"), **words(request, row, kind),
    )  # fmt: skip


def change(request: HttpRequest, system: str, aspiration: str, pk: int, kind: Kind) -> HttpResponse:
    """Change one row, beside what another saved meanwhile."""
    row = coalition_to_write(request, system, aspiration)
    about = row_to_change(request, row, kind.model, pk)
    form = form_for(request, row, kind, about)
    return answer(
        request, row, form,
        lambda form: service.change_work(
            row=about, coalition=row, values=form.values(), version=form.seen(), **by(request)
        ),
        title=str(kind.edit), act=_("Save"), **words(request, row, kind),
    )  # fmt: skip


def words(request: HttpRequest, row: Coalition, kind: Kind) -> dict[str, Any]:
    """What every such form says, and where it leads back to."""
    page = "boundaries" if kind_asked(request, kind.model) else "building"
    return {
        "to": f"{page_of(row, page)}#{kind.section}", "tab": page, "lead": kind.lead,
        "done": _("Saved."),
    }  # fmt: skip


def begun(request: HttpRequest, row: Coalition, kind: Kind) -> Any:
    """A row not written yet, with what is known beforehand."""
    about = kind.model()
    today = row.system.today()
    if kind.model is Contact:
        about.held_on = today
    if kind.model is Barrier:
        about.raised_on = today
    if kind.model is Circle:
        visible = Circle.objects.visible_to(request.user).filter(coalition=row)
        taken = set(visible.values_list("order", flat=True))
        about.order = next((number for number in CIRCLES if number not in taken), None)
    asked = kind_asked(request, kind.model)
    if asked:
        about.kind = asked
    return about


def kind_asked(request: HttpRequest, model: type[Any]) -> str:
    """Which kind of barrier or step the address asks for: those of work across boundaries."""
    known = {Barrier: Barrier.Kind.values, NextStep: [NextStep.Kind.KEY_ACTION.value]}
    asked = request.GET.get("kind", "")
    return asked if asked in known.get(model, []) else ""


def row_to_change(request: HttpRequest, row: Coalition, model: type[Any], pk: int) -> Any:
    """The row, else 404. Without the key one with its relations alone: no typing is lost."""
    visible = model._default_manager.visible_to(request.user)
    where = {service.way_to(model): row, "pk": pk}
    try:
        return get_object_or_404(visible, **where)
    except SealedError:
        if request.method != "POST":
            raise
    open_ones = [field.attname for field in model._meta.concrete_fields if field.remote_field]
    return model(**get_object_or_404(visible.values("pk", *open_ones), **where))


def form_for(request: HttpRequest, row: Coalition, kind: Kind, about: Any) -> WorkForm:
    """The form. One sent back with faults names the candidates only after fresh proof."""
    whom = whom_for(request, row, kind, about)
    form = kind.form(filled(request), row=about, place=row, whom=whom)
    if request.method != "POST" or not kind.names or form.is_valid():
        return form
    try:
        prove_lately(request)
    except ProveAgain:
        return form
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        whom = whom_for(request, row, kind, about, named=True)
    return kind.form(request.POST, row=about, place=row, whom=whom)


def whom_for(
    request: HttpRequest, row: Coalition, kind: Kind, about: Any, *, named: bool = False
) -> Whom:  # fmt: skip
    """Whom the form may name. What is sent in is read without a sealed text: the key may fail."""
    if not kind.names:
        # A row keeps its office, be it retired since: else the row could not be closed.
        offered = Q(retired_at=None) | Q(pk=getattr(about, "actor_id", None))
        return Whom({}, actors=tuple(row.system.actors.filter(offered)))
    visible = Candidate.objects.visible_to(request.user).filter(coalition=row)
    rows = {one.pk: one for one in visible.select_related("actor")}
    if request.method == "POST":
        return Whom(rows, named=named)
    chosen = frozenset(one.candidate.pk for one in considered(row) if one.is_chosen)
    return Whom(rows, chosen, wanted=asked_for(request, rows))


def asked_for(request: HttpRequest, rows: dict[int, Candidate]) -> tuple[int, ...]:
    """Key of the candidate whose number the address names; none where it names none."""
    text = request.GET.get("candidate", "")
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        return ()
    return tuple(pk for pk, one in rows.items() if one.number == int(text))
