"""Rows of stocktakes; the dashboard's own stands with the front desk's."""

from delivery.tests.matrix.rows import Row, form, page

SEE, WRITE = "routine.read", "routine.write"
DAY = {"version": "1", "date": "2025-05-06", "title": "Spring", "chair": "Superintendent"}
REASON = {"reason": "The leader is abroad that week"}

ROWS: list[Row] = [
    page("stocktakes", SEE),
    *form("plan_stocktake", SEE, WRITE, DAY),
    *form("change_stocktake", SEE, WRITE, DAY, pk="stocktake"),
    *form("cancel_stocktake", SEE, WRITE, REASON, pk="stocktake"),
]
