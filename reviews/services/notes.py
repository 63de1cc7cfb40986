"""Notes of interviews are added; they are never changed."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from people.confidential.openings import readers
from people.models import User
from people.services import save_with_trail
from reviews.models import InterviewNote, Participant, Round
from reviews.services.rounds import refuse_closed


@transaction.atomic
def add_note(*, round: Round, body: str, actor: User, door: str = "command") -> InterviewNote:
    """Add a note to a round that is not closed. The trail says that, and nothing of the text.

    SealedError where the key is not there: then nothing is written.
    """
    rows = Round.objects.select_for_update(of=("self",)).select_related("system")
    row = rows.visible_to(actor, "note.write").filter(pk=round.pk).first()
    if row is None:
        raise PermissionDenied
    refuse_closed(row)
    note = InterviewNote()
    save_with_trail(
        note, {"round": row, "author": actor, "body": body}, system=row.system,
        key="", actor=actor, door=door, sealed=("body",),
    )  # fmt: skip
    return note


def readers_of(round: Round) -> QuerySet[User]:
    """Everyone who can open the notes of a round now."""
    team = Participant.objects.in_force("note.read").filter(round=round, joint_team=True)
    return readers(round, "note.read", team.values("user"))
