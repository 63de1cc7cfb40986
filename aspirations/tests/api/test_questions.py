"""What may be asked, what it narrows, and how everything else is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from aspirations.models import Judgment, Light, Observation, Segment
from aspirations.tests.api.test_doors import LISTS
from aspirations.tests.api.world import EARLIER, World
from aspirations.tests.factories import AspirationFactory, MetricFactory, place


def refusal(answer: Any) -> dict[str, Any]:
    """The one fault of a 400."""
    assert answer.status_code == 400, answer.content
    assert answer.json()["type"] == "validation_error"
    [fault] = answer.json()["errors"]
    return dict(fault)


def test_an_unknown_parameter_is_named(ask: Callable[..., Any]) -> None:
    for rest in LISTS:
        fault = refusal(ask("leader", rest, metrik="x"))
        assert fault["attr"] == "metrik"
        assert "page_size" in fault["detail"]


@pytest.mark.parametrize("size", ["0", "1001", "-1", "ten", "1e2", "١", "9" * 400])
def test_a_bad_page_size_is_refused(ask: Callable[..., Any], size: str) -> None:
    for rest in LISTS:
        assert refusal(ask("leader", rest, page_size=size))["attr"] == "page_size"


@pytest.mark.parametrize("cursor", ["x", "W10=", "a:b:c", "é", "x" * 5000])
def test_a_made_up_cursor_is_refused(ask: Callable[..., Any], cursor: str) -> None:
    for rest in LISTS:
        assert refusal(ask("leader", rest, cursor=cursor))["attr"] == "cursor"


def test_a_cursor_of_another_list_is_refused(ask: Callable[..., Any]) -> None:
    following = ask("leader", "observations/", page_size=1).json()["next"]
    cursor = following.split("cursor=")[1].split("&")[0]
    assert refusal(ask("leader", "series/", cursor=cursor))["attr"] == "cursor"


@pytest.mark.parametrize(
    ("rest", "name", "value"),
    [
        ("observations/", "metric", "nonesuch"),
        ("observations/", "metric", "bad\0word"),
        ("observations/", "segment", "nowhere"),
        ("observations/", "aspiration", "nonesuch"),
        ("observations/", "series", "abc"),
        ("observations/", "series", "9" * 40),
        ("observations/", "period_from", "03/04/2023"),
        ("observations/", "period_from", "2023-02-30"),
        ("observations/", "period_to", "20230101"),
        ("observations/", "period_to", "0001-01-01"),
        ("observations/", "since", "2023-01-01"),
        ("observations/", "since", "2023-01-01T00:00:00"),
        ("observations/", "since", "2023-13-01T00:00:00Z"),
        ("observations/", "since", "0001-01-01T00:00:00+14:00"),
        ("observations/", "revisions", "yes"),
        ("observations/", "metric", ""),
        ("judgments/", "light", "purple"),
        ("judgments/", "history", "1"),
        ("series/", "metric", "nonesuch"),
        ("metrics/", "aspiration", "nonesuch"),
        ("targets/", "status", "lost"),
    ],
)
def test_a_bad_value_is_refused_by_name(
    ask: Callable[..., Any], rest: str, name: str, value: str
) -> None:
    assert refusal(ask("leader", rest, **{name: value}))["attr"] == name


def test_a_doubled_parameter_is_refused_unless_it_may_be(ask: Callable[..., Any]) -> None:
    doubled = {"metric": ["calls-answered", "calls-answered"]}
    assert refusal(ask("leader", "series/", **doubled))["attr"] == "metric"
    assert ask("leader", "judgments/", light=["R", "G"]).status_code == 200


def test_details_take_no_parameters(world: World, ask: Callable[..., Any]) -> None:
    for rest in ("", f"metrics/{world.metric.slug}/", f"series/{world.whole.pk}/track/"):
        assert refusal(ask("leader", rest, page_size="1"))["attr"] == "page_size"


def test_things_of_other_systems_are_as_unknown_as_those_that_are_not_there(
    world: World, ask: Callable[..., Any]
) -> None:
    MetricFactory(slug="elsewhere")
    theirs = refusal(ask("leader", "series/", metric="elsewhere"))
    nobodys = refusal(ask("leader", "series/", metric="nonesuch"))
    assert theirs["detail"].replace("elsewhere", "nonesuch") == nobodys["detail"]


def test_who_only_loads_figures_does_not_learn_the_aspirations(
    world: World, ask: Callable[..., Any]
) -> None:
    fault = refusal(ask("provider", "observations/", aspiration=world.aspiration.slug))
    assert fault["attr"] == "aspiration"


def test_series_are_narrowed_by_metric_segment_and_aspiration(
    world: World, ask: Callable[..., Any]
) -> None:
    other = MetricFactory(system=world.system, slug="other")
    place(other, AspirationFactory(system=world.system, slug="second"))

    def keys(**query: Any) -> list[int]:
        return [row["id"] for row in ask("viewer", "series/", **query).json()["results"]]

    assert keys() == [world.whole.pk, world.north.pk]
    assert keys(segment="north/1") == [world.north.pk]
    assert keys(metric="calls-answered", segment="all") == [world.whole.pk]
    assert keys(aspiration="safe-streets") == [world.whole.pk, world.north.pk]
    assert keys(aspiration="second") == []


def test_observations_are_narrowed_by_period_and_by_when_they_were_recorded(
    world: World, ask: Callable[..., Any]
) -> None:
    def count(**query: Any) -> int:
        return len(ask("viewer", "observations/", **query).json()["results"])

    assert count(series=world.whole.pk) == 24
    assert count(period_from="2023-01-01", period_to="2023-03-01") == 6
    Observation.objects.exclude(pk=world.changed.pk).update(recorded_at="2023-12-01T00:00:00Z")
    assert count(since="2023-12-15T00:00:00Z") == 1
    assert count(since=EARLIER.isoformat()) == 1


def test_judgments_are_narrowed_by_light(world: World, ask: Callable[..., Any]) -> None:
    stored = {row.series_id: row.light for row in Judgment.objects.all()}
    assert len(set(stored.values())) == 2, "the two series need different lights"
    for light in Light.values:
        rows = ask("viewer", "judgments/", light=light).json()["results"]
        assert {row["series"] for row in rows} == {k for k, v in stored.items() if v == light}
    both = ask("viewer", "judgments/", light=list(stored.values())).json()["results"]
    assert len(both) == 2


def test_a_code_with_a_slash_can_be_asked_for(world: World, ask: Callable[..., Any]) -> None:
    [row] = ask("viewer", "series/", segment="north/1").json()["results"]
    assert row["segment"] == Segment.objects.get(pk=world.north.segment_id).code
