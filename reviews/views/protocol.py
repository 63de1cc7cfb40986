"""What to ask in interviews and focus groups, to print or to read on a phone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from people.gate import row_or_404
from people.local_time import render_there
from people.permissions import may
from reviews.models import Conversation, Participant, Round
from reviews.pages.protocol import Asking, Protocol


@require_safe
def protocol(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """The questions of a round's rubric, for everyone who takes part: nothing in it is sealed.

    Independent reviewers ask too, and are never in the joint team; who is asked may prepare.
    """
    row = row_or_404(request, Round, "review.read", system__slug=system, pk=pk)
    notes = Round.objects.visible_to(request.user, "note.write").filter(pk=row.pk)
    context = {
        "round": row, "page": Protocol(row, Asking.from_query(request.GET)),
        "kinds": Conversation.Kind.choices, "levels": Participant.Tier.choices,
        "may_write": may(request.user, "review.write", row.system),
        "may_note": notes.exists(),
    }  # fmt: skip
    return render_there(request, row.system, "reviews/protocol.html", context)
