"""Notes of interviews: a confidential page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.confidential.door import confidential, prove_lately
from people.confidential.openings import log_of, opened
from people.forms.confidential import NoteForm
from people.gate import by, row_or_404
from people.local_time import render_there
from people.versions import filled
from reviews.models import InterviewNote, Round
from reviews.services import notes


@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def interview_notes(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """What was said in interviews. Every reading is logged; a note is added and never changed.

    Writing shows nothing of what others wrote, so it asks for no fresh proof: what somebody has
    typed is not held up, nor kept anywhere unsealed.
    """
    row = row_or_404(request, Round, "note.read", system__slug=system, pk=pk)
    if request.method == "POST":
        return add(request, row)
    prove_lately(request)
    visible = InterviewNote.objects.visible_to(request.user).filter(round=row)
    texts = visible.select_related("author")
    found = opened(row=row, by=request.user, texts=texts)  # type: ignore[arg-type]
    told = Round.objects.visible_to(request.user, "opening.read").filter(pk=row.pk)
    context = {
        "round": row, "form": NoteForm(), "notes": found,
        "people": notes.readers_of(row), "log": log_of(row) if told.exists() else None,
    }  # fmt: skip
    return render_there(request, row.system, "reviews/interview_notes.html", context)


def add(request: HttpRequest, row: Round) -> HttpResponse:
    """Keep the note, and show the page anew; else the form alone with what was typed."""
    form = NoteForm(filled(request))
    status = form.kept(lambda body: notes.add_note(round=row, body=body, **by(request)))
    if status == 200:
        messages.success(request, _("The note is kept."))
        return redirect("interview_notes", row.system.slug, row.pk)
    context: dict[str, Any] = {"system": row.system, "round": row, "form": form}
    return render(request, "reviews/interview_notes.html", context, status=status)
