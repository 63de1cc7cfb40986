"""A whole system from one file: made once, changed knowingly, refused clearly."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from aspirations.models import (
    Aspiration,
    Commitment,
    Intervention,
    Metric,
    Overlap,
    Policy,
    Rebase,
    Segment,
    Series,
    Target,
    Trajectory,
)
from aspirations.services import rebases
from aspirations.services.systems import FileFault, load, read
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
        (2, {}),
    ]


def test_a_rebase_is_a_decision_with_a_reason() -> None:
    rebase = {"segment": "all", "period": "2024-06", "reason": "New definition."}
    load(tables(metric={"rebases": [rebase]}))
    load(tables(metric={"rebases": [rebase]}))
    assert Rebase.objects.get().period == date(2024, 6, 1)


def test_a_withdrawn_rebase_is_not_made_again_by_an_old_file() -> None:
    rebase = {"segment": "all", "period": "2024-06", "reason": "New definition."}
    load(tables(metric={"rebases": [rebase]}))
    rebases.withdraw(rebase=Rebase.objects.get(), reason="It had not changed.")
    loaded = load(tables(metric={"rebases": [rebase]}))
    assert loaded.kept == ["rebase waits all 2024-06-01 withdrawn"]
    assert not Rebase.objects.in_force().exists()
    load(tables(metric={"rebases": [{**rebase, "reason": "It did change in June."}]}))
    assert Rebase.objects.in_force().get().reason == "It did change in June."


WORKS = [
    {"slug": "coaches", "name": "Coaches", "owner": "Early Learning", "funding": "funded"},
    {"slug": "tutors", "status": "proposed", "cost": "£2m"},
]
EFFECTS = [
    {"intervention": "coaches", "start": "2024-03", "lag": 1, "ramp": 6, "low": 10, "mid": 15,
     "high": 18, "attribution": 0.9, "evidence": "strong", "sources": "Own results."},
    {"intervention": "tutors", "start": "2024-06", "mid": 5},
]  # fmt: skip
SHARED = [{"first": "tutors", "second": "coaches", "amount": 1.5, "note": "Nine schools."}]


def carried(**path: Any) -> dict[str, Any]:
    file = moved(**{"interventions": EFFECTS, "overlaps": SHARED, **path})
    return {**file, "interventions": WORKS}


def test_interventions_carry_a_path() -> None:
    load(carried(parameters={"drift": 0.1}))
    row = Trajectory.objects.get()
    assert (row.shape, row.parameters) == ("interventions", {"drift": 0.1})
    first, second = row.effects.all()
    assert (first.intervention.owner, first.lag, first.attribution) == ("Early Learning", 1, 0.9)
    assert (second.intervention.name, second.start, second.ramp) == ("Tutors", date(2024, 6, 1), 1)
    overlap = Overlap.objects.get()
    assert (overlap.first, overlap.second, overlap.amount) == (first, second, 1.5)


def test_loading_interventions_again_changes_nothing() -> None:
    load(carried())
    again = load(carried())
    assert (again.created, again.changed) == ([], [])
    assert (Trajectory.objects.count(), Overlap.objects.count()) == (1, 1)


def test_a_changed_intervention_moves_no_promise_and_a_changed_effect_does() -> None:
    load(carried())
    file = carried()
    file["interventions"] = [{**WORKS[0], "funding": "not"}, WORKS[1]]
    assert load(file).changed == ["intervention coaches"]
    assert Intervention.objects.get(slug="coaches").funding == "not"
    weaker = [{**EFFECTS[0], "mid": 12}, EFFECTS[1]]
    with pytest.raises(FileFault, match=r"other effects.*new reason"):
        load(carried(interventions=weaker))
    load(carried(interventions=weaker, reason="Fewer coaches were found."))
    assert [row.effects.first().mid for row in Trajectory.objects.all()] == [15.0, 12.0]


FORMS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"shape": "s-curve", "parameters": {"c": 8, "m": 0.4}},
     {"shape": "s_curve", "parameters": {"c": 8.0, "m": 0.4}}),
    ({"shape": "early-gain"}, {"shape": "early_gain"}),
    ({"shape": "late_gain", "parameters": {"p": 3}}, {"parameters": {"p": 3.0}}),
    ({"shape": "compound"}, {"shape": "compound"}),
    ({"shape": "step", "points": [{"period": "2024-06", "value": 75}]},
     {"shape": "step", "points": [["2024-06-01", 75.0]]}),
    ({"low": 85, "high": 95}, {"low": 85.0, "high": 95.0}),
    ({"season": {"kind": "offset", "values": [1, -1] * 6}},
     {"season": {"kind": "offset", "values": [1.0, -1.0] * 6}}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "kept"), FORMS)
def test_every_form_of_a_path_is_kept_and_loads_again(
    path: dict[str, Any], kept: dict[str, Any]
) -> None:
    load(moved(**path))
    assert load(moved(**path)).changed == []
    row = Trajectory.objects.get()
    assert {name: getattr(row, name) for name in kept} == kept


def test_a_baseline_by_its_mean_waits_for_its_figures() -> None:
    baseline = {"period": "2024-03", "method": "mean", "periods": 3}
    load(moved(baseline=baseline))
    observe(Series.objects.get(), date(2024, 1, 1), [60.0, 61.0, 65.0])
    load(moved(baseline=baseline))
    row = Trajectory.objects.get().baseline
    assert (row.value, row.method, row.periods) == (62.0, "mean", 3)


def test_a_rate_says_what_it_is_a_share_of() -> None:
    load(tables(metric={"kind": "rate", "rate_per": 1000}))
    assert Metric.objects.get().rate_per == 1000.0


FORM_FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"low": 80}, "Only the low end"),
    ({"low": 95, "high": 99}, "leaves out the target"),
    ({"parameters": {"c": 8}}, "knows no parameters"),
    ({"parameters": [8]}, "parameters is [8]"),
    ({"parameters": {"c": "steep"}, "shape": "s-curve"}, "c is 'steep'"),
    ({"season": [1, -1]}, "season is [1, -1]"),
    ({"season": {"kind": "offset"}}, "no “values”"),
    ({"season": {"kind": "offset", "values": [1, -1]}}, "has 2 values"),
    ({"season": {"kind": "index", "values": [1.5] * 12}}, "mean 1.5"),
    ({"season": {"kind": "tide", "values": [0] * 12}}, "'tide'"),
    ({"baseline": {"period": "2024-01", "method": "median"}}, "“median” is not known"),
    ({"baseline": {"period": "2024-01", "method": "mean", "periods": -3}}, "periods is -3"),
    ({"baseline": {"period": "2024-01", "periods": 3}}, "Leave them out"),
    ({"interventions": [5]}, "intervention 1 is 5"),
    ({"interventions": [{**EFFECTS[0], "intervention": "ghost"}]}, "“ghost” is not known"),
    ({"interventions": [{**EFFECTS[0], "wage": 5}]}, "“wage”, which is not known"),
    ({"interventions": [{**EFFECTS[0], "start": "2023-01"}]}, "(period 2024-01)"),
    ({"interventions": [{**EFFECTS[0], "lag": -1}]}, "lag is -1"),
    ({"interventions": [{**EFFECTS[0], "attribution": 2}]}, "attribution of coaches is 2"),
    ({"interventions": [{**EFFECTS[0], "low": 16}]}, "give them in order"),
    ({"interventions": [{**EFFECTS[0], "evidence": "hearsay"}]}, "hearsay"),
    ({"interventions": [EFFECTS[0]] * 2}, "stands twice on one path"),
    ({"overlaps": [{**SHARED[0], "first": "ghost"}]}, "“ghost” has no effect on this path"),
    ({"overlaps": [{**SHARED[0], "second": "ghost"}]}, "both must have an effect"),
    ({"overlaps": [{**SHARED[0], "amount": 0}]}, "Give it above 0"),
    ({"overlaps": SHARED * 2}, "stands twice. Keep one"),
    ({"shape": "interventions", "interventions": [], "overlaps": []}, "give at least one effect"),
    ({"interventions": [], "shape": "compound", "target": {"period": "2025-01", "value": -9},
      "overlaps": []}, "one sign"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "said"), FORM_FAULTS)
def test_a_form_that_cannot_be_drawn_is_named_and_nothing_is_written(
    path: dict[str, Any], said: str
) -> None:
    if "overlaps" not in path:
        path = {"interventions": [], **path, "overlaps": []}
    with pytest.raises(FileFault) as refusal:
        load(carried(**path))
    assert said in str(refusal.value)
    assert not System.objects.filter(slug="north").exists()


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


KINDS: list[tuple[dict[str, Any], str]] = [
    ({"system": 5}, "[system] is 5"),
    ({"system": {"slug": ["north"], "name": "N"}}, "slug is ['north']"),
    ({"system": {"slug": "north", "name": 5}}, "“5” is not a text"),
    ({"system": {"slug": "north", "name": "N", "reporting_date": 5}}, "reporting_date: “5”"),
    ({"system": {"slug": "north", "name": "N", "year_starts": "x"}}, "year_starts: “x”"),
    ({"system": {"slug": "north", "name": "N", "parent": 3}}, "parent is 3"),
    ({"segments": {"code": "all"}}, "segments is {'code': 'all'}. Write a list"),
    ({"segments": ["all"]}, "segment 1 is 'all'. Write a table"),
    ({"segments": [{"code": "x", "parts": "lake"}]}, "lake”: give each dimension"),
    ({"segments": [{"code": "x", "parts": {"place": 5}}]}, "both texts"),
    ({"segments": [{"code": "x", "order": 10**30}]}, "order"),
    ({"segments": [{"code": "x\x00y"}]}, "code is 'x\\x00y'"),
    ({"segments": [{"code": "x" * 256}]}, "255"),
    ({"segments": [{"code": "x"}, {"code": "x"}]}, "“x” stands twice in segments (1 and 2)"),
    ({"metrics": "waits"}, "metrics is 'waits'. Write a list"),
    ({"metric": {"bounds": ["a", 1]}}, "bounds is 'a'. Give a finite number"),
    ({"metric": {"bounds": [float("nan"), 1]}}, "bounds is nan"),
    ({"metric": {"bounds": [0, 10**400]}}, "Give a finite number"),
    ({"metric": {"decimals": [1]}}, "decimals"),
    ({"metric": {"expected_months": "May"}}, "months as numbers from 1 to 12"),
    ({"metric": {"policy": 5}}, "policy is 5. Write a table"),
    ({"metric": {"policy": []}}, "policy is []. Write a table"),
    ({"metric": {"policy": {"tau": date(2024, 1, 1)}}}, "a value is datetime.date(2024, 1, 1)"),
    ({"metric": {"trajectories": {}}}, "trajectories is {}. Write a list"),
    ({"metric": {"rebases": ["2024-01"]}}, "is '2024-01'. Write a table"),
    ({"metric": {"rebases": [{"period": "2024-01", "reason": 5}]}}, "“5” is not a text"),
    ({"aspirations": [{"slug": "care", "title": "C", "metrics": "waits"}]}, "Write a list"),
    ({"aspirations": [{"slug": "c", "title": "C", "metrics": ["waits"] * 2}]}, "“waits” twice"),
    ({"policy": {"values": "tau", "reason": "?"}}, "values is 'tau'. Write a table"),
    ({"policy": {"values": {"taw": 1}, "reason": "?"}}, "“taw”, which is not known"),
]


@pytest.mark.parametrize(("changes", "said"), KINDS)
def test_a_value_of_the_wrong_kind_is_named_and_nothing_is_written(
    changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(FileFault) as refusal:
        load(tables(**changes))
    assert said in str(refusal.value)
    assert not System.objects.filter(slug="north").exists()


PATH_KINDS: list[tuple[dict[str, Any], str]] = [
    ({"baseline": "2024-01"}, "'2024-01' is not a table"),
    ({"baseline": {"period": "2024-01", "value": "sixty"}}, "the baseline is 'sixty'"),
    ({"baseline": {"period": "2024-01", "worth": 60}}, "“worth”, which is not known"),
    ({"baseline": {"period": ["2024-01"], "value": 60}}, "the period is ['2024-01']"),
    ({"target": {"period": "2025-01", "value": "much"}}, "the target is 'much'"),
    ({"target": {"period": "2025-01", "value": 10**400}}, "the target is 1000"),
    ({"target": {"period": "2025-01", "value": 10**5000}}, "a number too long to be written"),
    ({"points": "2024-07"}, "points is '2024-07'. Write a list"),
    ({"points": [{"period": "2024-07"}]}, "no “value”"),
    ({"points": [5]}, "a point is 5"),
    ({"agreed_on": "yesterday"}, "agreed_on is 'yesterday'"),
    ({"agreed_on": 5}, "agreed_on is 5"),
    ({"segment": 5}, "segment is 5"),
    ({"shape": ["linear"]}, "shape"),
    ({"reason": 5}, "reason is 5"),
]


@pytest.mark.parametrize(("path", "said"), PATH_KINDS)
def test_a_path_of_the_wrong_kinds_is_named_and_nothing_is_written(
    path: dict[str, Any], said: str
) -> None:
    with pytest.raises(FileFault) as refusal:
        load(moved(**path))
    assert said in str(refusal.value)
    assert not System.objects.filter(slug="north").exists()


UNREADABLE = [
    ("x = " + "[" * 5000, "nested too deeply"),
    ("x = " + "1" * 5000, "is not valid TOML"),
    ("[system]\n[system]", "is not valid TOML"),
]


@pytest.mark.parametrize(("content", "said"), UNREADABLE)
def test_a_file_beyond_reading_is_refused(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_text(content)
    with pytest.raises(FileFault, match=said):
        read(tmp_path / "odd.toml")
    with pytest.raises(FileFault, match="cannot be read"):
        read(tmp_path)


def test_dates_as_texts_load_once() -> None:
    system = {"slug": "north", "name": "North", "reporting_date": "2025-01-20"}
    for _ in range(2):
        loaded = load(tables(system=system))
    assert loaded.changed == []
    assert System.objects.get().reporting_date == date(2025, 1, 20)


def test_long_codes_and_slugs_have_their_line_in_the_trail() -> None:
    slug = "s" * 80
    file = tables(metric={"slug": slug}, segments=[{"code": "x" * 255}])
    file["aspirations"] = [{"slug": "a" * 80, "title": "A", "metrics": [slug]}]
    load(file)
    assert AuditEntry.objects.filter(object_type="aspirations.Placement").count() == 1


def test_two_paths_for_one_segment_are_refused() -> None:
    first = tables()["metrics"][0]["trajectories"][0]
    second = {**first, "target": {"period": "2026-01", "value": 95}, "reason": "Bolder."}
    with pytest.raises(FileFault, match="“\\*” stands twice in trajectories"):
        load(tables(metric={"trajectories": [first, second]}))


def test_an_old_file_does_not_move_a_target_back_unseen() -> None:
    load(tables())
    load(moved(target={"period": "2025-01", "value": 85}, reason="Funding was cut."))
    with pytest.raises(FileFault, match=r"from 85.0 to 90.0.*new reason"):
        load(tables())
    assert Target.objects.in_force().get().value == 85.0


def test_a_promise_left_out_of_the_file_stays_and_is_named() -> None:
    load(moved(segment="lake"))
    loaded = load(moved(segment="all"))
    assert len(loaded.kept) == 1
    assert "Lakeshore" in loaded.kept[0]
    assert Commitment.objects.in_force().count() == 2


def with_figures(**metric: Any) -> None:
    load(tables(metric=metric))
    observe(Series.objects.get(), date(2024, 4, 1), [50.0, 60.0])


def test_a_metric_with_figures_keeps_its_frequency() -> None:
    with_figures(trajectories=[])
    with pytest.raises(FileFault, match=r"waits has figures for periods of another length"):
        load(tables(metric={"frequency": "quarter", "trajectories": []}))
    assert Metric.objects.get().frequency == "month"


def test_a_metric_with_figures_keeps_the_start_of_its_year() -> None:
    with_figures(frequency="quarter", trajectories=[])
    file = tables(metric={"frequency": "quarter", "trajectories": []})
    file["system"]["year_starts"] = 9
    with pytest.raises(FileFault, match=r"year_starts.*another length or start"):
        load(file)
    assert System.objects.get().year_starts == 4


def test_a_month_is_a_month_wherever_the_year_starts() -> None:
    with_figures()
    load(tables(metric={"year_starts": 9}))
    assert Metric.objects.get().year_starts == 9


def test_bounds_do_not_close_in_on_figures() -> None:
    with_figures()
    with pytest.raises(FileFault, match=r"1 figures of waits lie beyond 55.0"):
        load(tables(metric={"bounds": [0, 55]}))
    load(tables(metric={"bounds": [50, 100]}))


def test_a_system_cannot_be_its_own_parent() -> None:
    load(tables())
    with pytest.raises(FileFault, match="beneath itself"):
        load(tables(system={"slug": "north", "name": "North", "parent": "north"}))
