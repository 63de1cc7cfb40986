"""Rows of capacity reviews, which may name persons."""

from delivery.tests.matrix.rows import Row, Values, api, body_of, button, form, page

REASON = {"reason": "Agreed with everyone concerned"}
NOTE = {"body": "The deputy would help if asked."}
SEE, WRITE = "review.read", "review.write"
DRAWN, DRAW = "conclusion.read", "conclusion.write"
RUBRIC = "rubric.read"
TOLD = ("conclusion.read", "result.first", "result.read")
ROUND = {
    "version": "1", "title": "Round 3", "purpose": "How able are we?", "starts": "2025-04-01",
    "due": "2025-05-01", "rubric": "things.rubric",
}  # fmt: skip
PARTICIPANT = {"user": "things.unnamed", "kind": "self"}
GUEST = {"name": "A principal", "email": "p@elsewhere.example", "kind": "interviewee"}
STEP = {"version": "1", "starts": "2025-04-01", "ends": "2025-04-02"}
ELEMENT = {
    "code": "G1", "section": "Foundation", "title": "New", "question": "Is it?", "weak": "No.",
    "strong": "Yes.",
}  # fmt: skip


HERE, SUPPLIED = {"system": "slug"}, {"key": "community-learning-system"}
COPY = {"title": "A rubric of our own"}
POINTS = {
    "version": "1", "title": "Drafted", "lens": "themes", "points": "2", "name_1": "Weak",
    "meaning_1": "Not yet", "name_2": "Strong", "meaning_2": "In place",
}  # fmt: skip
SCORE = {
    "seen": "0", "value": "2", "reason": "Two of ten could show a path.", "rows": "3", "stop": "1",
    "source_kind_0": "document", "source_text_0": "A paper", "source_kind_1": "document",
    "source_kind_2": "document",
}  # fmt: skip
AGREED = {"version": "1", "value": "3", "reason": "Nine of ten paths stand by now."}
FINDING = {"version": "1", "text": "The middle waits for word.", "nature": "weakness"}
IMPLICATION = {"version": "1", "text": "Direction would help."}
ACTION = {
    "version": "1", "what": "Answer every plan", "owner": "Head of Delivery", "due": "2025-05-01",
    "term": "short",
}  # fmt: skip
MOVED = {**ACTION, "implication": "things.implication"}
SETTLED = {"version": "1", "status": "done", "settled_on": "2025-03-01"}
CONCLUSION = {"version": "1", "kind": "stop", "text": "Weekly reports that nobody reads."}
TALK = {"kind": "interview", "held_on": "2025-03-01", "people": "1", "label": "A principal"}


def over(name: str, see: str, act: str, body: Values, *, named: bool, **at: str) -> list[Row]:
    """A page with a form over the things that `at` names."""
    keys = {"system": "slug", **at}
    return [
        Row(name, "GET", (see,), act, keys, named=named),
        Row(name, "POST", (see,), act, keys, body_of(body), 302, named=named),
    ]


def to_set_up(name: str, body: Values, pk: str = "round", **at: str) -> list[Row]:
    """A form over a round that is being set up, or over another."""
    return over(name, SEE, WRITE, body, named=True, pk=pk, **at)


def to_draw(name: str, body: Values, **at: str) -> list[Row]:
    """A form over the conclusions of a round that was not released to anybody."""
    return over(name, DRAWN, DRAW, body, named=True, pk="closed", **at)


def told(name: str, **keys: str) -> Row:
    """A page of results that were released to the team."""
    return Row(name, "GET", TOLD, keys={"system": "slug", "pk": "told", **keys}, named=True)


def own(name: str, method: str, body: Values | None = None, **keys: str) -> Row:
    """One's own sheet: nobody else's address leads to it."""
    at = {"system": "slug", "pk": "open", **keys}
    send, ok = body_of(body or {}), 200 if method == "GET" else 302
    return Row(name, method, ("score.own",), keys=at, body=send, ok=ok, named=True)


def to_draft(name: str, body: Values, **keys: str) -> list[Row]:
    """A form over a rubric that is not in use yet."""
    return over(name, RUBRIC, WRITE, body, named=False, rubric="draft_rubric", **keys)


