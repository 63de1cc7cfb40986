"""Figures entered on a page: typed, pasted or from a small file, seen first and then saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.figure_files import template_csv
from aspirations.forms.figures import FiguresForm
from aspirations.intake.commit import Outcome
from aspirations.intake.faults import Refused
from aspirations.intake.parse import decode
from aspirations.models import Metric, Segment
from aspirations.models.metrics import WHOLE
from aspirations.pages.definitions import address
from aspirations.pages.entering import EnteringPage
from aspirations.services.figures import Moved, Preview, enter_figures, preview_figures
from people.gate import by, refuse_unless, system_or_404
from people.permissions import may
from people.services import LEAST, is_reason
from people.versions import filled


@require_http_methods(["GET", "HEAD", "POST"])
def figures(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Enter figures of a series: a first sending shows what they would do, a second saves them."""
    row, segment = series_to_fill(request, system, metric)
    form = FiguresForm(filled(request), request.FILES or None)
    if request.method != "POST":
        return show(request, row, segment, form, None, 200)
    text = text_of(form) if form.is_valid() else None
    if text is None:
        return show(request, row, segment, form, None, 400)
    preview = preview_figures(metric=row, segment=segment, text=text)
    status, answer = step(request, row, segment, form, text, preview)
    if answer is not None:
        return answer
    form.kept(text, preview.stamp, file_name(form))
    return show(request, row, segment, form, preview, status)


def step(
    request: HttpRequest, row: Metric, segment: Segment, form: FiguresForm, text: str,
    preview: Preview,
) -> tuple[int, HttpResponse | None]:  # fmt: skip
    """The status to show the preview with, or the answer once the figures are saved.

    Only figures that were seen are saved, and only beside what they were seen beside.
    """
    seen = form.cleaned_data["stamp"]
    if preview.faults:
        return 400, None
    if "save" not in request.POST or not seen or not preview.same_figures(seen):
        return 200, None
    if preview.stamp != seen:
        return stood_beside_others(form)
    if preview.needs_reason and not is_reason(form.cleaned_data["reason"]):
        count = preview.needs_reason
        words = ngettext(
            "%(count)s stored figure would change. Say why, in %(least)s characters or more.",
            "%(count)s stored figures would change. Say why, in %(least)s characters or more.",
            count,
        )
        form.add_error("reason", words % {"count": count, "least": LEAST})
        return 400, None
    try:
        done = enter_figures(
            metric=row, segment=segment, text=text, reason=form.cleaned_data["reason"],
            stamp=seen, file_name=file_name(form), **by(request),
        )  # fmt: skip
    except Moved:
        return stood_beside_others(form)
    except Refused as refused:  # what the rules refuse only when all is at hand
        for fault in refused.faults:
            form.add_error("figures", str(fault))
        return 400, None
    messages.success(request, said(done))
    return 302, redirect(after(request, row, segment))


def stood_beside_others(form: FiguresForm) -> tuple[int, None]:
    words = _("Someone saved figures here after you looked. Compare once more, then save.")
    form.add_error(None, words)
    return 409, None


def said(done: Outcome) -> str:
    """What was done, and what follows."""
    if not done.added and not done.changed:
        return _("These figures are stored already. Nothing was changed.")
    words = _("%(added)s added, %(changed)s changed. The judgment follows within a minute.")
    told = words % {"added": done.added, "changed": done.changed}
    return " ".join([told, *done.notes])


def after(request: HttpRequest, row: Metric, segment: Segment) -> str:
    """The metric’s page; for who only brings figures in, this one."""
    reads = may(request.user, "dashboard.read", row.system)
    return address("metric" if reads else "enter_figures", row, segment)


def text_of(form: FiguresForm) -> str | None:
    """The text of the file, else of the field; None where the file cannot be read."""
    file = form.cleaned_data["file"]
    if file is None:
        return str(form.cleaned_data["figures"])
    try:
        text, _notes = decode(file.read(), file.name)
    except Refused as refused:
        for fault in refused.faults:
            form.add_error("file", str(fault))
        return None
    return text


def file_name(form: FiguresForm) -> str:
    file = form.cleaned_data["file"]
    return str(file.name)[:255] if file is not None else str(form.cleaned_data["name"])


def series_to_fill(request: HttpRequest, system: str, slug: str) -> tuple[Metric, Segment]:
    """The metric and the segment of `?segment=`: 404 where not to be read, 403 where only read."""
    place = system_or_404(request, system, "observation.read")
    metrics = Metric.objects.visible_to(request.user, "observation.read")
    row = get_object_or_404(metrics, system=place, slug=slug)
    segments = Segment.objects.visible_to(request.user, "observation.read")
    code = (request.GET.get("segment") or WHOLE).replace("\0", "")
    segment = get_object_or_404(segments, system=place, code=code)
    refuse_unless(request, "observation.write", place)
    row.system = segment.system = place
    return row, segment


def show(
    request: HttpRequest, row: Metric, segment: Segment, form: FiguresForm,
    preview: Preview | None, status: int,
) -> HttpResponse:  # fmt: skip
    reads = may(request.user, "dashboard.read", row.system)
    context = {
        "system": row.system, "metric": row, "segment": segment, "form": form,
        "page": EnteringPage(row, segment, preview, reads), "reads": reads,
    }  # fmt: skip
    return render(request, "aspirations/figures_form.html", context, status=status)


@require_safe
def figures_template(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """A CSV file to fill in, with the periods that come next."""
    row, segment = series_to_fill(request, system, metric)
    return template_csv(row, segment, EnteringPage(row, segment).open_periods)
