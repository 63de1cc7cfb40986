"""What comes out is what is stored, to the last digit."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from rest_framework.test import APIClient

from aspirations.api.judgments import JudgmentSerializer
from aspirations.api.observations import ObservationSerializer
from aspirations.api.tracks import FIGURES
from aspirations.models import (
    Baseline,
    Intervention,
    Judgment,
    Observation,
    ObservationRevision,
    Series,
    Target,
    Trajectory,
)
from aspirations.services import interventions, trajectories
from aspirations.services.baselines import Start
from aspirations.services.judging import judge_now
from aspirations.services.tracks import track_of
from aspirations.tests.api.world import EARLIER, START, TODAY, World
from aspirations.tests.factories import SegmentFactory, SeriesFactory, observe


def test_the_system_and_its_definitions(world: World, ask: Callable[..., Any]) -> None:
    system = ask("viewer").json()
    assert (system["slug"], system["as_of"], system["parent"]) == ("rowan", "2024-01-31", None)
    metric = ask("viewer", "metrics/calls-answered/").json()
    assert metric["upper_bound"] == 100.0
    assert metric["frequency"] == "month"
    assert "policy_overrides" not in metric
    aspiration = ask("viewer", "aspirations/safe-streets/").json()
    assert aspiration["metrics"] == ["calls-answered"]


def test_the_parent_is_named_only_to_who_may_read_it(world: World, ask: Callable[..., Any]) -> None:
    assert ask("viewer").json()["parent"] is None
    assert ask("parent").json()["parent"] == "nation"


def test_the_list_of_systems_holds_those_one_may_read(
    world: World, by_token: Callable[[str], APIClient]
) -> None:
    def slugs(client: APIClient) -> list[str]:
        return [row["slug"] for row in client.get("/api/v1/systems/").json()["results"]]

    def signed_in(who: str) -> APIClient:
        client = APIClient()
        client.force_login(world.people[who])
        return client

    for caller in (by_token, signed_in):
        assert slugs(caller("viewer")) == slugs(caller("provider")) == ["rowan"]
        assert slugs(caller("parent")) == ["nation", "rowan"]
        assert "rowan" not in slugs(caller("stranger"))
    assert slugs(signed_in("reviewer")) == []


def test_observations_equal_the_stored_rows(world: World, ask: Callable[..., Any]) -> None:
    rows = ask("viewer", "observations/", series=world.whole.pk).json()["results"]
    stored = Observation.objects.filter(series=world.whole).order_by("period")
    assert [row["value"] for row in rows] == [row.value for row in stored]
    assert [row["period"] for row in rows] == [row.period.isoformat() for row in stored]
    assert rows[0]["period_label"] == "2022-01"
    assert set(rows[0]) == set(ObservationSerializer().fields) - {"author", "revisions"}


def test_a_missing_value_is_null_with_its_reason(world: World, ask: Callable[..., Any]) -> None:
    observe(world.whole, TODAY.replace(day=1), [None])
    row = ask("viewer", "observations/", period_from="2024-01-01").json()["results"][0]
    assert (row["value"], row["missing_reason"]) == (None, "missing")


def test_the_values_before_say_who_when_and_why(world: World, ask: Callable[..., Any]) -> None:
    row = ask("leader", f"observations/{world.changed.pk}/").json()
    [earlier] = row["revisions"]
    assert (row["value"], row["revision"]) == (71.25, 1)
    assert row["author"] == earlier["replaced_by"] == "Delivery Unit"
    assert earlier["value"] == 60 + 0.7 * 17 + (17 % 3) * 0.4
    assert earlier["reason"] == "Late returns"
    assert earlier["replaced_at"] == EARLIER.isoformat().replace("+00:00", "Z")
    listed = ask("leader", "observations/", revisions="true", since=EARLIER.isoformat()).json()
    assert row in listed["results"]


def test_authors_are_named_only_to_who_may_read_the_members(
    world: World, ask: Callable[..., Any], by_token: Callable[[str], APIClient]
) -> None:
    rest = f"observations/{world.changed.pk}/"
    # The token's maker may read the members; its program may not.
    assert "author" in ask("leader", rest).json()
    for row in (ask("viewer", rest).json(), by_token("viewer").get(world.address(rest)).json()):
        assert "author" not in row
        assert "replaced_by" not in row["revisions"][0]
    assert "author" in ask("leader", "targets/").json()["results"][0]
    assert "author" not in ask("viewer", "targets/").json()["results"][0]


def test_nobody_is_named_by_e_mail_address(world: World, ask: Callable[..., Any]) -> None:
    Observation.objects.filter(pk=world.changed.pk).update(author=world.people["viewer"])
    answer = ask("leader", f"observations/{world.changed.pk}/")
    assert answer.json()["author"] is None
    assert "@" not in answer.content.decode()


def test_a_rate_comes_with_its_parts_then_and_now(world: World, ask: Callable[..., Any]) -> None:
    row, whole = world.changed, {"numerator": 1.0, "denominator": 4.0}
    ObservationRevision.objects.create(
        observation=row, number=1, value=25.0, published_on=row.published_on,
        recorded_at=row.recorded_at, replaced_at=EARLIER, **whole,
    )  # fmt: skip
    kept = Observation.objects.filter(pk=row.pk)
    kept.update(value=25.0, numerator=2.0, denominator=8.0, revision=2)
    shown = ask("viewer", f"observations/{row.pk}/").json()
    assert (shown["value"], shown["numerator"], shown["denominator"]) == (25.0, 2.0, 8.0)
    assert {name: shown["revisions"][1][name] for name in whole} == whole
    assert shown["revisions"][0]["numerator"] is None
    kept.update(value=None, numerator=None, denominator=None, missing_reason="suppressed")
    earlier = ask("viewer", f"observations/{row.pk}/").json()["revisions"][1]
    assert (earlier["value"], earlier["numerator"], earlier["denominator"]) == (None, None, None)


@pytest.mark.parametrize("reason", ["suppressed", "withheld"])
def test_what_is_suppressed_today_is_not_told_by_its_past(
    world: World, ask: Callable[..., Any], reason: str
) -> None:
    Observation.objects.filter(pk=world.changed.pk).update(value=None, missing_reason=reason)
    [earlier] = ask("leader", f"observations/{world.changed.pk}/").json()["revisions"]
    assert (earlier["value"], earlier["missing_reason"]) == (None, "withheld")


def test_judgments_equal_the_stored_rows(world: World, ask: Callable[..., Any]) -> None:
    shown = ask("viewer", "judgments/", series=world.north.pk).json()["results"][0]
    stored = Judgment.objects.get(series=world.north)
    assert set(shown) == set(JudgmentSerializer().fields)
    for name in ("light", "likelihood", "actual", "expected", "gap", "forecast", "would_move"):
        assert shown[name] == getattr(stored, name), name
    assert shown["likelihood"] is not None
    assert shown["evidence"] == stored.evidence
    assert shown["earlier"] == stored.earlier
    assert shown["policy"] == stored.policy
    assert shown["trajectory_version"] == 1
    assert shown["input_hash"] == stored.input_hash
    assert shown["period_label"] == "2023-12"
    assert shown["not_judged_reason"] is None


def test_the_newest_judgment_of_each_series_comes_unless_all_are_asked_for(
    world: World, ask: Callable[..., Any]
) -> None:
    observe(world.whole, TODAY.replace(day=1), [10.0])
    judge_now([world.whole.pk])

    def seqs(**query: Any) -> list[int]:
        rows = ask("viewer", "judgments/", series=world.whole.pk, **query).json()["results"]
        return [row["seq"] for row in rows]

    assert seqs() == [2]
    assert seqs(history="true") == [1, 2]
    first = Judgment.objects.get(series=world.whole, seq=1)
    assert ask("viewer", f"judgments/{first.pk}/").json()["seq"] == 1


def test_a_judgment_says_when_a_newer_one_is_due(world: World, ask: Callable[..., Any]) -> None:
    rows = ask("viewer", "judgments/").json()["results"]
    assert [row["newer_due"] for row in rows] == [False, False]
    Series.objects.filter(pk=world.north.pk).mark_stale()
    rows = ask("viewer", "judgments/").json()["results"]
    assert [row["newer_due"] for row in rows] == [False, True]


def test_plans_equal_the_stored_rows(world: World, ask: Callable[..., Any]) -> None:
    [target] = ask("viewer", "targets/", series=world.whole.pk).json()["results"]
    stored = Target.objects.get(series=world.whole)
    assert (target["due"], target["value"]) == (stored.due.isoformat(), stored.value)
    [path] = ask("viewer", "trajectories/", series=world.whole.pk).json()["results"]
    assert path["target"]["id"] == Trajectory.objects.get(series=world.whole).target_id
    assert path["baseline"]["value"] == Baseline.objects.get(series=world.whole).value
    assert path["points"] == []


def test_a_path_says_what_carries_it_and_what_is_left(
    world: World, ask: Callable[..., Any]
) -> None:
    interventions.create(system=world.system, slug="crews", values={"name": "Two more crews"})
    shared = [{"with": "crews", "amount": 2}]
    effects = [
        {"intervention": "night-shift", "start": date(2022, 3, 1), "ramp": 6, "mid": 15.0,
         "low": 9.0, "high": 20.0, "evidence": "fair", "overlaps": shared},
        {"intervention": "crews", "start": date(2023, 1, 1), "mid": 5.0, "attribution": 0.6},
    ]  # fmt: skip
    path = trajectories.draft(
        series=world.north, start=Start(START, 60.0), target=(date(2025, 12, 1), 90.0),
        form={"shape": "interventions", "parameters": {"drift": 0.1}}, effects=effects,
    )  # fmt: skip
    shown = ask("viewer", f"trajectories/{path.pk}/").json()
    assert (shown["shape"], shown["parameters"], shown["season"]) == (
        "interventions", {"drift": 0.1}, None,
    )  # fmt: skip
    assert [effect["intervention"] for effect in shown["effects"]] == ["night-shift", "crews"]
    assert shown["effects"][0]["low"] == 9.0
    assert shown["overlaps"] == [
        {"first": "night-shift", "second": "crews", "amount": 2.0, "note": ""}
    ]
    assert shown["unexplained"] == pytest.approx(30.0 - 15.0 - 3.0 - 0.1 * 47)
    assert (shown["status"], shown["agreed_at"]) == ("draft", None)
    [listed] = ask("viewer", "trajectories/", status="draft").json()["results"]
    assert listed == shown
    [agreed] = ask("viewer", "trajectories/", series=world.north.pk, status="agreed").json()[
        "results"
    ]
    assert (agreed["effects"], agreed["unexplained"]) == ([], 0.0)
    assert agreed["agreed_at"] is not None


def test_a_path_says_its_season_and_range(world: World, ask: Callable[..., Any]) -> None:
    season = {"kind": "offset", "values": [1.0, -1.0] * 6}
    path = trajectories.draft(
        series=world.north, start=Start(START, 60.0), target=(date(2025, 12, 1), 90.0),
        form={"season": season, "low": 85.0, "high": 93.0},
    )  # fmt: skip
    shown = ask("viewer", f"trajectories/{path.pk}/").json()
    assert (shown["season"], shown["low"], shown["high"]) == (season, 85.0, 93.0)


def test_interventions_equal_the_stored_rows(world: World, ask: Callable[..., Any]) -> None:
    work = Intervention.objects.get(slug="night-shift")
    values = {"owner": "Operations", "status": "running", "funding": "part", "cost": "£2m"}
    interventions.change(intervention=work, values=values)
    shown = ask("viewer", "interventions/night-shift/").json()
    assert shown == {"slug": "night-shift", "name": "A second night shift", **values}
    assert ask("viewer", "interventions/").json()["results"] == [shown]


def test_the_track_equals_the_arithmetic_to_the_last_digit(
    world: World, ask: Callable[..., Any]
) -> None:
    shown = ask("viewer", f"series/{world.whole.pk}/track/").json()
    found = track_of(Series.objects.select_related("metric__system").get(pk=world.whole.pk))
    for figure in FIGURES:
        expected = [None if math.isnan(x) else x for x in getattr(found, figure)[0].tolist()]
        assert [row[figure] for row in shown["periods"]] == expected, figure
    assert [row["signal"] or "" for row in shown["periods"]] == list(found.signal[0])
    assert [row["reading"] or "" for row in shown["periods"]] == list(found.reading[0])
    assert shown["periods"][0]["period"] == "2022-01-01"
    assert shown["periods"][-1]["period_label"] == "2025-12"
    assert shown["periods"][23]["actual"] is not None
    assert shown["periods"][24]["actual"] is None
    [limits] = shown["limits"]
    assert {name: limits[name] for name in ("n", "centre", "lower", "upper", "trial")} == {
        name: found.limits[0][0][name] for name in ("n", "centre", "lower", "upper", "trial")
    }
    assert limits["period"] == "2022-01-01"


def test_a_series_without_figures_and_path_has_an_empty_track(
    world: World, ask: Callable[..., Any]
) -> None:
    segment = SegmentFactory(system=world.system, code="south")
    empty = SeriesFactory(metric=world.metric, segment=segment)
    shown = ask("viewer", f"series/{empty.pk}/track/").json()
    assert (shown["periods"], shown["limits"]) == ([], [])
