"""No address, method or model is left out of the matrix."""

from collections import defaultdict

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, get_resolver, reverse

from delivery.tests.matrix.knocks import knock
from delivery.tests.matrix.rows import ADMINISTRATOR, NOBODY, Row
from delivery.tests.matrix.table import ROWS
from delivery.tests.matrix.world import World
from delivery.tests.test_closed_doors import PUBLIC, every_door
from people.permissions import ACTIONS, MODELS

pytestmark = pytest.mark.django_db
ROOMS = {"people", "aspirations", "coalitions", "reviews", "learning", "routines"}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# About the person alone: no system, nothing of anybody else. Their own tests are beside them.
ONES_OWN = {
    "account_reauthenticate",
    "account_change_password",
    "account_set_password",
    "account_stay",
    "session_left",
    "second_factor",
}
ONES_OWN_PREFIXES = ("mfa_",)


def rows_by_name() -> dict[str, list[Row]]:
    found = defaultdict(list)
    for row in ROWS:
        found[row.name].append(row)
    return dict(found)


def is_ones_own(name: str) -> bool:
    return name in ONES_OWN or name.startswith(ONES_OWN_PREFIXES)


def test_every_address_has_a_row() -> None:
    names = {door.name for door in every_door()}
    needed = {name for name in names - PUBLIC if not is_ones_own(name)}
    assert needed - set(rows_by_name()) == set(), "write their rows in delivery/tests/matrix"
    assert set(rows_by_name()) - names == set(), "these rows name no address"


def test_no_row_stands_twice() -> None:
    labels = [row.label for row in ROWS]
    assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("name", sorted(rows_by_name()))
def test_every_method_has_a_row(world: World, name: str) -> None:
    """A method that is not refused as such does something, and needs a row."""
    rows = rows_by_name()[name]
    person, first = world.person(who_enters(rows[0])), rows[0]
    answers = set()
    for method in METHODS:
        row = Row(name, method, first.see, keys=first.keys, at=first.at, fixed=first.fixed)
        if knock(row, person, world.things["own"]).status_code not in {404, 405}:
            answers.add(method)
    assert answers <= {row.method for row in rows}
    assert answers or first.see == NOBODY, f"{person.name} does not get in, so nothing was tried"


def who_enters(row: Row) -> str:
    if row.see == ("score.own",):  # by name alone
        return "DL*"
    return row.only or ("administrator" if row.see == ADMINISTRATOR else "DL")


def test_every_action_that_rows_name_exists() -> None:
    for row in ROWS:
        named = {row.act, *(row.see if isinstance(row.see, tuple) else ())} - {""}
        assert named <= set(ACTIONS), f"{row.label} names {named - set(ACTIONS)}"


def test_every_model_is_in_the_table() -> None:
    ours = {row._meta.label for row in apps.get_models() if row.__module__.split(".")[0] in ROOMS}
    assert ours == set(MODELS)


def test_djangos_administration_has_no_address() -> None:
    assert not apps.is_installed("django.contrib.admin")
    assert not [door for door in every_door() if "django.contrib.admin" in door.view.__module__]
    assert "admin" not in get_resolver().namespace_dict
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
