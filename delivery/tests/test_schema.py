"""The description of the interface says what the interface does."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from aspirations.models import Judgment, Segment, Target, Trajectory
from aspirations.tests.api.world import World, build
from delivery.api import urlpatterns
from delivery.wsgi import application
from people.models import Action
from reviews.models import AgreedScore, Round
from reviews.tests.factories import ActionFactory, AgreedScoreFactory

ADDRESS = "/api/v1/schema/"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
# Every route but the schema itself and the one for addresses that do not exist.
OPERATIONS = len(urlpatterns) - 2
# What only the unit reads, and no token: asked by a leader's browser.
OF_RESULTS = ("/reviews/", "/agreed-judgments/")
# The addresses that are also written.
WRITTEN = {"/api/v1/systems/{system}/": {"patch"}}


@pytest.fixture
def world(db: None) -> World:
    """One row of everything, a review that was released to the team among it."""
    built, now = build(), timezone.now()
    AgreedScoreFactory.create(
        round__system=built.system, round__closed_at=now, round__leader_at=now, round__team_at=now
    )
    ActionFactory.create(system=built.system)
    return built


@contextmanager
def connection_kept() -> Iterator[None]:
    """Requests made past Django's test client would close the test's own connection.

    The test client connects these signals again after each of its requests, so this belongs
    closely around those that are not its own.
    """
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


def described(world: World) -> dict[str, Any]:
    client = APIClient()
    client.force_login(world.people["viewer"])
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def real(world: World, path: str) -> dict[str, Any]:
    """Parameters of a path that lead to something."""
    rows = {
        "aspirations": world.aspiration.slug,
        "metrics": world.metric.slug,
        "segments": Segment.objects.get(system=world.system, code="all").pk,
        "series": world.whole.pk,
        "observations": world.changed.pk,
        "judgments": Judgment.objects.get(series=world.whole).pk,
        "targets": Target.objects.get(series=world.whole).pk,
        "trajectories": Trajectory.objects.get(series=world.whole).pk,
        "interventions": "night-shift",
        "reviews": Round.objects.get(system=world.system).pk,
        "agreed-judgments": AgreedScore.objects.get(round__system=world.system).pk,
        "actions": Action.objects.get(system=world.system).pk,
    }
    words = path.strip("/").split("/")
    found: dict[str, Any] = {"system": world.system.slug} if "{system}" in path else {}
    for name in ("id", "slug"):
        if f"{{{name}}}" in words:
            found[name] = rows[words[words.index(f"{{{name}}}") - 1]]
    return found


def test_it_is_valid_and_without_warnings() -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=StringIO())


def test_it_opens_to_who_is_signed_in(client: Client, world: World) -> None:
    assert client.get(ADDRESS).status_code == 401
    headers = signed_in(world, "stranger")
    assert client.get(ADDRESS, headers=headers).status_code == 200


def test_every_operation_reads_and_says_in_one_line_what(world: World) -> None:
    paths = described(world)["paths"]
    assert len(paths) == OPERATIONS
    for path, methods in paths.items():
        assert set(methods) == {"get"} | WRITTEN.get(path, set()), path
        summary = methods["get"]["summary"]
        assert summary, path
        assert "\n" not in summary
        assert {"200", "401", "404"} <= set(methods["get"]["responses"]), path
        for parameter in methods["get"].get("parameters", ()):
            assert parameter["in"] == "path" or parameter["description"], (path, parameter)


def test_the_handbook_names_every_address_and_parameter(world: World) -> None:
    handbook = (settings.BASE_DIR / "docs" / "api.md").read_text()
    for path, methods in described(world)["paths"].items():
        address = path.removeprefix("/api/v1/").replace("{", "<").replace("}", ">")
        short = address.removeprefix("systems/<system>/") or address
        assert f"`{short or '/api/v1/'}`" in handbook, path
        for parameter in methods["get"].get("parameters", ()):
            named = re.search(rf"`{parameter['name']}\b", handbook)
            assert parameter["in"] == "path" or named, parameter


def test_the_root_says_where_to_go_on(client: Client, world: World) -> None:
    assert client.get("/api/v1/").status_code == 401
    client.force_login(world.people["viewer"])
    places = client.get("/api/v1/").json()
    assert {name: client.get(place).status_code for name, place in places.items()} == {
        "systems": 200,
        "schema": 200,
    }
    assert client.get("/api/v1/", {"x": "1"}).status_code == 400


def test_what_is_stored_comes_out_as_described(world: World) -> None:
    enter, found = entries(world, "viewer"), operations(world)
    with connection_kept():
        for operation in found:
            case = operation.Case(path_parameters=real(world, operation.path))
            answer = case.call(**enter(operation.path))
            assert answer.status_code == 200, operation.label
            case.validate_response(answer, checks=CHECKS)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("who", ["viewer", "provider"])
def test_answers_are_as_described(world: World, who: str, mode: GenerationMode) -> None:
    """A few made-up requests to every operation, by people of two roles."""
    enter, found = entries(world, who), operations(world)
    with connection_kept():
        for operation in found:
            parameters = real(world, operation.path)
            explore(operation, parameters, enter(operation.path), mode)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("who", ["leader", "viewer"])
def test_changes_are_answered_as_described(world: World, who: str, mode: GenerationMode) -> None:
    """The same for what is written, by who may and by who may not."""
    sent = by_browser(world, who)
    found = [operation for operation in every_operation(world) if operation.method != "get"]
    assert {operation.path for operation in found} == set(WRITTEN)
    with connection_kept():
        for operation in found:
            explore(operation, real(world, operation.path), sent, mode)


def test_a_percent_sign_in_a_parameter_is_told_back_as_it_stands(world: World) -> None:
    """What is asked is filled into the words of a refusal once: its own signs fill in nothing."""
    enter, found = entries(world, "viewer"), operations(world)
    asked, told = 0, "5%s of %(these)d, 100%"
    with connection_kept():
        for operation in found:
            for parameter in operation.query:
                case = operation.Case(
                    path_parameters=real(world, operation.path), query={parameter.name: told}
                )
                answer = case.call(**enter(operation.path))
                # A word that is looked for among free words may find nothing instead.
                assert answer.status_code in {200, 400}, (operation.label, parameter.name)
                assert answer.status_code == 200 or parameter.name in answer.text
                asked += answer.status_code == 400 and told in answer.json()["errors"][0]["detail"]
    assert asked > OPERATIONS


def by_browser(world: World, who: str) -> dict[str, Any]:
    """How a signed-in person's page asks: with its cookies, and the token of the page."""
    client, token = Client(), "t" * 32
    client.force_login(world.people[who])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    # TRAP: a header named Cookie is dropped on the way; cookies go apart.
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.CSRF_COOKIE_NAME: token}
    return {"headers": {"X-CSRFToken": token}, "cookies": cookies}


def entries(world: World, who: str) -> Callable[[str], dict[str, Any]]:
    """By address, how to come in: by token, and to results by a leader's browser."""
    program, leader = {"headers": signed_in(world, who)}, by_browser(world, "leader")
    return lambda path: leader if any(word in path for word in OF_RESULTS) else program


def signed_in(world: World, who: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {world.token(who, days=1)}"}


def operations(world: World) -> list[Any]:
    found = [operation for operation in every_operation(world) if operation.method == "get"]
    assert len(found) == OPERATIONS
    return found


def every_operation(world: World) -> list[Any]:
    schema = schemathesis.openapi.from_dict(described(world))
    schema.app = application
    results: Iterable[Any] = schema.get_all_operations()
    return [result.ok() for result in results]


def explore(
    operation: Any, path_parameters: dict[str, Any], sent: dict[str, Any], mode: GenerationMode
) -> None:
    @hypothesis.settings(
        max_examples=6, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    @hypothesis.given(
        case=operation.as_strategy(generation_mode=mode, path_parameters=path_parameters)
    )
    def ask(case: Any) -> None:
        case.validate_response(case.call(**sent), checks=CHECKS)

    ask()
