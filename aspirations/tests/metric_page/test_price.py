"""The page of a metric asks the same few questions however much it holds."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import (
    Metric,
    Series,
)
from aspirations.tests.metric_page.reading import add_segments, address, shown
from people.models import User

pytestmark = pytest.mark.django_db


# Sign-in and gate 3, frame and rights 2, series 1, aspiration 1, segments 1, the figures of all
# series that are shown 6, earlier paths 1, events 1, rebases 1, views of the unit 1, earlier
# judgments 1, benchmarks 1, file 1; one to spare. A table copied out is logged twice and counted
# once.
MOST = 22


def asked(captured: CaptureQueriesContext) -> int:
    """Queries that reached the database."""
    return sum(not query["sql"].endswith("TO STDOUT") for query in captured.captured_queries)


@pytest.mark.parametrize("query", ["", "?light=AR", "?page=2", "?group=area=003&reference=best"])
def test_queries_do_not_grow_with_segments(
    client: Client, metric: Metric, series: Series, reader: User, query: str
) -> None:
    add_segments(metric, 51)
    client.get(address(query))
    with CaptureQueriesContext(connection) as few:
        client.get(address(query))
    assert asked(few) <= MOST
    add_segments(metric, 60, start=51)
    with CaptureQueriesContext(connection) as many:
        assert "All 111" in shown(client, query)
    assert asked(many) == asked(few)
