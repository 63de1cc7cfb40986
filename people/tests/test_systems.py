"""Systems form a tree with an address each; people sign in once per address."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.models import Membership, System, User
from people.tests.factories import SystemFactory, UserFactory

pytestmark = pytest.mark.django_db

REFUSED_BY_DATABASE = [
    {"year_starts": 0},
    {"year_starts": 13},
    {"slug": "api"},
    {"slug": "accounts"},
]


@pytest.mark.parametrize("fields", REFUSED_BY_DATABASE)
def test_the_database_refuses(fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SystemFactory(**fields)


def test_an_address_belongs_to_one_system() -> None:
    SystemFactory(slug="north")
    with pytest.raises(IntegrityError), transaction.atomic():
        SystemFactory(slug="north")


def test_a_system_is_not_its_own_parent() -> None:
    system = SystemFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        System.objects.filter(pk=system.pk).update(parent=system)


def test_a_system_cannot_lie_beneath_itself() -> None:
    top = SystemFactory()
    below = SystemFactory(parent=top)
    top.parent = below
    with pytest.raises(ValidationError, match="beneath itself"):
        top.clean()


def test_the_tree_is_at_most_six_deep() -> None:
    node = SystemFactory()
    for _ in range(5):
        node = SystemFactory(parent=node)
        node.clean()
    with pytest.raises(ValidationError, match="at most 6"):
        System(slug="seventh", name="Seventh", parent=node).clean()


def test_a_branch_moves_only_where_its_lowest_system_still_fits() -> None:
    deep = SystemFactory()
    for _ in range(3):
        deep = SystemFactory(parent=deep)
    branch = SystemFactory()
    twig = SystemFactory(parent=branch)
    branch.parent = deep
    branch.clean()
    SystemFactory(parent=twig)
    with pytest.raises(ValidationError, match="at most 6"):
        branch.clean()


def test_an_unknown_time_zone_is_named() -> None:
    with pytest.raises(ValidationError, match=r"Mars/Base.*Europe/London"):
        System(slug="mars", name="Mars", time_zone="Mars/Base").clean()


def test_today_is_the_day_where_the_system_is() -> None:
    auckland = SystemFactory(time_zone="Pacific/Auckland")
    with time_machine.travel(datetime(2026, 3, 14, 20, tzinfo=UTC), tick=False):
        assert auckland.today() == date(2026, 3, 15)


def test_a_reporting_date_stands_in_for_today() -> None:
    assert SystemFactory(reporting_date=date(2019, 4, 30)).today() == date(2019, 4, 30)


@pytest.mark.parametrize("year", [1, 100, 1899, 2201, 9999])
def test_a_reporting_date_nobody_can_reckon_with_is_refused(year: int) -> None:
    with pytest.raises(ValidationError, match=rf"{year} is no year to report on.*1900 to 2200"):
        System(slug="old", name="Old", reporting_date=date(year, 1, 1)).clean()


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2200, 12, 31)])
def test_the_first_and_the_last_reporting_date(day: date) -> None:
    System(slug="old", name="Old", reporting_date=day).clean()


@pytest.mark.parametrize("field", ["name", "tagline", "note"])
@pytest.mark.parametrize("sign", ["\n", "\r", "\u2028", "\u202e", "\x07"], ids=ascii)
def test_names_of_systems_are_one_line(field: str, sign: str) -> None:
    fields = {"slug": "north", "name": "North", field: f"North{sign}Bcc: all@example.org"}
    with pytest.raises(ValidationError, match="cannot be seen") as caught:
        System(**fields).clean()
    assert list(caught.value.message_dict) == [field]


def test_an_address_signs_in_once_whatever_its_case() -> None:
    UserFactory(email="Ann@Example.org")
    assert User.objects.get().email == "ann@example.org"
    with pytest.raises(ValidationError):
        UserFactory(email="ANN@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="ANN@example.org")])


def test_a_role_is_one_of_the_known_ones_and_held_once() -> None:
    system, user = SystemFactory(), UserFactory()
    Membership.objects.create(system=system, user=user, role="viewer")
    for role in ("viewer", "emperor"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(system=system, user=user, role=role)
