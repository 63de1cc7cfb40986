"""Ratings of data quality in a system file."""

from datetime import date
from typing import Any

import pytest

from aspirations.models import DataQuality
from aspirations.services.systems import load
from aspirations.services.tables import FileFault

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
RATING = {"rated_on": date(2024, 4, 1), "accuracy": 3, "timeliness": 4, "comparability": 2}


def file(**rating: Any) -> dict[str, Any]:
    quality = {name: value for name, value in {**RATING, **rating}.items() if value is not None}
    metric = {"slug": "homes", "direction": "increase", "frequency": "month", "quality": [quality]}
    return {"system": {"slug": "riverside", "name": "Riverside"}, "metrics": [metric]}


def test_a_rating_is_stored_once() -> None:
    assert "data quality Homes: C" in load(file()).created
    assert load(file()).created == []
    assert DataQuality.objects.get().grade == "C"


def test_a_rating_said_otherwise_is_another_one() -> None:
    load(file())
    load(file(comparability=4, note="Counted alike since April."))
    assert [row.grade for row in DataQuality.objects.all()] == ["C", "B"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"accuracy": 5}, "accuracy is 5. Rate it from 1"),
        ({"timeliness": True}, "timeliness is .*Rate it"),
        ({"comparability": None}, "has no “comparability”"),
        ({"rated_on": "soon"}, "rated_on is .*soon.*Write a date"),
        ({"speed": 3}, "has “speed”"),
    ],
)
def test_a_rating_that_says_too_little_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(FileFault, match=words):
        load(file(**given))
    assert not DataQuality.objects.exists()
