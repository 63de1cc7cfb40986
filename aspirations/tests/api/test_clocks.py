"""Judgments and tracks as they were, or would have been, at an earlier moment."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import time_machine

from aspirations.analysis import engine
from aspirations.api.judgments import JudgmentSerializer
from aspirations.models import Judgment, Observation, Series
from aspirations.services.blocks import gather
from aspirations.services.judging import verdicts_of
from aspirations.tests.api.test_pages import more, queries
from aspirations.tests.api.test_questions import refusal
from aspirations.tests.api.world import TODAY, World, build

BEFORE, AFTER = "2024-01-04T12:00:00Z", "2024-01-06T12:00:00Z"
FIRST_VALUE = 60 + 0.7 * 17 + (17 % 3) * 0.4


@pytest.fixture
def world(db: None) -> World:
    """Everything was recorded on 2 January; one figure of June was corrected on the 5th."""
    with time_machine.travel(datetime(2024, 1, 2, 9, tzinfo=UTC)):
        return build()


def june(track: dict[str, Any]) -> float | None:
    value: float | None = next(
        row["actual"] for row in track["periods"] if row["period"] == "2023-06-01"
    )
    return value


def test_a_track_shows_what_was_recorded_by_then(world: World, ask: Callable[..., Any]) -> None:
    rest = f"series/{world.whole.pk}/track/"
    assert june(ask("viewer", rest, known_at=BEFORE).json()) == FIRST_VALUE
    assert june(ask("viewer", rest, known_at=AFTER).json()) == 71.25
    now = ask("viewer", rest).json()
    assert (june(now), now["known_at"], now["withheld"]) == (71.25, None, 0)


def test_a_track_shows_what_was_public_by_then(world: World, ask: Callable[..., Any]) -> None:
    track = ask("viewer", f"series/{world.whole.pk}/track/", as_of="2023-06-29").json()
    seen = [row["period"] for row in track["periods"] if row["actual"] is not None]
    assert (seen[-1], track["as_of"]) == ("2023-05-01", "2023-06-29")


def test_a_judgment_is_made_anew_and_not_stored(world: World, ask: Callable[..., Any]) -> None:
    stored = Judgment.objects.count()
    [shown] = ask("viewer", "judgments/", series=world.whole.pk, known_at=BEFORE).json()["results"]
    moment = datetime(2024, 1, 4, 12, tzinfo=UTC)
    [verdict] = verdicts_of([world.whole.pk], date(2024, 1, 4), moment)
    assert set(shown) == set(JudgmentSerializer().fields)
    assert (shown["stored"], shown["id"], shown["seq"]) == (False, None, None)
    assert (shown["as_of"], shown["known_at"]) == ("2024-01-04", BEFORE)
    for name in ("light", "likelihood", "actual", "gap", "forecast", "evidence", "input_hash"):
        assert shown[name] == getattr(verdict.judgment, name), name
    assert shown["likelihood"] is not None
    assert shown["trajectory_version"] == 1
    assert Judgment.objects.count() == stored


def test_the_two_clocks_differ(world: World, ask: Callable[..., Any]) -> None:
    """The same day, before and after the correction."""

    def shown(moment: str) -> dict[str, Any]:
        query = {"series": world.whole.pk, "as_of": "2024-01-02", "known_at": moment}
        [row] = ask("viewer", "judgments/", **query).json()["results"]
        assert row["as_of"] == "2024-01-02"
        return dict(row)

    before, after = shown(BEFORE), shown(AFTER)
    assert before["likelihood"] != after["likelihood"]
    assert before["input_hash"] != after["input_hash"]


def test_before_anything_was_recorded_nothing_is_known(
    world: World, ask: Callable[..., Any]
) -> None:
    rows = ask("viewer", "judgments/", known_at="2023-12-31T00:00:00Z").json()["results"]
    assert [row["not_judged_reason"] for row in rows] == ["no_target", "no_target"]
    assert [row["period"] for row in rows] == [None, None]


def test_the_day_judged_as_of_is_never_after_the_reporting_date(
    world: World, ask: Callable[..., Any]
) -> None:
    rows = ask("viewer", "judgments/", known_at="2024-06-01T00:00:00Z").json()["results"]
    assert {row["as_of"] for row in rows} == {TODAY.isoformat()}


# --- what must not be told -------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["suppressed", "withheld"])
def test_what_is_hidden_today_is_in_no_answer_about_the_past(
    world: World, ask: Callable[..., Any], reason: str
) -> None:
    """The hash covers all that was read: it is that of a series without the figure."""
    hidden = Observation.objects.filter(pk=world.changed.pk)
    hidden.update(value=None, missing_reason=reason)
    track = ask("viewer", f"series/{world.whole.pk}/track/", known_at=BEFORE).json()
    assert (june(track), track["withheld"]) == (None, 1)
    query = {"series": world.whole.pk, "as_of": "2023-07-15", "known_at": BEFORE}
    [shown] = ask("leader", "judgments/", **query).json()["results"]
    assert (shown["period"], shown["withheld"]) == ("2023-05-01", 1)
    told, untold = hashes_of(world.whole, date(2023, 7, 15))
    assert shown["input_hash"] == untold != told


def hashes_of(series: Series, as_of: date) -> tuple[str, str]:
    """Of what was known before the correction, with June's figure and without it."""
    row = Series.objects.select_related("metric__system").get(pk=series.pk)
    block = next(gather([row], as_of, datetime(2024, 1, 4, 12, tzinfo=UTC))).block
    assert block.actual[0, -1] == FIRST_VALUE
    without = replace(block, actual=np.where(block.actual == FIRST_VALUE, np.nan, block.actual))
    both = [engine.input_hashes(one, engine.judge(one))[0] for one in (block, without)]
    return both[0], both[1]


