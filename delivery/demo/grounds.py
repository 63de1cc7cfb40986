"""How Meridian's aspirations came about, as `unit.toml` tells it."""

from datetime import datetime
from typing import Any

from aspirations.models import Aspiration, QualityRating
from aspirations.services import aspirations, quality_reviews, setting
from delivery.demo.earlier import at_ten
from people.models import User

DOOR = "demonstration"
Table = dict[str, Any]
ADDS = {
    "influences": setting.add_influence,
    "consultations": setting.add_consultation,
    "probes": setting.add_probe,
}
CRITERIA = QualityRating.Criterion.values


def found(aspiration: Aspiration, told: Table, actor: User) -> None:
    """What an aspiration rests on: how bold it is, who asked for it, who was asked, who knows."""
    lists = {name: told.pop(name, []) for name in (*ADDS, "quality_reviews")}
    rewording = told.pop("rewording", None)
    change(aspiration, told, actor)
    if rewording:
        day, reason = rewording.pop("on"), rewording.pop("reason")
        change(aspiration, rewording, actor, reason, at_ten(day, aspiration.system.time_zone))
    for name, add in ADDS.items():
        for values in lists[name]:
            add(aspiration=aspiration, values=values, actor=actor, door=DOOR)
    for values in lists["quality_reviews"]:
        ratings = {name: tuple(values.pop(name)) for name in CRITERIA}
        quality_reviews.add_quality_review(
            aspiration=aspiration, values=values, ratings=ratings, actor=actor, door=DOOR
        )


def change(
    aspiration: Aspiration, values: Table, actor: User, reason: str = "",
    at: datetime | None = None,
) -> None:  # fmt: skip
    aspiration.refresh_from_db()
    aspirations.change_aspiration(
        aspiration=aspiration, values=values, version=aspiration.version, reason=reason,
        actor=actor, door=DOOR, at=at,
    )  # fmt: skip
