"""Rows of the headline, of places side by side and of the systems beneath one."""

from delivery.tests.matrix.rows import Row, button, form, page

READING = "dashboard.read"
WORDING = {"text": "Reading has stopped and needs a decision", "version": "1"}

ROWS: list[Row] = [
    *form("headline", READING, "headline.write", WORDING, read=True),
    button("approve_headline", READING, "headline.approve", pk="headline"),
    page("places", READING),
    page("places_csv", READING),
    page("map_csv", "assessment.read"),
    page("children", READING),
]
