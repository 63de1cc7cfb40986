"""Closings at the same moment, and a score that comes as the round closes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from people.models import AuditEntry
from reviews.models import Publication, Round, Score
from reviews.services import moves
from reviews.services.figures import figures_of
from reviews.services.scores import save_score
from reviews.tests.factories import ElementFactory, GuestFactory, RoundFactory, ScoreFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.embedded]
VALUES = {"value": 4, "reason": "", "sources": [], "confidence": "", "raise_by_one": ""}


@pytest.fixture
def row() -> Round:
    row: Round = RoundFactory.create()
    element = ElementFactory.create(rubric=row.rubric)
    for value in (2, 3, 3):
        ScoreFactory.create(participant__round=row, element=element, value=value)
    return row


def at_once(works: list[Callable[[], Any]]) -> list[str]:
    """What each said, all started together on connections of their own."""
    gate = Barrier(len(works))

    def run(work: Callable[[], Any]) -> str:
        try:
            gate.wait(30)
            work()
        except ValidationError as problem:
            return problem.messages[0]
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_of_twenty_closings_one_wins(row: Round) -> None:
    found = at_once([lambda: moves.close(round=Round.objects.get(pk=row.pk))] * 20)
    assert found.count("done") == 1
    assert all("is not open" in words for words in found if words != "done")
    assert Publication.objects.filter(round=row).count() == 1
    assert AuditEntry.objects.about(row).count() == 1


@pytest.mark.parametrize("turn", range(5))
def test_a_score_at_the_last_moment_counts_or_is_refused(row: Round, turn: int) -> None:
    assert row.rubric
    element = row.rubric.elements.get()
    guest = GuestFactory.create(round=row, kind="self")
    saving, closing = at_once(
        [
            lambda: save_score(participant=guest, element=element, values=VALUES),
            lambda: moves.close(round=row),
        ]
    )
    assert closing == "done"
    counted = figures_of(row)[element.pk, "self"].state == "shown"
    assert counted is (saving == "done")
    assert counted is Score.objects.filter(participant=guest).exists()
