"""The matrix where a system asks a second factor: what rests without one, and what does not."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse

from delivery.testing import cells as counter
from delivery.tests.matrix.cast import Person, signed_in
from delivery.tests.matrix.knocks import Cell, body_of, is_visible, knock
from delivery.tests.matrix.marks import strays
from delivery.tests.matrix.rows import Row
from delivery.tests.matrix.table import ROWS
from delivery.tests.matrix.world import World
from people.models import System
from people.tests.agreed import agreed

pytestmark = pytest.mark.django_db
ASKED = "asked for a second factor"
LEADERS = {"SL", "DL"}
NAMES = ("dashboard", "settings", "coalition", "api:metrics")
READ = [row for row in ROWS if row.name in NAMES and row.method == "GET"]


@pytest.mark.parametrize(
    ("asks", "given"), [("leaders", False), ("everyone", False), ("everyone", True)]
)
def test_a_role_rests_until_what_it_asks_for_is_given(
    world: World, asks: str, given: bool, pytestconfig: pytest.Config
) -> None:
    faults, asked = [], list(cells(world, given))
    with transaction.atomic():
        System.objects.update(second_factor=asks)
        for cell in asked:
            answer = knock(cell.row, cell.person, world.things[cell.scope])
            got, wanted = status(answer), expected(cell, asks, given)
            if got != wanted:
                faults.append(f"{cell}: {got}, should be {wanted}")
            elif found := strays(cell.person, body_of(answer)):
                faults.append(f"{cell}: shows {', '.join(found)}")
        transaction.set_rollback(True)
    counter.count(pytestconfig, len(asked))
    assert len(asked) >= 100
    assert not faults, "\n".join(faults)


def cells(world: World, given: bool) -> Iterator[Cell]:
    for person in world.people:
        if person.token or not person.user:
            continue
        who = proven(person) if given else person
        for row in READ:
            yield Cell(row, who, "own")
            if not person.named:
                yield Cell(row, who, "child")


def proven(person: Person) -> Person:
    assert person.user
    return signed_in(person.name, person.user, person.column, person.named, method="mfa")


def expected(cell: Cell, asks: str, given: bool) -> int | str:
    if not is_visible(cell):
        return 404
    if given or counts_without(cell, asks):
        return 200
    return 403 if cell.row.is_api else ASKED


def counts_without(cell: Cell, asks: str) -> bool:
    """Whether what opens this to the person is a role that asks for nothing more."""
    rests = asks == "everyone" or cell.person.column in LEADERS
    return not rests and by_role(cell.row, cell)


def by_role(row: Row, cell: Cell) -> bool:
    """Not only because the thing names them: that asks for as much as to lead does."""
    return any(agreed(action, cell.person.column, cell.scope) for action in row.see)


def status(answer: object) -> int | str:
    code, target = answer.status_code, answer.headers.get("Location", "")  # type: ignore[attr-defined]
    return ASKED if target.startswith(reverse("second_factor")) else int(code)