def test_other_series_keep_their_figures(world: World, ask: Callable[..., Any]) -> None:
    before = ask("viewer", "judgments/", series=world.north.pk, known_at=BEFORE).json()["results"]
    hidden = Observation.objects.filter(pk=world.changed.pk)
    hidden.update(value=None, missing_reason="suppressed")
    [after] = ask("viewer", "judgments/", series=world.north.pk, known_at=BEFORE).json()["results"]
    assert after["input_hash"] == before[0]["input_hash"]
    assert after["withheld"] == 0


# --- what is asked ---------------------------------------------------------------------------


def test_series_are_narrowed_and_come_by_pages(world: World, ask: Callable[..., Any]) -> None:
    def keys(**query: Any) -> list[int]:
        rows = ask("viewer", "judgments/", known_at=AFTER, **query).json()["results"]
        return [row["series"] for row in rows]

    assert keys() == [world.whole.pk, world.north.pk]
    assert keys(segment="north/1") == [world.north.pk]
    assert keys(metric="calls-answered", segment="all") == [world.whole.pk]
    assert keys(aspiration="safe-streets") == [world.whole.pk, world.north.pk]
    assert keys(page_size=1) == [world.whole.pk]
    following = ask("viewer", "judgments/", known_at=AFTER, page_size=1).json()["next"]
    asked = parse_qs(urlsplit(following).query)
    assert asked["known_at"] == [AFTER]
    assert keys(page_size=1, cursor=asked["cursor"][0]) == [world.north.pk]


@pytest.mark.parametrize("rest", ["judgments/", "track"])
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("as_of", "31/01/2024", "is not a date"),
        ("as_of", "2024-02-01", "lies after 2024-01-31, the day this system is judged as of"),
        ("as_of", "", "is empty"),
        ("as_of", ["2024-01-01", "2024-01-02"], "is given 2 times"),
        ("known_at", "2024-01-04", "is not a moment"),
        ("known_at", "2024-01-04T12:00:00", "is not a moment"),
        ("known_at", "2150-01-01T00:00:00Z", "has not come yet"),
        ("known_at", "0001-01-01T00:00:00+14:00", "is not a moment"),
    ],
)
def test_a_bad_clock_is_refused_by_name(
    world: World, ask: Callable[..., Any], rest: str, name: str, value: Any, words: str
) -> None:
    rest = rest if rest != "track" else f"series/{world.whole.pk}/track/"
    fault = refusal(ask("viewer", rest, **{name: value}))
    assert fault["attr"] == name
    assert words in fault["detail"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("light", "R"),
        ("history", "true"),
        ("since", BEFORE),
        ("period_from", "2023-01-01"),
        ("period_to", "2023-01-01"),
    ],
)
def test_what_chooses_stored_rows_does_not_go_with_a_clock(
    ask: Callable[..., Any], name: str, value: str
) -> None:
    fault = refusal(ask("viewer", "judgments/", as_of="2024-01-02", **{name: value}))
    assert fault["attr"] == name
    assert "does not go with as_of or known_at" in fault["detail"]


@pytest.mark.parametrize("who", ["viewer", "leader", "parent", "provider", "stranger", "reviewer"])
def test_a_clock_opens_no_door(world: World, ask: Callable[..., Any], who: str) -> None:
    wanted = 200 if who in {"viewer", "leader", "parent"} else 404
    for rest in ("judgments/", f"series/{world.whole.pk}/track/"):
        assert ask(who, rest, as_of="2024-01-02").status_code == wanted, rest
        assert ask(who, rest, known_at=BEFORE).status_code == wanted, rest


# Sign-in, gate, series, what is judged and, for a moment, what is hidden.
QUERIES = {"as_of": 15, "known_at": 19}


@pytest.mark.parametrize(("name", "value"), [("as_of", "2024-01-02"), ("known_at", AFTER)])
def test_the_number_of_queries_does_not_grow_with_the_series(
    world: World, ask: Callable[..., Any], name: str, value: str
) -> None:
    def asked() -> int:
        return queries(lambda: ask("leader", "judgments/", **{name: value}))

    assert asked() == QUERIES[name]
    more(world)
    assert asked() == QUERIES[name]
