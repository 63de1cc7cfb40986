"""How a coalition is kept: its form, its next review, and from when on its pages warn."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from coalitions.models import Coalition
from coalitions.services.charter import change_coalition, next_review
from coalitions.tests.climb import (
    METHODS,
    leader,
    only_its_own_people,
    openings_of,
    outsider,
    trail,
)
from coalitions.tests.factories import CoalitionFactory
from coalitions.tests.ladder import HEADS, address, be_delegate
from people.services import Conflict
from people.tests.entering import enter

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 14)


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


def to(row: Coalition) -> str:
    return address("edit_coalition", row)


def sent(**more: Any) -> dict[str, Any]:
    return {
        "version": "1", "form": "team", "is_known": "on", "review_due": "2026-06-30",
        "sphere_limit": "35", "fading_after": "20", "lapsed_after": "45", **more,
    }  # fmt: skip


def values(**more: Any) -> dict[str, Any]:
    return {
        "form": "team", "is_known": True, "review_due": None, "sphere_limit": 35,
        "fading_after": 20, "lapsed_after": 45, **more,
    }  # fmt: skip


@pytest.mark.parametrize("role", sorted(HEADS))
@time_machine.travel(TODAY, tick=False)
def test_a_leader_changes_it(client: Client, row: Coalition, role: str) -> None:
    enter(client, row.system, role)
    client.get(to(row))
    assert openings_of(row) == 1
    assert client.post(to(row), sent())["Location"] == address("coalition", row)
    row.refresh_from_db()
    assert (row.form, row.is_known, row.review_due) == ("team", True, date(2026, 6, 30))
    assert (row.sphere_limit, row.fading_after, row.lapsed_after) == (35, 20, 45)


@time_machine.travel(TODAY, tick=False)
def test_a_day_that_was_cleared_does_not_come_back(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    client.post(to(row), sent())
    client.post(to(row), sent(version="2", review_due=""))
    row.refresh_from_db()
    assert row.review_due is None
    page = " ".join(client.get(to(row)).content.decode().split())
    assert 'value="2026-' not in page


@time_machine.travel(TODAY, tick=False)
def test_a_delegate_changes_it(client: Client, row: Coalition) -> None:
    be_delegate(client, row)
    assert client.post(to(row), sent()).status_code == 302


def test_others_find_nothing(client: Client, row: Coalition) -> None:
    only_its_own_people(client, row, "get", to(row), delegate=200)
    data = sent(review_due="")
    only_its_own_people(client, row, "post", to(row), data, delegate=302)
    with pytest.raises(PermissionDenied):
        change_coalition(coalition=row, values=values(), version=2, actor=outsider(row))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"form": "committee"}, "Choose one of the two."),
        ({"review_due": "2026-03-13"}, "is past. Choose a day to come."),
        ({"review_due": "2300-01-01"}, "is too far off"),
        ({"review_due": "30.6.2026"}, "That is no day."),
        ({"sphere_limit": "0"}, "0 is too small. Choose 1 or more."),
        ({"sphere_limit": "101"}, "101 is too large. Choose 100 or less."),
        ({"sphere_limit": "4O"}, "That is no whole number."),
        ({"fading_after": "0"}, "0 is too small."),
        ({"fading_after": ""}, "Give a number, in digits."),
        ({"lapsed_after": "20"}, "so lapsed only later than that. Choose more than 20."),
        ({"lapsed_after": "731"}, "731 is too large."),
        ({"version": ""}, "nothing was saved"),
    ],
)
@time_machine.travel(TODAY, tick=False)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, row: Coalition, wrong: dict[str, Any], words: str
) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), sent(**wrong))
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    row.refresh_from_db()
    assert (row.form, row.version) == ("network", 1)


def test_the_service_refuses_what_the_form_would(row: Coalition) -> None:
    user = leader(row)
    for wrong in ({"lapsed_after": 20}, {"lapsed_after": 731}, {"sphere_limit": 0},
                  {"form": "committee"}, {"review_due": date(2001, 1, 1)}):  # fmt: skip
        with pytest.raises(ValidationError):
            change_coalition(coalition=row, values=values(**wrong), version=1, actor=user)
    row.refresh_from_db()
    assert row.version == 1


@time_machine.travel(TODAY, tick=False)
def test_a_review_that_is_overdue_does_not_bar_other_changes(row: Coalition) -> None:
    Coalition.objects.filter(pk=row.pk).update(review_due=date(2026, 1, 1))
    change_coalition(
        coalition=row, values=values(review_due=date(2026, 1, 1)), version=1, actor=leader(row)
    )
    row.refresh_from_db()
    assert row.form == "team"


def test_another_s_change_meanwhile_is_shown(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    change_coalition(coalition=row, values=values(sphere_limit=77), version=1, actor=user)
    response = client.post(to(row), sent(review_due=""))
    assert response.status_code == 409
    assert "77" in response.content.decode()
    row.refresh_from_db()
    assert row.sphere_limit == 77
    with pytest.raises(Conflict):
        change_coalition(coalition=row, values=values(), version=1, actor=user)


def test_the_trail_names_fields_only(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    client.post(to(row), sent(review_due=""))
    told = trail()
    assert "change coalitions.Coalition" in told
    assert "'form': 'changed'" in told
    assert "team" not in told


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 3, 14), date(2026, 6, 14)),
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2025, 12, 31), date(2026, 3, 31)),
        (date(2026, 3, 31), date(2026, 6, 30)),
    ],
)
def test_a_quarter_on(today: date, due: date) -> None:
    assert next_review(today) == due


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_quarter_is_about_ninety_days(today: date) -> None:
    assert 89 <= (next_review(today) - today).days <= 92


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused(client: Client, row: Coalition, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(to(row)).status_code == 405
