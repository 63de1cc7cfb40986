"""Notes of interviews: a confidential page."""

from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.confidential.door import confidential, prove_lately
from people.confidential.openings import log_of, opened
from people.gate import by, row_or_404
from people.local_time import render_there
from people.versions import filled
from reviews.forms.notes import InterviewNoteForm
from reviews.models import Conversation, InterviewNote, Round
from reviews.pages.conversations import elements_of, offers, unopened
from reviews.pages.notes import BY_ELEMENT, WAYS, NotesPage
from reviews.services import notes
from reviews.views.conversations import onward
from reviews.views.refusals import handing_back


@require_http_methods(["GET", "HEAD", "POST"])
@handing_back()
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
    asked = request.GET.get("by", "")
    page = NotesPage(row, all_of(request, row), asked if asked in WAYS else BY_ELEMENT)
    told = Round.objects.visible_to(request.user, "opening.read").filter(pk=row.pk)
    context = {
        "round": row, "page": page,
        "form": InterviewNoteForm(offers=offers(page.elements, page.talks)),
        "people": notes.readers_of(row), "log": log_of(row) if told.exists() else None,
    }  # fmt: skip
    return render_there(request, row.system, "reviews/interview_notes.html", context)


def all_of(request: HttpRequest, row: Round) -> list[Any]:
    """Conversations and notes of the round; they are read once the opening is logged."""
    talks = Conversation.objects.visible_to(request.user).filter(round=row)
    texts = InterviewNote.objects.visible_to(request.user).filter(round=row)
    rows = chain(talks, texts.select_related("author", "element"))
    return opened(row=row, by=request.user, texts=rows)  # type: ignore[arg-type]


def add(request: HttpRequest, row: Round) -> HttpResponse:
    """Keep the note, and show the page anew; else the form alone with what was typed."""
    talks = unopened(Conversation.objects.visible_to(request.user).filter(round=row))
    elements = elements_of(row)
    form = InterviewNoteForm(filled(request), offers=offers(elements, talks))
    status = form.kept(
        lambda body: notes.add_note(round=row, body=body, **form.where(), **by(request))
    )
    if status == 200:
        messages.success(request, _("The note is kept."))
        talk = form.where()["conversation"]
        if talk is not None:
            return redirect(onward(row, talk, elements, form))
        return redirect("interview_notes", row.system.slug, row.pk)
    context: dict[str, Any] = {"system": row.system, "round": row, "form": form}
    return render(request, "reviews/interview_notes.html", context, status=status)
