"""Rows of assessments: rounds, sheets, moderation, views of a metric, and doubts."""

from delivery.tests.matrix.rows import Row, body_of, form, page

SEE, WRITE, MODERATE = "assessment.read", "assessment.write", "assessment.moderate"
RUNNING = {"system": "slug", "pk": "assessment_round"}
# Another round runs in every system of the matrix, so this one is refused with words.
ROUND = {"title": "Another round", "due": "2099-01-01", "assessors": "things.assessor"}
CLOSE = {"reason": "The stocktake was moved up"}
SHEET = {"light": "AR", "reason": "The plan has lost its owner", "keep": "1"}
VIEW = {
    "light": "AR", "reason": "The coaches leave this spring",
    "difference_reason": "The figures do not show it yet",
}  # fmt: skip
DOUBT = {"text": "The budget letter says otherwise"}
ANSWER = {"outcome": "kept", "text": "That letter is of last year"}


def sent_on(name: str) -> list[Row]:
    """A page of moderation, which leads on to closing the sheets while the round is open."""
    return [
        Row(name, method, (SEE,), MODERATE, RUNNING, body_of({}), ok=302)
        for method in ("GET", "POST")
    ]


ROWS: list[Row] = [
    page("assessments", SEE),
    page("assessment_round", SEE, pk="locked_round"),
    Row("open_assessment_round", "GET", (SEE,), MODERATE, {"system": "slug"}),
    Row(
        "open_assessment_round", "POST", (SEE,), MODERATE, {"system": "slug"}, body_of(ROUND),
        ok=400,
    ),
    *form("close_assessment_round", SEE, MODERATE, CLOSE, pk="assessment_round"),
    *sent_on("moderate_assessments"),
    *sent_on("lock_assessment_round"),
    *form(
        "assessment_sheet", SEE, WRITE, SHEET, pk="assessment_round", aspiration="aspiration"
    ),
    page("metric_judgments", SEE, metric="metric"),
    *form("record_assessment", SEE, WRITE, VIEW, metric="metric"),
    *form("challenge_assessment", SEE, WRITE, DOUBT, pk="assessment"),
    *form("answer_challenge", SEE, MODERATE, ANSWER, pk="assessment_challenge"),
]  # fmt: skip
