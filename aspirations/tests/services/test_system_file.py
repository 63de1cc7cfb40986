"""A whole system from one file: made once, changed knowingly, refused clearly."""

from datetime import date
from typing import Any

import pytest

from aspirations.models import (
    Aspiration,
    Commitment,
    Metric,
    Policy,
    Rebase,
    Segment,
    Series,
    Target,
    Trajectory,
)
from aspirations.services.systems import FileFault, load
from aspirations.tests.factories import SystemFactory, observe
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db


def tables(**changes: Any) -> dict[str, Any]:
    """A small system: two segments, one aspiration, one metric with a path for everyone."""
    metric = {
        "slug": "waits", "name": "Seen in time", "direction": "increase", "frequency": "month",
        "unit": "%", "bounds": [0, 100], "prominence": "headline",
        "trajectories": [
            {
                "segment": "*", "baseline": {"period": "2024-01", "value": 60.0},
                "target": {"period": "2025-01", "value": 90}, "reason": "Budget 2024.",
            }
        ],
    }  # fmt: skip
    metric.update(changes.pop("metric", {}))
    return {
        "system": {"slug": "north", "name": "North", "year_starts": 4},
        "segments": [{"code": "all", "name": "Everyone"}, {"code": "lake", "name": "Lakeshore"}],
        "aspirations": [{"slug": "care", "title": "Care in time", "metrics": ["waits"]}],
        "metrics": [metric],
        **changes,
    }


def test_a_file_makes_a_system() -> None:
    loaded = load(tables())
    metric = Metric.objects.get()
    assert loaded.system == System.objects.get(slug="north")
    assert (metric.upper_bound, metric.year_starts) == (100.0, 4)
    assert Aspiration.objects.get().metrics.get() == metric
    assert Target.objects.get().value == 90.0
    assert Trajectory.objects.get().baseline.value == 60.0
    assert Series.objects.get().stale_since is not None


def test_loading_it_again_changes_nothing() -> None:
    load(tables())
    lines = AuditEntry.objects.count()
    again = load(tables())
    assert (again.created, again.changed) == ([], [])
    assert AuditEntry.objects.count() == lines
    assert Commitment.objects.count() == 1


def test_a_changed_definition_leaves_a_line_and_asks_for_new_judgments() -> None:
    load(tables())
    Series.objects.update(stale_since=None)
    loaded = load(tables(metric={"definition": "Within four hours."}))
    assert loaded.changed == ["metric waits"]
    line = AuditEntry.objects.filter(action="change").get()
    assert (line.before, line.after) == (
        {"definition": ""},
        {"definition": "Within four hours."},
    )
    assert Series.objects.get().stale_since is not None


def moved(**path: Any) -> dict[str, Any]:
    first = tables()["metrics"][0]["trajectories"][0]
    return tables(metric={"trajectories": [{**first, **path}]})


def test_a_moved_target_needs_a_new_reason_and_keeps_the_old_version() -> None:
    load(tables())
    with pytest.raises(FileFault, match=r"from 90.0 to 85.0.*--reason"):
        load(moved(target={"period": "2025-01", "value": 85}))
    load(moved(target={"period": "2025-01", "value": 85}, reason="Funding was cut."))
    assert list(Target.objects.values_list("value", "status")) == [
        (90.0, "superseded"),
        (85.0, "agreed"),
    ]


def test_the_reason_may_come_with_the_command() -> None:
    load(tables())
    load(moved(target={"period": "2025-01", "value": 85}), reason="Funding was cut.")
    assert Target.objects.get(version=2).reason == "Funding was cut."


def test_points_make_a_path_through_them() -> None:
    load(moved(points=[{"period": "2024-07", "value": 70}]))
    row = Trajectory.objects.get()
    assert (row.shape, row.points) == ("points", [["2024-07-01", 70.0]])


