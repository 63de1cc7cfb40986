"""The words that are looked for in the answers do stand where they may be read."""

import pytest

from delivery.tests.matrix.cast import Person
from delivery.tests.matrix.knocks import body_of, knock
from delivery.tests.matrix.marks import MARKS, strays, written
from delivery.tests.matrix.table import ROWS
from delivery.tests.matrix.world import World

pytestmark = pytest.mark.django_db


def test_a_leader_comes_upon_every_word_of_their_system(world: World) -> None:
    leader, things = world.person("DL"), world.things["own"]
    pages = [row for row in ROWS if row.method == "GET"]
    bodies = [body_of(knock(row, leader, things)) for row in pages]
    shown = [mark for mark, actions in MARKS.items() if actions]
    unseen = [mark for mark in shown if not any(written(mark, "own") in body for body in bodies)]
    assert unseen == []


def test_a_stray_word_is_seen() -> None:
    stranger, viewer = Person("stranger"), Person("VW", "VW")
    assert strays(stranger, "a line confiding rowan and more") == ["confiding rowan"]
    assert strays(viewer, "governing maple, targeting rowan, targeting maple") == [
        "targeting maple"
    ]
    assert strays(viewer, "nothing of it") == []
