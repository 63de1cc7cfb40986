"""Rows of aspirations: their list, their page, their setting and their reviews."""

from delivery.tests.matrix.rows import Row, form, page

READING, PLAN, WRITE = "dashboard.read", "plan.read", "plan.write"
WORDS = {
    "version": "1", "title": "Every child reads", "status": "adopted",
    "reason": "Said more shortly now",
}  # fmt: skip
REASON = {"reason": "Entered by mistake in March"}
INFLUENCE = {"kind": "law", "force": "strong", "note": "A law asks for it"}
CONSULTATION = {"held_on": "2025-02-01", "who": "Forty heads", "how": "Workshop"}
PROBE = {"level": "leader", "probed_on": "2025-02-01", "asked": "1", "named": "1"}
CRITERIA = ("moral_purpose", "ambitious", "measurable", "focused", "shared")
REVIEW = {
    "reviewed_on": "2025-02-01", "reviewers": "Two heads", "outcome": "endorse",
    **{f"rating_{name}": "3" for name in CRITERIA},
    **{f"reason_{name}": "Said by most who were asked" for name in CRITERIA},
}  # fmt: skip

ROWS: list[Row] = [
    page("aspirations", READING),
    *form("new_aspiration", READING, WRITE, WORDS),
    page("aspiration", READING, aspiration="aspiration"),
    *form("edit_aspiration", READING, WRITE, WORDS, aspiration="aspiration"),
    *form("place_metrics", READING, WRITE, {"version": "1"}, aspiration="aspiration"),
    *form("retire_aspiration", READING, WRITE, REASON, aspiration="aspiration"),
    *form("reinstate_aspiration", READING, WRITE, REASON, aspiration="retired_aspiration"),
    *form("add_influence", PLAN, WRITE, INFLUENCE, aspiration="aspiration"),
    *form("withdraw_influence", PLAN, WRITE, REASON, aspiration="aspiration", pk="influence"),
    *form("add_consultation", PLAN, WRITE, CONSULTATION, aspiration="aspiration"),
    *form(
        "withdraw_consultation", PLAN, WRITE, REASON, aspiration="aspiration", pk="consultation"
    ),
    *form("add_probe", PLAN, WRITE, PROBE, aspiration="aspiration"),
    *form("withdraw_probe", PLAN, WRITE, REASON, aspiration="aspiration", pk="probe"),
    *form("add_quality_review", PLAN, WRITE, REVIEW, aspiration="aspiration"),
    *form(
        "withdraw_quality_review", PLAN, WRITE, REASON, aspiration="aspiration",
        pk="quality_review",
    ),
]  # fmt: skip
