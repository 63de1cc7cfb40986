"""The same ladder at every address: works, parent's member, stranger, reviewer, anonymous."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from aspirations.models import Judgment, Segment, Target, Trajectory
from aspirations.tests.api.world import TOKENS, World

DASHBOARD = {"viewer": 200, "leader": 200, "parent": 200, "provider": 404}
DEFINITION = {"viewer": 200, "leader": 200, "parent": 200, "provider": 200}
FIGURES = {"viewer": 200, "leader": 200, "parent": 404, "provider": 200}
PLAN = {"viewer": 200, "leader": 200, "parent": 404, "provider": 404}
LISTS = {
    "aspirations/": DASHBOARD,
    "metrics/": DEFINITION,
    "segments/": DEFINITION,
    "series/": DEFINITION,
    "observations/": FIGURES,
    "judgments/": DASHBOARD,
    "targets/": PLAN,
    "trajectories/": PLAN,
    "interventions/": PLAN,
}


def details(world: World) -> dict[str, dict[str, int]]:
    """Address of one row of each kind, with who may read it."""
    segment = Segment.objects.get(system=world.system, code="all").pk
    return {
        "": DEFINITION,
        f"aspirations/{world.aspiration.slug}/": DASHBOARD,
        f"metrics/{world.metric.slug}/": DEFINITION,
        f"segments/{segment}/": DEFINITION,
        f"series/{world.whole.pk}/": DEFINITION,
        f"series/{world.whole.pk}/track/": DASHBOARD,
        f"observations/{world.changed.pk}/": FIGURES,
        f"judgments/{Judgment.objects.get(series=world.whole).pk}/": DASHBOARD,
        f"targets/{Target.objects.get(series=world.whole).pk}/": PLAN,
        f"trajectories/{Trajectory.objects.get(series=world.whole).pk}/": PLAN,
        "interventions/night-shift/": PLAN,
    }


def every(world: World) -> dict[str, dict[str, int]]:
    return {**LISTS, **details(world)}


@pytest.mark.parametrize("who", ["viewer", "leader", "parent", "provider"])
def test_each_opens_to_whom_the_table_names(
    world: World, ask: Callable[..., Any], who: str
) -> None:
    answers = {rest: ask(who, rest).status_code for rest in every(world)}
    assert answers == {rest: allowed[who] for rest, allowed in every(world).items()}


@pytest.mark.parametrize("who", sorted(TOKENS))
def test_a_token_opens_no_more_and_no_less(
    world: World, by_token: Callable[[str], APIClient], ask: Callable[..., Any], who: str
) -> None:
    program = by_token(who)
    for rest in every(world):
        answer = program.get(world.address(rest))
        assert answer.status_code == ask(who, rest).status_code, rest
        assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("who", ["stranger", "reviewer"])
def test_outsiders_get_the_answer_of_a_system_that_is_not_there(
    world: World, ask: Callable[..., Any], who: str
) -> None:
    client = APIClient()
    client.force_login(world.people[who])
    for rest in every(world):
        hidden, missing = ask(who, rest), client.get(f"/api/v1/systems/no-such/{rest}")
        assert (hidden.status_code, missing.status_code) == (404, 404), rest
        assert hidden.content == missing.content
        assert headers(hidden) == headers(missing)


def headers(answer: Any) -> dict[str, str]:
    """All that is said beside the content, save the name that every request gets."""
    return {name: value for name, value in answer.items() if name != "X-Request-ID"}


def test_a_row_of_another_system_answers_as_a_missing_one(
    world: World, ask: Callable[..., Any]
) -> None:
    other = world.people["stranger"].memberships.get().system
    elsewhere = Segment.objects.create(system=other, code="all", name="Everyone")
    hidden, missing = ask("leader", f"segments/{elsewhere.pk}/"), ask("leader", "segments/0/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_strangers_to_the_house_are_asked_to_sign_in(world: World) -> None:
    for rest in every(world):
        answer = APIClient().get(world.address(rest))
        assert answer.status_code == 401, rest
        assert answer["WWW-Authenticate"] == "Bearer"
        assert answer.json()["errors"][0]["code"] == "not_authenticated"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_written_here(world: World, method: str) -> None:
    client = APIClient()
    client.force_login(world.people["leader"])
    stranger = APIClient()
    stranger.force_login(world.people["stranger"])
    # A system's own settings are the one thing that is written.
    for rest in set(every(world)) - ({""} if method == "patch" else set()):
        assert getattr(client, method)(world.address(rest)).status_code == 405, rest
        assert getattr(stranger, method)(world.address(rest)).status_code == 404, rest


def test_a_lost_role_closes_the_door_at_the_next_request(
    world: World, by_token: Callable[[str], APIClient]
) -> None:
    program, person = by_token("viewer"), world.people["viewer"]
    client = APIClient()
    client.force_login(person)
    for caller in (program, client):
        assert caller.get(world.address("metrics/")).status_code == 200
    world.people["leader"].memberships.all().delete()
    assert program.get(world.address("metrics/")).status_code == 401
    person.memberships.all().delete()
    assert client.get(world.address("metrics/")).status_code == 404


def test_a_token_narrows_with_its_maker(world: World, by_token: Callable[[str], APIClient]) -> None:
    """Whoever made it provides data now: judgments are closed to the program too."""
    program = by_token("viewer")
    assert program.get(world.address("judgments/")).status_code == 200
    world.people["leader"].memberships.update(role="data_provider")
    assert program.get(world.address("judgments/")).status_code == 404
    assert program.get(world.address("observations/")).status_code == 200


@pytest.mark.parametrize(
    "key", ["abc", "-1", "1.5", "99999999999999999999999", "%00", "0x1", "..%2f"]
)
def test_a_malformed_key_is_not_there(ask: Callable[..., Any], key: str) -> None:
    for rest in LISTS:
        assert ask("viewer", f"{rest}{key}/").status_code == 404, rest


def test_an_address_that_does_not_exist_answers_in_json(ask: Callable[..., Any]) -> None:
    answer = ask("viewer", "coalitions/")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "not_found"
