"""Somebody erases a candidate while another writes about it: a clear word, and nothing lost."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Contact, Difficulty, MemberCommitment
from coalitions.services import building, candidates, difficulties
from coalitions.services.erasing import erase_candidate
from coalitions.tests.about import Held
from coalitions.tests.climb import leader
from coalitions.tests.ladder import address
from people.models import User
from people.tests.entering import enter

pytestmark = pytest.mark.django_db(transaction=True)
LEVELS = {"alignment": "1", "cause": "brassard", "potential": "2", "power": "3",
          "powers": "position"}  # fmt: skip
SHARES = {"aspiration": "1", "values": "1", "strategy": "1", "approach": "1", "note": "brassard"}
DAY = "2025-03-01"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def held() -> Held:
    return Held()


def judge(one: Candidate, user: User) -> None:
    candidates.judge(candidate=one, values=LEVELS, seen=0, actor=user)


def judge_again(one: Candidate, user: User) -> None:
    candidates.judge(candidate=one, values=LEVELS, seen=1, actor=user)


def place(one: Candidate, user: User) -> None:
    candidates.place(candidate=one, status="proposed", reason="since then", seen=0, actor=user)


def ground(one: Candidate, user: User) -> None:
    building.record_ground(candidate=one, values=SHARES, seen=0, actor=user)


def commit(one: Candidate, user: User) -> None:
    values = {"candidate": one, "what": "Speak", "due": DAY}
    building.add_work(kind=MemberCommitment, coalition=one.coalition, values=values, actor=user)


def meet(one: Candidate, user: User) -> None:
    values = {"candidates": [one], "by": "Us", "purpose": "Talk", "held_on": DAY}
    building.add_work(kind=Contact, coalition=one.coalition, values=values, actor=user)


WRITES = [judge, judge_again, place, ground, commit, meet]


@pytest.mark.parametrize("write", WRITES)
def test_nothing_is_written_about_who_is_gone(
    held: Held, write: Callable[[Candidate, User], None]
) -> None:
    user = leader(held.row)
    seen = Candidate.objects.select_related("coalition__system").get(pk=held.one.pk)
    erase_candidate(candidate=held.one, why="asked", actor=user)
    with pytest.raises(ValidationError):
        write(seen, user)


def test_a_row_that_went_with_it_is_not_changed(held: Held) -> None:
    user, row = leader(held.row), held.row
    commitment = MemberCommitment.objects.get(candidate=held.one)
    [hard] = [one for one in Difficulty.objects.all() if held.one.actor_id in one.pair]
    pair = {"first": hard.pair[0], "second": hard.pair[1], "note": "n"}
    erase_candidate(candidate=held.one, why="asked", actor=user)
    with pytest.raises(ValidationError, match="gone"):
        building.change_work(
            row=commitment, coalition=row, values={"what": "More"}, version=1, actor=user
        )
    with pytest.raises(ValidationError, match="gone"):
        difficulties.change_difficulty(difficulty=hard, values=pair, version=1, actor=user)


def test_the_page_keeps_what_was_typed(
    client: Client, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, was = enter(client, held.row.system, "delivery_leader"), building.held

    def erased_first(*args: Any, **more: Any) -> Any:
        monkeypatch.setattr(building, "held", was)
        erase_candidate(candidate=held.one, why="asked", actor=user)
        return was(*args, **more)

    monkeypatch.setattr(building, "held", erased_first)
    data = {"candidates": [str(held.one.pk)], "by": "Us", "purpose": "brassard", "held_on": DAY,
            "kind": "meeting", "version": "1"}  # fmt: skip
    response = client.post(address("add_contact", held.row), data)
    assert response.status_code == 400
    assert "brassard" in response.content.decode()
    assert not Contact.objects.filter(candidates=None).exists()
