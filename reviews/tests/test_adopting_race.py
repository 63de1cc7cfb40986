"""Two who choose a supplied rubric at once share one row of it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from people.tests.factories import SystemFactory
from reviews.models import Element, Rubric
from reviews.services import rubrics

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_row_is_made() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: SQLite writes one at a time as it is")
    system = SystemFactory.create()
    start = Barrier(4)

    def take_up(_number: int) -> int:
        try:
            start.wait()
            return rubrics.adopt(system=system, key="delivery-capacity-review").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(take_up, range(4)))) == 1
    assert (Rubric.objects.count(), Element.objects.count()) == (1, 15)
