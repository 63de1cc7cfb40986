"""Interventions and what is stated of their effects: kept with a trail, refused clearly."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from aspirations.models import Intervention
from aspirations.services import interventions
from aspirations.tests.factories import MembershipFactory, SystemFactory
from people.models import AuditEntry, System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
START = date(2024, 10, 1)


@pytest.fixture
def system() -> System:
    row: System = SystemFactory()
    for slug in ("coaches", "tutors"):
        interventions.create(system=row, slug=slug, values={"name": slug.capitalize()})
    return row


def test_it_is_made_and_changed_with_a_trail(system: System) -> None:
    actor = MembershipFactory(system=system, role="unit_staff").user
    row = Intervention.objects.get(slug="coaches")
    values = {"owner": "Early Learning", "status": "running", "funding": "funded"}
    assert interventions.change(intervention=row, values=values, actor=actor, reason="It began.")
    assert not interventions.change(intervention=row, values=values, actor=actor)
    line = AuditEntry.objects.filter(action="change").get()
    assert (line.actor, line.reason, line.before["status"]) == (actor, "It began.", "proposed")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "cannot be blank"),
        ({"status": "dreamt"}, "dreamt"),
        ({"funding": "perhaps"}, "perhaps"),
        ({"name": "N" * 161}, "160"),
    ],
)
def test_values_that_mean_nothing_are_refused(
    system: System, values: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError, match=said):
        interventions.create(system=system, slug="new", values={"name": "New", **values})


def test_a_slug_is_taken_once_in_a_system(system: System) -> None:
    with pytest.raises(ValidationError, match="Slug already exists"):
        interventions.create(system=system, slug="coaches", values={"name": "More coaches"})


@pytest.mark.parametrize("role", ["plan_owner", "accountable_head", "viewer"])
def test_who_may_not_write_plans_is_refused(system: System, role: str) -> None:
    actor = MembershipFactory(system=system, role=role).user
    with pytest.raises(PermissionDenied):
        interventions.create(system=system, slug="new", values={"name": "New"}, actor=actor)
    row = Intervention.objects.get(slug="coaches")
    with pytest.raises(PermissionDenied):
        interventions.change(intervention=row, values={"name": "Other"}, actor=actor)


def effect(**changes: Any) -> dict[str, Any]:
    return {"intervention": "coaches", "start": START, "mid": 4.1, **changes}


OVERLAP = {"with": "tutors", "amount": 0.6}


def test_an_effect_is_stated_in_one_form(system: System) -> None:
    [row] = interventions.stated_effects(system, [effect(ramp=14)])
    assert row == {
        "intervention": "coaches", "start": "2024-10-01", "lag": 0, "ramp": 14, "low": None,
        "mid": 4.1, "high": None, "attribution": 1.0, "evidence": "none", "sources": "",
        "overlaps": [],
    }  # fmt: skip
    assert interventions.stated_effects(system, [row]) == [row]


def test_an_overlap_stands_with_the_earlier_effect(system: System) -> None:
    pair = [effect(), effect(intervention="tutors", overlaps=[{"with": "coaches", "amount": 0.6}])]
    first, second = interventions.stated_effects(system, pair)
    assert first["overlaps"] == [{"with": "tutors", "amount": 0.6, "note": ""}]
    assert second["overlaps"] == []


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"intervention": "ghost"}, "“ghost” is not known in this system"),
    ({"lag": -1}, "coaches: lag is -1"),
    ({"ramp": 1.5}, "coaches: ramp is 1.5"),
    ({"ramp": 10**9}, "ramp"),
    ({"mid": float("nan")}, "coaches: mid is nan"),
    ({"mid": None}, "coaches: mid is None"),
    ({"low": "much"}, "coaches: low is much"),
    ({"evidence": "hearsay"}, "hearsay"),
    ({"overlaps": [{"with": "coaches", "amount": 1.0}]}, "both must have an effect"),
    ({"overlaps": [{"with": "ghost", "amount": 1.0}]}, "both must have an effect"),
    ({"overlaps": [{**OVERLAP, "amount": 0.0}]}, "Give it above 0"),
    ({"overlaps": [OVERLAP, OVERLAP]}, "stands twice"),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED)
def test_an_effect_that_means_nothing_is_refused(
    system: System, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        interventions.stated_effects(system, [effect(**changes), effect(intervention="tutors")])
    assert said in str(refusal.value)


def test_one_intervention_stands_once_on_a_path(system: System) -> None:
    with pytest.raises(ValidationError, match="“coaches” stands twice on one path"):
        interventions.stated_effects(system, [effect(), effect(mid=1.0)])


def test_work_of_another_system_is_not_known_here(system: System) -> None:
    with pytest.raises(ValidationError, match="“coaches” is not known"):
        interventions.stated_effects(SystemFactory(), [effect()])
