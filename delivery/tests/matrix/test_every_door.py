"""Roles, administrators, programs and strangers at every address: the answer is the agreed one."""

import pytest

from delivery.testing import cells as counter
from delivery.tests.matrix.knocks import cells, fault
from delivery.tests.matrix.rows import Row
from delivery.tests.matrix.table import ROWS
from delivery.tests.matrix.world import World

pytestmark = pytest.mark.django_db
FEWEST = 30_000


@pytest.mark.parametrize("row", ROWS, ids=[row.label for row in ROWS])
def test_everyone_gets_the_agreed_answer(
    world: World, row: Row, pytestconfig: pytest.Config
) -> None:
    asked = list(cells(row, world))
    faults = [found for cell in asked if (found := fault(cell, world))]
    counter.count(pytestconfig, len(asked))
    if faults:
        pytest.fail(f"{len(faults)} of {len(asked)} cells:\n" + "\n".join(faults), pytrace=False)


def test_the_matrix_does_not_shrink(world: World) -> None:
    assert sum(len(list(cells(row, world))) for row in ROWS) >= FEWEST
