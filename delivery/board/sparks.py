"""From rows to the small drawings of a page: one question for all their figures."""

from collections import defaultdict
from datetime import date

from aspirations.charts.sparkline import Sparkline
from aspirations.models import Series
from aspirations.pages.sparks import (
    figures_to_draw,
    first_drawn,
    likely_range,
    runs,
    spark_of,
)
from delivery.board.together import Rows

__all__ = ["Sparks", "figures_to_draw", "first_drawn", "likely_range", "runs"]


class Sparks:
    """Drawings of series. Needs metric, judgment and its path loaded, and their figures."""

    def __init__(self, rows: Rows) -> None:
        self._rows: dict[int, list[tuple[date, float, date]]] = defaultdict(list)
        for key, period, value, published in rows:
            self._rows[key].append(
                (date.fromisoformat(period), value, date.fromisoformat(published))
            )

    def published(self, key: int) -> date | None:
        """The day on which the latest figure of a series became public."""
        return self._rows[key][-1][2] if self._rows.get(key) else None

    def of(self, series: Series) -> Sparkline | None:
        return spark_of(series, [row[:2] for row in self._rows.get(series.pk, [])])
