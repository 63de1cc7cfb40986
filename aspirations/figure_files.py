"""A file to fill in: the periods that come next, with nothing beside them."""

import csv

from django.http import HttpResponse

from aspirations.exports import file_name_part
from aspirations.models import Metric, Segment


def template_csv(metric: Metric, segment: Segment, periods: list[str]) -> HttpResponse:
    """Columns as an import takes them; rows that stay unfilled are left out when it comes back."""
    name = f"{metric.slug}-{file_name_part(segment.code)}-figures.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    parts = ("numerator", "denominator") if metric.kind == Metric.Kind.RATE else ()
    writer = csv.writer(response)
    writer.writerow(("period", "value", *parts))
    writer.writerows((period, "", *("" for _part in parts)) for period in periods)
    return response
