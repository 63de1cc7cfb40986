"""Ratings of data quality as a system file states them."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from aspirations.models import DataQuality, Metric
from aspirations.models.quality import BESIDE, DECIDES
from aspirations.services.loaded import DOOR, Loaded, fault_text
from aspirations.services.quality import rate
from aspirations.services.tables import FileFault, expect, need, shown, text
from people.models import User

SCORES = (*DECIDES, *BESIDE)


def load_quality(
    loaded: Loaded, metric: Metric, table: dict[str, Any], where: str, author: User | None
) -> None:
    """Append a rating, unless the latest of its day says the same."""
    expect(table, where, {"rated_on", "note", *SCORES})
    stated = ratings_in(table, where)
    ratings = DataQuality.objects.filter(metric=metric, rated_on=stated["rated_on"])
    last = ratings.order_by("pk").last()
    if last and all(getattr(last, name) == value for name, value in stated.items()):
        return
    try:
        row = rate(metric=metric, ratings=stated, author=author, door=DOOR)
    except ValidationError as problem:
        raise FileFault(f"{where}: {fault_text(problem)}") from problem
    loaded.created.append(f"data quality {row}")


def ratings_in(table: dict[str, Any], where: str) -> dict[str, Any]:
    scores = {name: score_in(table, name, where) for name in SCORES}
    note = text(table, "note", where) if "note" in table else ""
    return {"rated_on": day_in(need(table, "rated_on", where), where), "note": note, **scores}


def score_in(table: dict[str, Any], name: str, where: str) -> int | None:
    """1 to 4; only what does not decide the grade may be left out."""
    if name in BESIDE and name not in table:
        return None
    score = need(table, name, where)
    if isinstance(score, bool) or score not in (1, 2, 3, 4):
        raise FileFault(f"{where}: {name} is {shown(score)}. Rate it from 1 (poor) to 4 (good).")
    return int(score)


def day_in(given: Any, where: str) -> date:
    try:
        day = given if isinstance(given, date) else date.fromisoformat(given)
    except (TypeError, ValueError) as problem:
        raise FileFault(
            f"{where}: rated_on is {shown(given)}. Write a date such as 2024-04-01."
        ) from problem
    return day
