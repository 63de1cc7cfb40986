"""What Meridian’s delivery unit wrote beside its figures, entered by the same doors as any data.

`unit.toml` holds the words. What lies in the past is entered with the day it was said.
"""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from aspirations.models import Aspiration, AssessmentRound, Event, Metric, Series
from aspirations.models.metrics import WHOLE
from aspirations.services import (
    assessments,
    benchmarks,
    challenges,
    drafting,
    events,
    headlines,
    metrics,
    quality,
    trajectories,
)
from aspirations.services.interventions import effects_of
from delivery.board.briefs import Filters
from delivery.board.dashboard import Dashboard
from delivery.demo import grounds
from delivery.demo.earlier import at_ten
from people.models import System, User
from routines import services as routines

DOOR = "demonstration"
UNIT_TOML = Path(settings.BASE_DIR) / "delivery" / "demo" / "unit.toml"
People = dict[str, User]
Table = dict[str, Any]
LEADER = "delivery@meridian.example"
WEEK = timedelta(days=7)


def write_down(system: System, people: People) -> None:
    """Everything that `unit.toml` says of the system."""
    told = tomllib.loads(UNIT_TOML.read_text(encoding="utf-8"))
    leader = people[LEADER]
    for row in told["aspirations"]:
        grounds.found(aspiration(system, row.pop("slug")), row, leader)
    for row in told["stocktakes"]:
        routines.plan(system=system, **row, actor=leader, door=DOOR)
    for row in told["events"]:
        event(system, row, leader)
    for row in told["benchmarks"]:
        metric = system.metrics.get(slug=row.pop("metric"))
        benchmarks.add_benchmark(metric=metric, values=row, actor=leader, door=DOOR)
    for row in told["qualities"]:
        metric = system.metrics.get(slug=row.pop("metric"))
        quality.rate(metric=metric, ratings=row, author=leader, door=DOOR)
    for row in told["rounds"]:
        assess(system, row, people)
    for row in told["sheets"]:
        view(system, row, people)
    draft(system, told["draft"], people)
    retire(system, told["retired"], leader)


def draft(system: System, told: Table, people: People) -> None:
    """A path that starts as the one in force with one stronger piece of work, and a doubt on it."""
    author = people[told["by"]]
    row = drafting.begin(metric=system.metrics.get(slug=told["metric"]), actor=author, door=DOOR)
    stronger = told["stronger"]
    effects = [
        effect | stronger if effect["intervention"] == stronger["intervention"] else effect
        for effect in effects_of(row)
    ]
    row = trajectories.revise(
        trajectory=row, effects=effects, reason=told["reason"], actor=author, door=DOOR
    )
    row = trajectories.send(trajectory=row, actor=author, door=DOOR)
    challenges.challenge(
        about=row, text=told["challenge"], actor=people[told["challenged_by"]], door=DOOR
    )


def retire(system: System, told: Table, actor: User) -> None:
    row = metrics.create_metric(system=system, values=told["values"], actor=actor, door=DOOR)
    metrics.retire_metric(metric=row, reason=told["reason"], actor=actor, door=DOOR)


def event(system: System, row: Table, actor: User) -> None:
    series = whole(system.metrics.get(slug=row.pop("metric")))
    done = row.pop("done_on", None)
    # A milestone is set half a year ahead, all else is written down on its day.
    known = row["date"] - (26 * WEEK if row["kind"] == Event.Kind.MILESTONE else timedelta())
    made = events.add_event(
        series=series, values=row, actor=actor, door=DOOR,
        at=moment(system, min(known, system.today())),
    )  # fmt: skip
    if done:
        events.finish_milestone(event=made, done_on=done, actor=actor, door=DOOR)


def whole(metric: Metric) -> Series:
    return Series.objects.get(metric=metric, segment__code=WHOLE)


# --- rounds of assessment ------------------------------------------------------------------


def assess(system: System, told: Table, people: People) -> None:
    """A round with its sheets; one that has results is moderated and locked, another still runs."""
    due, final = told["due"], told.get("final")
    opened = moment(system, due - 3 * WEEK) if final else None
    round = assessments.open_round(
        system=system, title=told["title"], due=due, actor=people[LEADER], door=DOOR, at=opened,
        assessors=[people[email] for email in sorted({row[0] for row in told["sheets"]})]
        if final else [people[email] for email in ASSESSORS],
    )  # fmt: skip
    sent = moment(system, due - WEEK) if final else None
    for row in told["sheets"]:
        sheet(round, row, people, at=sent)
    if final:
        settle(round, final, people[LEADER], at=moment(system, due))


ASSESSORS = ("superintendent@meridian.example", LEADER, "analyst@meridian.example")


def sheet(round: AssessmentRound, row: list[Any], people: People, at: datetime | None) -> None:
    email, slug, light, planning, capacity, progress, reason = row
    assessments.write_sheet(
        round=round, aspiration=aspiration(round.system, slug), author=people[email], send=True,
        door=DOOR, at=at,
        values={
            "light": light, "planning": planning, "capacity": capacity, "progress": progress,
            "challenge": "high", "stage": 2, "confidence": "fair", "reason": reason,
            "recent_performance": reason, "difference_reason": reason,
        },
    )  # fmt: skip


def settle(round: AssessmentRound, final: Table, leader: User, at: datetime) -> None:
    assessments.close_round(round=round, actor=leader, door=DOOR, at=at)
    for slug, told in final.items():
        values = told | {
            "difference_reason": told.pop("difference", ""), "confidence": "fair",
            "recent_performance": told["reason"],
        }  # fmt: skip
        assessments.moderate(
            round=round, aspiration=aspiration(round.system, slug), values=values, actor=leader,
            door=DOOR,
        )  # fmt: skip
    assessments.lock_round(round=round, actor=leader, door=DOOR, at=at)


def aspiration(system: System, slug: str) -> Aspiration:
    found: Aspiration = system.aspirations.get(slug=slug)
    return found


def moment(system: System, day: date) -> datetime:
    """Ten in the morning of the day, where the system is."""
    return at_ten(day, system.time_zone)


def view(system: System, told: Table, people: People) -> None:
    """A short sheet on one metric, and the doubt it met."""
    metric = system.metrics.get(slug=told["metric"])
    values = {name: told[name] for name in ("light", "confidence", "reason", "change_mind")}
    row = assessments.record_view(
        metric=metric, author=people[told["by"]], door=DOOR,
        values=values | {"difference_reason": told.get("difference_reason", "")},
    )  # fmt: skip
    if doubt := told.get("challenge"):
        put = challenges.challenge(
            about=row, text=doubt["text"], actor=people[doubt["by"]], door=DOOR
        )
        if "answer" in doubt:
            challenges.answer(
                challenge=put, text=doubt["answer"], outcome=doubt["outcome"], actor=row.author,
                door=DOOR,
            )  # fmt: skip


# --- the finding at the top ------------------------------------------------------------------


def word_headline(system: System, people: People) -> None:
    """The unit's own words over today's draft, approved by the leader. Judgments come first."""
    told = tomllib.loads(UNIT_TOML.read_text(encoding="utf-8"))["headline"]
    board = Dashboard(system, Filters(), people[LEADER])
    row = headlines.write(
        system=system, text=told["text"], draft=board.headline, as_of=board.today,
        actor=people["analyst@meridian.example"], door=DOOR,
    )  # fmt: skip
    headlines.approve(headline=row, actor=people["superintendent@meridian.example"], door=DOOR)