def test_a_baseline_comes_from_the_data_when_it_is_not_given() -> None:
    load(moved(baseline={"period": "2024-01"}))
    assert not Trajectory.objects.exists()
    observe(Series.objects.get(), date(2024, 1, 1), [61.5])
    load(moved(baseline={"period": "2024-01"}))
    assert Trajectory.objects.get().baseline.value == 61.5


def test_a_path_for_one_segment_opens_its_series() -> None:
    load(moved(segment="lake"))
    assert Trajectory.objects.get().series.segment == Segment.objects.get(code="lake")


def test_a_new_policy_is_a_new_version_with_a_reason() -> None:
    first = {"values": {"tau": 0.2}, "reason": "A wider tolerance."}
    load(tables(policy=first))
    load(tables(policy=first))
    with pytest.raises(FileFault, match="no reason"):
        load(tables(policy={"values": {"tau": 0.1}}))
    load(tables(policy={"values": {"tau": 0.1}, "reason": "Back to the default."}))
    assert list(Policy.objects.values_list("version", "values")) == [
        (1, {"tau": 0.2}),
        (2, {"tau": 0.1}),
    ]


def test_a_rebase_is_a_decision_with_a_reason() -> None:
    rebase = {"segment": "all", "period": "2024-06", "reason": "New definition."}
    load(tables(metric={"rebases": [rebase]}))
    load(tables(metric={"rebases": [rebase]}))
    assert Rebase.objects.get().period == date(2024, 6, 1)


def test_a_system_may_lie_beneath_another() -> None:
    SystemFactory(slug="board")
    load(tables(system={"slug": "north", "name": "North", "parent": "board"}))
    assert System.objects.get(slug="north").parent == System.objects.get(slug="board")


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"system": {"name": "North"}}, "“slug”. Add it"),
    ({"system": {"slug": "north", "name": "N", "colour": "red"}}, "“colour”, which is not known"),
    ({"system": {"slug": "north", "name": "N", "parent": "moon"}}, "“moon” does not exist"),
    ({"system": {"slug": "north", "name": "N", "year_starts": 13}}, "year_starts"),
    ({"system": {"slug": "api", "name": "N"}}, "slug"),
    ({"surprise": 1}, "“surprise”, which is not known"),
    ({"segments": [{"name": "No code"}]}, "segment 1 has no “code”"),
    ({"metric": {"direction": "sideways"}}, "sideways"),
    ({"metric": {"frequency": "fortnight"}}, "fortnight"),
    ({"metric": {"bounds": [100]}}, "Write it as [low, high]"),
    ({"metric": {"bounds": [100, 0]}}, "bounds"),
    ({"metric": {"band": [1, 2]}}, "band"),
    ({"metric": {"expected_months": [13]}}, "months as numbers from 1 to 12"),
    ({"metric": {"policy": {"tau": 9}}}, "tau"),
    ({"metric": {"policy": {"taw": 0.1}}}, "taw"),
    ({"aspirations": [{"slug": "a", "title": "A", "metrics": ["ghost"]}]}, "“ghost”, which is not"),
    ({"policy": {"values": {"tau": -1}, "reason": "?"}}, "tau"),
]


@pytest.mark.parametrize(("changes", "said"), FAULTS)
def test_a_fault_is_named_and_nothing_is_written(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(FileFault) as refusal:
        load(tables(**changes))
    assert said in str(refusal.value)
    assert not System.objects.filter(slug="north").exists()


PATH_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"target": {"period": "2023-01", "value": 90}}, "waits"),
    ({"target": {"period": "2024/25", "value": 90}}, "2024/25"),
    ({"target": {"value": 90}}, "no “period”"),
    ({"segment": "ghost"}, "“ghost” is not in the file"),
    ({"shape": "zigzag"}, "zigzag"),
]


@pytest.mark.parametrize(("path", "said"), PATH_FAULTS)
def test_a_fault_of_a_path_is_named_and_nothing_is_written(path: dict[str, Any], said: str) -> None:
    with pytest.raises(FileFault) as refusal:
        load(moved(**path))
    assert said in str(refusal.value)
    assert not System.objects.filter(slug="north").exists()
