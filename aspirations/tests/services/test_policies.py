"""By which rules a series is judged: its metric's own, its system's latest, or the default."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from aspirations.models import Judgment, Policy, Series
from aspirations.services import policies
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    MetricFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
    observe,
)
from people.models import AuditEntry, System
from people.services import Conflict

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
START, TODAY = date(2024, 1, 1), date(2024, 4, 30)


def judged(system: System, **metric: Any) -> Judgment:
    """Three figures on the path of ten: Green, but held at Amber-Green for want of points."""
    series: Series = SeriesFactory(metric=MetricFactory(system=system, **metric))
    observe(series, START, [0.0, 10.0, 20.0, 30.0])
    agreed_path(series, (START, 0.0), (date(2024, 11, 1), 100.0))
    judge_now([series.pk])
    return Judgment.objects.get(series=series)


def system_with(*versions: dict[str, Any]) -> System:
    system: System = SystemFactory(reporting_date=TODAY)
    for number, values in enumerate(versions, start=1):
        Policy.objects.create(system=system, version=number, values=values)
    return system


# policies of the system in turn, what the metric overrides: the share in force, and the light
IN_FORCE = [
    ([], {}, 0.4, "AG"),
    ([{"cap_share": 0.8}], {}, 0.8, "G"),
    ([{"cap_share": 0.8}, {"tau": 0.2}], {}, 0.4, "AG"),
    ([{"tau": 0.2}, {"cap_share": 0.8}], {}, 0.8, "G"),
    ([{"cap_share": 0.8}], {"cap_share": 0.5}, 0.5, "AG"),
    ([], {"cap_share": 0.9}, 0.9, "G"),
    ([{"cap_share": 0.8}], {"kappa": 0.1}, 0.8, "G"),
]


@pytest.mark.parametrize(("versions", "overrides", "share", "light"), IN_FORCE)
def test_the_nearest_rule_is_in_force(
    versions: list[dict[str, Any]], overrides: dict[str, Any], share: float, light: str
) -> None:
    found = judged(system_with(*versions), policy_overrides=overrides)
    assert (found.policy["cap_share"], found.light) == (share, light)
    assert found.policy["alpha"] == 0.3


def test_another_systems_rules_are_its_own() -> None:
    system_with({"cap_share": 0.8})
    assert judged(system_with()).policy["cap_share"] == 0.4


def test_metrics_of_one_system_may_differ_in_one_run() -> None:
    """Judged together, each by its own rules."""
    system = system_with({"cap_share": 0.8})
    first, second = judged(system), judged(system, policy_overrides={"cap_share": 0.1})
    Series.objects.mark_stale()
    judge_now([first.series_id, second.series_id])
    lights = {row.series_id: row.light for row in Judgment.objects.all()}
    assert lights == {first.series_id: "G", second.series_id: "AG"}


def test_a_new_version_makes_new_judgments_and_leaves_the_old_ones() -> None:
    system = system_with()
    first = judged(system)
    Policy.objects.create(system=system, version=1, values={"cap_share": 0.8}, reason="Tried.")
    judge_now([first.series_id])
    told = Judgment.objects.order_by("seq").values_list("seq", "light", "policy__cap_share")
    assert list(told) == [(1, "AG", 0.4), (2, "G", 0.8)]


def test_a_revision_keeps_only_what_differs_and_says_why() -> None:
    system = system_with()
    row = policies.revise(system=system, values={"tau": 0.1, "kappa": 0.3}, reason=" Tried. ")
    assert row is not None
    assert (row.version, row.values, row.reason) == (1, {"kappa": 0.3}, "Tried.")
    line = AuditEntry.objects.get(object_type="aspirations.Policy")
    assert (line.object_key, line.reason, line.system) == ("version 1", "Tried.", system)
    assert policies.revise(system=system, values={"kappa": 0.3}, reason="Again.") is None
    assert policies.latest_of(system) == row


def test_a_revision_asks_for_new_judgments_of_its_system_alone() -> None:
    first, other = judged(system_with()), judged(system_with())
    policies.revise(system=first.series.metric.system, values={"cap_share": 0.8}, reason="Tried.")
    stale = Series.objects.stale()
    assert [row.pk for row in stale] == [first.series_id]
    judge_now([first.series_id])
    assert Judgment.objects.filter(series=first.series_id).latest("seq").light == "G"
    assert Judgment.objects.filter(series=other.series_id).count() == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [({"tau": 9}, "tau is 9"), ({"taw": 1}, "taw"), ({"limits_from": True}, "limits_from is True")],
)
def test_what_cannot_be_used_is_refused_whole(values: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        policies.revise(system=system_with(), values=values, reason="Tried.")
    assert not Policy.objects.exists()


def test_a_revision_without_a_reason_is_refused() -> None:
    with pytest.raises(ValidationError, match="needs a reason"):
        policies.revise(system=system_with(), values={"tau": 0.2}, reason="  ")


def test_a_revision_of_an_old_version_is_a_conflict() -> None:
    system = system_with({"tau": 0.2})
    with pytest.raises(Conflict) as conflict:
        policies.revise(system=system, values={"tau": 0.3}, reason="Tried.", version=0)
    assert conflict.value.current == Policy.objects.get()
