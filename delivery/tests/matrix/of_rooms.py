"""Rows of capacity reviews and guiding coalitions, which may name persons."""

from delivery.tests.matrix.rows import button, form, page

REASON = {"reason": "Agreed with everyone concerned"}
ROUND = {
    "version": "1", "title": "Round 3", "purpose": "How able are we?", "starts": "2025-04-01",
    "due": "2025-05-01",
}  # fmt: skip
NOTE = {"body": "The deputy would help if asked."}
SEE, WRITE = "review.read", "review.write"
COALITION, LEAD = "coalition.read", "delegate.write"
PARTICIPANT = {"user": "things.unnamed", "kind": "unit"}

REVIEWS = [
    page("capacity", SEE, named=True),
    *form("new_round", SEE, WRITE, ROUND),
    page("review", SEE, named=True, pk="round"),
    *form("edit_round", SEE, WRITE, ROUND, named=True, pk="round"),
    button("open_round", SEE, WRITE, named=True, pk="round"),
    button("close_round", SEE, WRITE, named=True, pk="open"),
    *form("reopen_round", SEE, WRITE, REASON, named=True, pk="closed"),
    *form("name_participant", SEE, WRITE, PARTICIPANT, named=True, pk="round"),
    *form("remove_participant", SEE, WRITE, REASON, named=True, pk="round", part="participant"),
    *form("interview_notes", "note.read", "note.write", NOTE, named=True, pk="round"),
]
COALITIONS = [
    page("coalitions", COALITION, named=True),
    *form("coalition", COALITION, "coalition.write", NOTE, named=True, aspiration="aspiration"),
    *form("start_coalition", LEAD, LEAD, {"form": "team"}, aspiration="alone"),
    *form(
        "name_delegate", COALITION, LEAD, {"user": "things.unnamed"}, named=True,
        aspiration="aspiration",
    ),
    *form(
        "end_delegate", COALITION, LEAD, REASON, named=True, aspiration="aspiration",
        pk="delegate",
    ),
]  # fmt: skip
