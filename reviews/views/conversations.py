"""A conversation is recorded, and its notes are written one after the other; none is shown."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.confidential.door import confidential
from people.gate import by, row_to_act_on
from people.local_time import render_there
from people.versions import filled
from reviews.forms.notes import ConversationForm, InterviewNoteForm
from reviews.models import Conversation, Element, InterviewNote, Round
from reviews.pages.conversations import TalkPage, after, elements_of, offers, unopened
from reviews.services import notes
from reviews.views.refusals import handing_back


def round_to_note(request: HttpRequest, system: str, pk: int) -> Round:
    row: Round = row_to_act_on(
        request, Round, read="note.read", act="note.write", system__slug=system, pk=pk
    )
    return row


@require_http_methods(["GET", "HEAD", "POST"])
@handing_back()
@confidential
def new_conversation(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Record that an interview or a focus group was held. The page shows nothing that is sealed."""
    row = round_to_note(request, system, pk)
    form = ConversationForm(filled(request), initial={"held_on": row.system.today()})
    status = 200
    if request.method == "POST":
        status = form.kept(
            lambda **values: notes.add_conversation(round=row, **values, **by(request))
        )
        if status == 200:
            messages.success(request, _("The conversation is recorded. Write what was said."))
            return redirect("conversation", row.system.slug, row.pk, form.made.pk)
    context = {"round": row, "form": form}
    return render_there(
        request, row.system, "reviews/conversation_form.html", context, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@handing_back()
@confidential
def conversation(request: HttpRequest, system: str, pk: int, talk: int) -> HttpResponse:
    """Write the notes of one conversation, element by element.

    It shows neither notes nor with whom it was, so it asks for no fresh proof and logs nothing.
    """
    row = round_to_note(request, system, pk)
    page = page_of(request, row, talk)
    known = offers(page.elements)
    if request.method == "POST":
        form = InterviewNoteForm(request.POST, offers=known)
        status = form.kept(lambda body: notes.add_note(
            round=row, body=body, conversation=page.talk.row, **form.where(), **by(request)
        ))  # fmt: skip
        if status == 200:
            messages.success(request, _("The note is kept."))
            return redirect(onward(row, page.talk.row, page.elements, form))
    else:
        form, status = InterviewNoteForm(offers=known, initial={"element": key_of(page)}), 200
    context = {"round": row, "page": page, "form": form}
    return render_there(request, row.system, "reviews/conversation.html", context, status=status)


def page_of(request: HttpRequest, row: Round, talk: int) -> TalkPage:
    """The conversation of this round, or 404 as for one that is not there."""
    talks = unopened(Conversation.objects.visible_to(request.user, "note.write").filter(round=row))
    found = next((one for one in talks if one.row.pk == talk), None)
    if found is None:
        raise Http404
    written = InterviewNote.objects.visible_to(request.user, "note.write").filter(round=row)
    sent = request.POST if request.method == "POST" else request.GET
    return TalkPage(found, elements_of(row), written, sent.get("element", ""))


def key_of(page: TalkPage) -> Any:
    return page.element.pk if page.element else ""


def onward(row: Round, talk: Conversation, elements: list[Element], form: Any) -> str:
    """The same conversation, with the next element to write on."""
    address = reverse("conversation", args=[row.system.slug, row.pk, talk.pk])
    return f"{address}?element={after(elements, form.where().get('element'))}"
