"""The page of a draft: the builder to who may revise it, and to others what it says."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Trajectory
from aspirations.services import challenges, interventions, trajectories
from aspirations.services.interventions import effects_of
from aspirations.tests.drafts.makers import REASON, at, enter
from aspirations.tests.factories import SystemFactory
from people.models import System

pytestmark = pytest.mark.django_db


def shown(client: Client, row: Trajectory) -> str:
    response = client.get(at("draft", row))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_opens_with_the_finding(client: Client, system: System, draft: Trajectory) -> None:
    enter(client, system)
    page = shown(client, draft)
    assert (
        "The plan explains 4.1 of the 17.8 points needed. "
        "13.7 points have no intervention behind them." in page
    )
    assert "Where the points come from" in page
    assert "Is this path honest?" in page
    assert 'value="Jun 2028"' in page
    assert at("preview_draft", draft) in page


def test_a_path_that_rests_on_nothing_says_so(
    client: Client, system: System, draft: Trajectory
) -> None:
    trajectories.revise(trajectory=draft, effects=[])
    enter(client, system)
    page = shown(client, draft)
    assert "No intervention is behind the 17.8 points needed by Jun 2028." in page
    assert "No intervention carries this path yet" in page


def test_a_change_within_the_noise_is_named(
    client: Client, system: System, draft: Trajectory
) -> None:
    trajectories.revise(trajectory=draft, target=(draft.target.due, 54.25), effects=[])
    enter(client, system)
    assert "too small to tell from noise" in shown(client, draft)


def test_readers_see_what_it_says_and_no_form(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system, "viewer")
    page = shown(client, draft)
    assert "The plan explains 4.1 of the 17.8 points needed." in page
    assert "A first proposal." in page
    for name in ("save_draft", "agree_draft", "withdraw_draft", "challenge_draft"):
        assert at(name, draft) not in page


def test_the_owner_of_a_plan_reads_drafts_of_others(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system, "plan_owner")
    assert at("save_draft", draft) not in shown(client, draft)


def test_leaders_are_shown_the_way_to_agree(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    assert at("agree_draft", draft) not in shown(client, draft)
    enter(client, system, "system_leader")
    assert at("agree_draft", draft) in shown(client, draft)


def test_challenges_stand_beside_it(client: Client, system: System, sent: Trajectory) -> None:
    user = enter(client, system)
    assert "Nobody has challenged this draft yet." in shown(client, sent)
    doubt = challenges.challenge(about=sent, text="Who trains the coaches?", actor=user)
    page = shown(client, sent)
    assert "Who trains the coaches?" in page
    assert at("answer_draft_challenge", sent, doubt.pk) in page
    challenges.answer(challenge=doubt, text=REASON, outcome="kept", actor=user)
    page = shown(client, sent)
    assert "Kept as it was." in page
    assert at("answer_draft_challenge", sent, doubt.pk) not in page


def test_an_agreed_version_is_read_only(client: Client, system: System, agreed: Trajectory) -> None:
    enter(client, system, "delivery_leader")
    page = shown(client, agreed)
    assert "frozen since" in page
    assert "Begin a new draft" in page
    assert at("save_draft", agreed) not in page


def asked(client: Client, row: Trajectory, name: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(at(name, row)).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["draft", "agree_draft"])
def test_queries_do_not_grow_with_interventions(
    client: Client, system: System, draft: Trajectory, name: str
) -> None:
    enter(client, system, "delivery_leader")
    stated = effects_of(draft)
    client.get(at(name, draft))
    few = asked(client, draft, name)
    for number in range(9):
        work = interventions.create(
            system=system, slug=f"w-{number}", values={"name": f"W{number}"}
        )
        stated.append({**stated[0], "intervention": work.slug})
    trajectories.revise(trajectory=draft, effects=stated)
    assert asked(client, draft, name) == few


def test_strangers_find_nothing(client: Client, system: System, draft: Trajectory) -> None:
    for role, home in (("delivery_leader", SystemFactory.create()), ("data_provider", system)):
        enter(client, home, role)
        assert client.get(at("draft", draft)).status_code == 404
    enter(client, system)
    assert client.get(at("draft", draft).replace("/1/", "/7/")).status_code == 404
    assert client.get(at("draft", draft) + "?segment=south").status_code == 404
    assert client.get(at("draft", draft) + "?segment=%00").status_code == 404
    assert client.post(at("draft", draft)).status_code == 405
