"""The track of one series: actual, path and natural variation, period by period."""

from datetime import date, datetime

from aspirations.analysis import engine
from aspirations.models import Series
from aspirations.services.blocks import gather


def track_of(
    series: Series, as_of: date | None = None, known_at: datetime | None = None
) -> engine.Track:
    """Matrices with one row for this series, as the jobs would judge it by these two clocks."""
    return engine.track(next(gather([series], as_of, known_at)).block)
