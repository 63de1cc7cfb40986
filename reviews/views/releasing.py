"""Releasing results: to the leaders, then to the team."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from people.gate import by, refuse_unless
from people.local_time import render_there
from people.services import Conflict
from people.versions import filled
from reviews.forms.conclusions import ReleaseForm
from reviews.models import Round
from reviews.pages.releasing import ReleasePage
from reviews.services import releases
from reviews.views.concluding import FORM, round_to_read


@FORM
def release_results(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Both steps of the release, what each opens to whom, and the next one to be confirmed."""
    row = round_to_read(request, system, pk)
    refuse_unless(request, "result.release", row.system)
    form = ReleaseForm(filled(request), row=row)
    if request.method == "POST" and form.is_valid():
        try:
            done = release(row, form, request)
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            return moved_on(request, conflict.current)
        else:
            messages.success(request, done)
            return redirect("release_results", system, pk)
    return page(request, row, form, status=400 if request.method == "POST" else 200)


def release(row: Round, form: ReleaseForm, request: HttpRequest) -> str:
    """Take the step that the reader confirmed; what they are told."""
    steps: dict[str, Any] = {
        "leader": (releases.release_to_leader, _("The leaders can read the results now.")),
        "team": (releases.release_to_team, _("The team can read the results now.")),
    }
    if form.cleaned_data["step"] not in steps:
        raise ValidationError(_("There is no such step. Load the page again and confirm there."))
    take, done = steps[form.cleaned_data["step"]]
    take(round=row, version=form.seen(), **by(request))
    return str(done)


def moved_on(request: HttpRequest, now: Any) -> HttpResponse:
    """The page as the round is now: what was confirmed may not be what was meant any more."""
    form = ReleaseForm(row=now)
    words = _("The review was changed after you opened this page, so nothing was released. "
              "Look at it again, then confirm.")  # fmt: skip
    return page(request, now, form, status=409, problem=words)


def page(
    request: HttpRequest, row: Round, form: ReleaseForm, *, status: int, problem: str = ""
) -> HttpResponse:
    context = {"round": row, "page": ReleasePage(row), "form": form, "problem": problem}
    return render_there(request, row.system, "reviews/release.html", context, status=status)
