"""Rows of definitions: metrics, segments, events, data quality, figures, and the first run."""

from delivery.tests.matrix.rows import Row, form, page

READING, FIGURES, WRITE = "dashboard.read", "observation.read", "plan.write"
METRIC = {
    "version": "1", "name": "Reading anew", "unit": "%", "decimals": "1", "direction": "increase",
    "frequency": "month", "kind": "level", "rate_per": "100", "function": "outcome",
    "timing": "lagging", "prominence": "headline", "year_starts": "1", "expected_lag": "20",
}  # fmt: skip
SEGMENT = {"version": "0", "name": "North of the river", "parts": "area = north", "order": "1"}
WHOLE = {"version": "0", "name": "All of us", "order": "0"}
EVENT = {"kind": "outside", "date": "2025-02-01", "label": "A flood closed schools"}
BENCHMARK = {
    "kind": "best_in_class", "name": "State of Alderway", "period": "2025-02", "value": "61",
    "note": "Another test of the same grade.", "source": "Its yearbook",
}  # fmt: skip
RATING = {"accuracy": "3", "timeliness": "3", "comparability": "3"}
REASON = {"reason": "Decided by the unit in March"}

ROWS: list[Row] = [
    Row("metrics", "GET", (READING, FIGURES), keys={"system": "slug"}),
    *form("new_metric", READING, WRITE, METRIC),
    *form("edit_metric", READING, WRITE, METRIC, metric="metric"),
    *form("retire_metric", READING, WRITE, REASON, metric="metric"),
    *form("reinstate_metric", READING, WRITE, REASON, metric="retired_metric"),
    page("segments", READING),
    *form("new_segment", READING, WRITE, SEGMENT),
    *form("edit_segment", READING, WRITE, WHOLE, pk="segment"),
    *form("add_event", READING, WRITE, EVENT, metric="metric"),
    *form(
        "finish_milestone", READING, WRITE, {"done_on": "2025-03-01"}, metric="metric",
        pk="milestone",
    ),
    *form("withdraw_event", READING, WRITE, REASON, metric="metric", pk="event"),
    *form("add_benchmark", READING, WRITE, BENCHMARK, metric="metric"),
    *form("withdraw_benchmark", READING, WRITE, REASON, metric="metric", pk="benchmark"),
    *form("rate_quality", READING, WRITE, RATING, read=True, metric="metric"),
    # The first sending of figures shows what they would do; saving is another test's affair.
    *form(
        "enter_figures", FIGURES, "observation.write", {"figures": "2025-03 57.1"}, ok=200,
        metric="metric",
    ),
    Row(
        "figures_template", "GET", (FIGURES,), "observation.write",
        {"system": "slug", "metric": "metric"},
    ),
    page("welcome", READING),
]  # fmt: skip
