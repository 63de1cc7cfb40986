"""What the time axis of a chart is marked with: years as the metric counts them, or periods."""

from datetime import date

from django.utils.formats import date_format

from aspirations.analysis import periods
from aspirations.charts.drawing import Tick
from aspirations.models import Metric
from aspirations.sentences import period_text

FEWEST_DAYS = 500
"""Days from which years are told apart by name; a shorter chart names its periods."""
NAMED = 6


def ticks(metric: Metric, first: date, last: date) -> list[Tick]:
    """Stretches that cover the days from first to last, in order."""
    if (last - first).days < FEWEST_DAYS:
        return short(metric, first, last)
    starts = metric.year_starts
    year = first.year if first.month >= starts else first.year - 1
    found = []
    while (begins := date(year, starts, 1)) <= last:
        following, words = date(year + 1, starts, 1), year_text(year, starts)
        found.append(Tick(begins, following, words, metric.frequency == periods.Frequency.YEAR))
        year += 1
    return found


def year_text(year: int, starts: int) -> str:
    """“2024”, or “2024/25” where the year begins in another month than January."""
    return str(year) if starts == 1 else f"{year}/{(year + 1) % 100:02d}"


def short(metric: Metric, first: date, last: date) -> list[Tick]:
    """Up to six periods by name; each stands at its own beginning."""
    frequency = periods.Frequency(metric.frequency)
    ends = [periods.ordinal(frequency, day, metric.year_starts) for day in (first, last)]
    count = ends[1] - ends[0] + 1
    step = -(-count // NAMED)
    found = []
    for k in range(ends[0], ends[1] + 1, step):
        begins, following = (periods.start(frequency, n, metric.year_starts) for n in (k, k + step))
        found.append(Tick(begins, following, name(metric, begins), at_start=True))
    return found


def name(metric: Metric, day: date) -> str:
    """A period in few letters: “29 Jan” for weeks and days."""
    if metric.frequency in (periods.Frequency.WEEK, periods.Frequency.DAY):
        return date_format(day, "j M")
    return period_text(metric, day)
