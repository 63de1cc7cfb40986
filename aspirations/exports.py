"""Figures as files: full precision, empty where missing, and no text that runs as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse

from aspirations.analysis import periods
from aspirations.models import Metric, Series, Trajectory
from aspirations.pages.figure import Drawn, finite
from aspirations.pages.metric import MetricPage
from aspirations.pages.places import PlacesPage, Row
from aspirations.pages.plan_figures import plan_figures
from aspirations.pages.segments import Other
from aspirations.services.beside import read
from aspirations.services.tracks import track_of
from people.files.formulas import plain_text

COLUMNS = (
    "metric", "segment", "period", "period_starts", "actual", "path", "gap", "relative", "journey",
    "centre", "lower_limit", "upper_limit", "signal", "reading", "numerator", "denominator",
)  # fmt: skip
FIGURES = ("actual", "expected", "gap", "relative", "journey", "centre", "lower", "upper")
NOTHING = ("", "")


def track_csv(metric: Metric, series: Series) -> HttpResponse:
    name = f"{metric.slug}-{file_name_part(series.segment.code)}-track.csv"
    rows = track_rows(Drawn(metric, track_of(series), None, None), series)
    return csv_of(name, COLUMNS, rows)


GAP_COLUMNS = (
    "metric", "group", "reference", "period", "period_starts", "reference_value", "group_value",
    "absolute_gap", "relative_gap", "best_group",
)  # fmt: skip
SEGMENT_COLUMNS = ("metric", "segment", "name", "period", "period_starts", "actual")


def gap_csv(page: MetricPage) -> HttpResponse:
    """The gap of a group to its reference: both values, and the two gaps where both are known."""
    compared, slug = page.compared, page.metric.slug
    code = compared.group.code if compared.group else ""
    named = [plain_text(text) for text in (slug, code, compared.reference)]
    name = f"{slug}-{file_name_part(code)}-against-{file_name_part(compared.reference)}-gap.csv"
    told = page.equity.file_rows() if page.equity else ()
    rows = ([*named, *row[:-1], plain_text(str(row[-1]))] for row in told)
    return csv_of(name, GAP_COLUMNS, rows)


def segments_csv(page: MetricPage) -> HttpResponse:
    """The figures of all segments, or of the dimension asked for; the whole system first."""
    metric, segments = page.metric, page.segments
    rows = [*([segments.whole] if segments.whole else []), *page.group.asked_members]
    return csv_of(f"{metric.slug}-segments.csv", SEGMENT_COLUMNS, segment_rows(metric, rows))


def segment_rows(metric: Metric, rows: Sequence[Other]) -> Iterator[list[Any]]:
    """One row per segment and period that has a figure."""
    if not rows:
        return
    beside, frequency = read(metric, [row.key for row in rows]), periods.Frequency(metric.frequency)
    for row in rows:
        texts = [plain_text(text) for text in (metric.slug, row.code, row.name)]
        for column, value in enumerate(beside.actual(row.key)):
            if (actual := finite(value)) is not None:
                day = periods.start(frequency, beside.first + column, metric.year_starts)
                label = periods.label(frequency, day, metric.year_starts)
                yield [*texts, label, day.isoformat(), actual]


PLAN_COLUMNS = ("metric", "segment", "version", "period", "period_starts", "without_anything")
REST_COLUMNS = ("season", "not_explained", "path", "low", "high")


def plan_csv(metric: Metric, row: Trajectory | None) -> HttpResponse:
    """What carries the path of a version; its heading alone where no path can be drawn."""
    figures = plan_figures(metric, row) if row else None
    if row is None or figures is None:
        return csv_of(f"{metric.slug}-plan.csv", (*PLAN_COLUMNS, *REST_COLUMNS), ())
    code = row.series.segment.code
    texts = [plain_text(metric.slug), plain_text(code), row.version]
    gains = [plain_text(name) for name in figures.names]
    rows = ([*texts, *found] for found in figures.file_rows())
    name = f"{metric.slug}-{file_name_part(code)}-plan-{row.version}.csv"
    return csv_of(name, (*PLAN_COLUMNS, *gains, *REST_COLUMNS), rows)


COMPARED_COLUMNS = (
    "period", "value", "numerator", "denominator", "basis", "compared_with", "low", "high",
    "beyond_chance", "improving",
)  # fmt: skip
BEYOND = {1: "above", -1: "below", 0: "within", None: ""}


def compared_figures(page: PlacesPage, row: Row) -> list[object]:
    """What one place has in the file of those that it is compared with, unrounded."""
    told, spot = page.comparison, row.spot
    figures = (spot.value, spot.numerator, spot.denominator)
    return [
        page.period_of(spot),
        *("" if value is None else value for value in figures),
        told.basis.value,
        *("" if value is None else value for value in (told.common, row.place.low, row.place.high)),
        BEYOND[row.place.side],
        "yes" if spot.improving else "no",
    ]


def csv_of(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A file of rows under the names of their columns."""
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    writer = csv.writer(response)
    writer.writerow(columns)
    writer.writerows(rows)
    return response


def file_name_part(code: str) -> str:
    """A segment code as a file name may hold it: letters, digits, dots and dashes."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-._") else "-" for c in code)


def track_rows(drawn: Drawn, series: Series) -> Iterator[list[Any]]:
    """One row per period, from the first observation to the later of latest and target."""
    metric, track, parts = drawn.metric, drawn.track, parts_of(series)
    frequency = periods.Frequency(metric.frequency)
    texts = [plain_text(metric.slug), plain_text(series.segment.code)]

    def figures(column: int) -> list[float | str]:
        values = (finite(getattr(track, name)[0, column]) for name in FIGURES)
        return ["" if value is None else value for value in values]

    def period(day: date) -> list[str]:
        return [periods.label(frequency, day, metric.year_starts), day.isoformat()]

    if not drawn.columns:  # nothing is observed, so the track begins on no day
        return
    for column, day in enumerate(drawn.days):
        signals = [str(track.signal[0, column]), str(track.reading[0, column])]
        shown = figures(column)
        # What is not public on the track's day is left out of it, and so are its parts.
        counted = NOTHING if shown[0] == "" else parts.get(day, NOTHING)
        yield [*texts, *period(day), *shown, *signals, *counted]


def parts_of(series: Series) -> dict[date, list[Any]]:
    """Numerator and denominator of each period that has them."""
    rows = series.observations.filter(denominator__isnull=False)
    return {day: parts for day, *parts in rows.values_list("period", "numerator", "denominator")}