ROUNDS = [
    page("capacity", SEE, named=True),
    *form("new_round", SEE, WRITE, ROUND),
    page("review", SEE, named=True, pk="open"),
    *to_set_up("edit_round", ROUND),
    button("open_round", SEE, WRITE, named=True, pk="round"),
    *to_set_up("close_round", {}, pk="open"),
    *to_set_up("reopen_round", REASON, pk="closed"),
    *to_set_up("name_participant", PARTICIPANT),
    *to_set_up("invite_guest", GUEST),
    *to_set_up("remove_participant", REASON, part="participant"),
    button("send_link", SEE, WRITE, named=True, pk="open", part="guest"),
    button("remind_raters", SEE, WRITE, named=True, pk="open"),
    page("review_plan", SEE, named=True, pk="round"),
    *to_set_up("edit_step", STEP, step="step"),
    button("finish_step", SEE, WRITE, named=True, pk="round", step="step"),
    page("protocol", SEE, named=True, pk="round"),
]
RUBRICS = [
    page("rubrics", RUBRIC),
    Row("supplied_rubric", "GET", (RUBRIC,), keys=HERE, fixed=SUPPLIED),
    Row("copy_supplied_rubric", "GET", (RUBRIC,), WRITE, HERE, fixed=SUPPLIED),
    Row("copy_supplied_rubric", "POST", (RUBRIC,), WRITE, HERE, body_of(COPY), 302, fixed=SUPPLIED),
    page("rubric", RUBRIC, rubric="rubric"),
    *form("copy_rubric", RUBRIC, WRITE, COPY, rubric="rubric"),
    button("new_rubric_version", RUBRIC, WRITE, rubric="rubric"),
    *to_draft("edit_rubric", POINTS),
    *to_draft("use_rubric", {"version": "1"}),
    *to_draft("discard_rubric", {"version": "1"}),
    *to_draft("new_element", {"version": "1", **ELEMENT}),
    *to_draft("edit_element", {"version": "things.stamp", **ELEMENT}, element="draft_element"),
    Row(
        "move_element", "POST", (RUBRIC,), WRITE,
        {"system": "slug", "rubric": "draft_rubric", "element": "draft_element"},
        body_of({"to": "down"}), 302,
    ),
    *to_draft("remove_element", {}, element="draft_element"),
]  # fmt: skip
SCORING = [
    page("reviews_about", SEE, named=True, aspiration="aspiration"),
    own("score_sheet", "GET"),
    own("finish_scores", "POST"),
    own("take_back_scores", "GET"),
    own("take_back_scores", "POST"),
    own("score_element", "GET", code="code"),
    own("score_element", "POST", SCORE, code="code"),
]
NOTES = [
    *form("interview_notes", "note.read", "note.write", NOTE, named=True, pk="round"),
    *form("new_conversation", "note.read", "note.write", TALK, named=True, pk="round"),
    *form("conversation", "note.read", "note.write", NOTE, named=True, pk="round", talk="talk"),
]
RESULTS = [
    told("results"),
    told("result", code="code"),
    told("report"),
    told("comparison"),
    told("findings"),
    page("meeting", DRAWN, named=True, pk="closed"),
    *to_draw("agree_score", AGREED, code="code"),
    *to_draw("add_finding", FINDING),
    *to_draw("edit_finding", FINDING, finding="finding"),
    *to_draw("withdraw_finding", REASON, finding="bare_finding"),
    *to_draw("add_implication", IMPLICATION, finding="finding"),
    *to_draw("edit_implication", IMPLICATION, implication="implication"),
    *to_draw("withdraw_implication", REASON, implication="bare_implication"),
    *to_draw("add_review_action", ACTION, implication="implication"),
    *to_draw("edit_review_action", MOVED, action="review_action"),
    *to_draw("settle_review_action", SETTLED, action="review_action"),
    *to_draw("add_conclusion", CONCLUSION),
    *to_draw("edit_conclusion", CONCLUSION, conclusion="conclusion"),
    *to_draw("withdraw_conclusion", REASON, conclusion="conclusion"),
    *form(
        "release_results", DRAWN, "result.release",
        {"version": "1", "step": "leader", "sure": "on"}, named=True, pk="closed",
    ),
]  # fmt: skip
ACTIONS = [
    page("actions", "routine.read"),
    # Nobody here speaks for the office that owns it, so only the unit settles it.
    *form("settle_action", "routine.read", "plan.write", SETTLED, pk="action"),
]
INTERFACE = [
    *api("reviews", "review", "result.read", pk="told"),
    *api("agreed-judgments", "agreed-judgment", "result.read", pk="agreed"),
    *api("actions", "action", "routine.read", pk="action"),
]
ROWS = [*ROUNDS, *RUBRICS, *SCORING, *NOTES, *RESULTS, *ACTIONS, *INTERFACE]
