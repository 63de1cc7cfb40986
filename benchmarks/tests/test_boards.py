"""The pages that are compared say the same, and the plain one asks row by row."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import boards, naive_dashboard
from benchmarks.rows import Sizes
from people.models import System
from people.tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
SMALL = Sizes(series=20, periods=70, sample=1)


@pytest.fixture
def system(client: Client, monkeypatch: pytest.MonkeyPatch) -> System:
    if connection.vendor != "postgresql":
        pytest.skip("not run: COPY is PostgreSQL's")
    # What tidies tables up cannot run within the transaction of a test.
    monkeypatch.setattr(boards, "VACUUM", "SELECT 1")
    user = UserFactory.create()
    made = boards.loaded("page", SMALL.series, user)
    boards.judged(SMALL)
    made.refresh_from_db()
    client.force_login(user)
    return made


def test_both_pages_tell_of_every_row(client: Client, system: System) -> None:
    ours, plain = client.get("/page/").content.decode(), naive_dashboard.page(system)
    for number in range(SMALL.series):
        assert f"/page/metrics/metric-{number}/" in ours
        assert f"/page/metrics/metric-{number}/" in plain
    assert ours.count('<svg class="spark"') == plain.count("<svg") == SMALL.series


def test_the_plain_page_asks_for_each_row(system: System) -> None:
    with CaptureQueriesContext(connection) as captured:
        naive_dashboard.page(system)
    assert len(captured) > 4 * SMALL.series
