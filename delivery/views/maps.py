"""The map of delivery as a file."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from aspirations.exports import csv_of
from delivery.board.moment import moment_of
from delivery.board.quadrants import DeliveryMap, delivery_map
from delivery.board.settled import settled
from people.files.formulas import plain_text
from people.gate import system_or_404

COLUMNS = (
    "number", "aspiration", "title", "boldness", "execution", "field", "one_round_before",
    "meant_to_be",
)  # fmt: skip


@require_safe
def map_csv(request: HttpRequest, system: str) -> HttpResponse:
    """The rows of the map as they stood on the day of the address; the heading where none is."""
    place = system_or_404(request, system, "assessment.read")
    day = moment_of(request.GET, place.today()).day
    found = delivery_map(settled(place, request.user, day))
    rows = map_rows(found) if found else ()
    return csv_of(f"{place.slug}-map-{day.isoformat()}.csv", COLUMNS, rows)


def map_rows(found: DeliveryMap) -> Iterator[list[object]]:
    for row in found.rows:
        yield [
            row.number, plain_text(row.slug), plain_text(row.title), row.boldness, row.exact,
            row.field, row.before, row.intended,
        ]  # fmt: skip
