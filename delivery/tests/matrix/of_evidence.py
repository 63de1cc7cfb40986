"""Rows of evidence."""

from delivery.tests.matrix.rows import Row, page

READING = "dashboard.read"

ROWS: list[Row] = [
    page("metric_trajectory", "plan.read", metric="metric"),
    page("metric_definition", READING, metric="metric"),
    page("metric_data", "observation.read", metric="metric"),
    page("metric_segments_csv", READING, metric="metric"),
    page("metric_gap_csv", READING, metric="metric"),
    page("plan_csv", "plan.read", metric="metric"),
]
