"""Outsiders learn nothing: not by filters, forms, headers, redirects, versions or messages."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client

from aspirations.models import Segment
from delivery.tests.matrix.cast import Person
from delivery.tests.matrix.furniture import Things
from delivery.tests.matrix.knocks import body_of, told
from delivery.tests.matrix.rows import Row
from delivery.tests.matrix.table import ROWS
from delivery.tests.matrix.world import SLUGS, World, lasting, nothing
from people.models import Export, System

pytestmark = pytest.mark.django_db
# One row for each address within a system.
WITHIN = list({row.name: row for row in ROWS if "slug" in row.things.values()}.values())
LISTS = [row for row in WITHIN if row.is_api and not row.crosses and row.name != "api:system"]
OUTSIDERS = ("stranger", "removed leader", "administrator")
# What any list or page understands, and what none does.
EVERY_WORD = (
    "segment=all&metric=metric-rowan&light=on-track&q=rowan&page_size=0&page=2&cursor=abc&all=1"
    "&nonsense=1&as_of=2024-01-01&sort=attention&person=1&object=people.System&key=rowan"
    "&ordering=-pk&format=api&since=yesterday"
)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with lasting(django_db_blocker) as built:
        yield built


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)


def label(row: Row) -> str:
    return row.label


def send(person: Person, method: str, address: str, body: Any = None, **headers: str) -> Any:
    """The answer, with what it wrote undone."""
    kind = {"content_type": "application/json"} if address.startswith("/api/") else {}
    sent = {} if body is None else {"data": body, **kind}
    with transaction.atomic():
        answer = getattr(person.client(), method)(address, **sent, headers=headers)
        transaction.set_rollback(True)
    return answer


def answers(row: Row, person: Person, things: Things, method: str, query: str = "") -> list[str]:
    """All that an answer tells, and its length, without the address itself."""
    address = row.address(things)
    asked = f"{address}?{query}" if query else address
    answer = send(person, method, asked)
    length = answer.headers.get("Content-Length", "")
    return [length, *(line.replace(things["slug"], "SLUG") for line in told(answer, address))]


def same_length(things: Things) -> Things:
    """Things that are not there, with keys as long as those that are."""
    long = {key: value for key, value in things.items() if not isinstance(value, int)}
    return {**things, **nothing(long)}


# --- a system that is there, and one that is not -----------------------------------------------


@pytest.mark.parametrize("row", WITHIN, ids=label)
def test_no_method_and_no_query_tells_whether_a_system_is_there(world: World, row: Row) -> None:
    here = world.things["foreign"]
    there = same_length(here)
    for name, method, query in ASKED:
        person = world.person(name)
        told_here = answers(row, person, here, method, query)
        assert told_here == answers(row, person, there, method, query), f"{name}: {method}"


ASKED = [
    # who, method, query; plain reading and sending is asked of everyone by the matrix
    ("anonymous", "head", ""),
    ("anonymous", "options", ""),
    ("stranger", "head", ""),
    ("stranger", "options", ""),
    ("stranger", "put", ""),
    ("stranger", "get", EVERY_WORD),
]


@pytest.mark.parametrize("name", ["anonymous", *OUTSIDERS])
@pytest.mark.parametrize("beneath", ["", "/metrics", "/trail", "/coalitions/aim-{slug}"])
@pytest.mark.parametrize("root", ["", "/api/v1/systems"])
def test_a_missing_slash_tells_nothing(world: World, name: str, beneath: str, root: str) -> None:
    """The redirect to the slash comes before anybody asks what is there."""
    found = []
    for slug in (SLUGS["foreign"], "zzzzz"):
        address = root + f"/{slug}{beneath}".format(slug=slug)
        answer = send(world.person(name), "get", address)
        where = answer.headers.get("Location", "").replace(slug, "SLUG")
        found.append((answer.status_code, where, len(answer.content)))
    assert found[0] == found[1]


def test_a_condition_tells_nothing_of_a_version(world: World) -> None:
    """Versions are looked at last: after the gate, and after whether it may be done."""
    for name in OUTSIDERS:
        for condition in ({"If-None-Match": '"1"'}, {"If-Match": '"1"'}, {"If-Match": '"7"'}):
            for method in ("get", "patch"):
                address = f"/api/v1/systems/{SLUGS['foreign']}/"
                answer = send(world.person(name), method, address, {}, **condition)
                assert answer.status_code == 404
                assert not answer.has_header("ETag")


def test_who_only_reads_is_refused_before_versions_are_compared(world: World) -> None:
    address = f"/api/v1/systems/{SLUGS['own']}/"
    body = {"tagline": "x", "no-such-field": 1}
    for condition in ({}, {"If-Match": '"7"'}, {"If-Match": "nonsense"}):
        for name in ("VW", "SL", "DP", "program VT", "program PT"):
            answer = send(world.person(name), "patch", address, body, **condition)
            assert answer.status_code == 403, name


# --- within what one may see -------------------------------------------------------------------


@pytest.mark.parametrize("row", LISTS, ids=label)
def test_a_filter_does_not_tell_of_what_is_elsewhere(world: World, row: Row) -> None:
    """A metric, segment, series or aspiration of another system is as unknown as none at all."""
    own, foreign, viewer = world.things["own"], world.things["foreign"], world.person("VW")
    none = nothing(foreign)
    for name in ("metric", "aspiration", "series"):
        found = [
            words(send(viewer, "get", f"{row.address(own)}?{name}={things[name]}"), things[name])
            for things in (foreign, none)
        ]
        assert found[0] == found[1], name


def words(answer: Any, sent: Any) -> tuple[int, str]:
    return answer.status_code, body_of(answer).replace(str(sent), "SENT")


def test_a_filter_does_not_tell_a_provider_what_serves_what(world: World) -> None:
    """Aspirations are not for who only loads figures, so that asking by one finds none."""
    own, provider = world.things["own"], world.person("DP")
    asked = "/api/v1/systems/rowan/observations/?aspiration={}"
    found = [
        words(send(provider, "get", asked.format(slug)), slug)
        for slug in (own["aspiration"], "no-such-one")
    ]
    assert found[0] == found[1]
    assert found[0][0] == 400


def test_lists_count_only_what_is_visible(world: World) -> None:
    """No total, no page and no name tells of a system above, beside or elsewhere."""
    for name in ("VW", "program VT"):
        answer = send(world.person(name), "get", "/api/v1/systems/?page_size=1")
        seen = []
        while True:
            page = answer.json()
            assert set(page) == {"next", "results"}
            seen += [(row["slug"], row["parent"]) for row in page["results"]]
            if page["next"] is None:
                break
            answer = send(world.person(name), "get", page["next"])
        assert seen == [("maple", "rowan"), ("rowan", None)]


def test_a_place_in_a_list_opens_no_other_list(world: World) -> None:
    """A cursor holds where somebody was, never what they may see there."""
    own, viewer = world.things["own"], world.person("VW")
    mine = send(viewer, "get", "/api/v1/systems/rowan/observations/?page_size=1").json()["next"]
    cursor = mine.split("cursor=")[1].split("&")[0]
    elsewhere = f"/api/v1/systems/beech/observations/?cursor={cursor}"
    assert send(viewer, "get", elsewhere).status_code == 404
    other = send(viewer, "get", f"/api/v1/systems/rowan/metrics/?cursor={cursor}")
    assert other.status_code == 400
    assert own["metric"] not in body_of(other)


def test_a_segment_of_another_system_is_as_unknown_as_none(world: World) -> None:
    foreign = world.things["foreign"]["system"]
    Segment.objects.create(system=foreign, code="north-1", name="North")
    viewer, address = world.person("VW"), "/rowan/metrics/metric-rowan/"
    found = []
    for code in ("north-1", "north-2"):
        answer = send(viewer, "get", f"{address}?segment={code}")
        found.append([line.replace(code, "CODE") for line in told(answer, address)])
    assert found[0] == found[1]
    assert found[0][0] == "404"


# --- what is sent ------------------------------------------------------------------------------

ROUND = {"title": "T", "purpose": "P", "starts": "2025-04-01", "due": "2025-05-01", "version": "1"}
RELATED: list[tuple[str, str, dict[str, Any], str, str]] = [
    # who, address, what else is sent, field, thing of another system
    ("DL", "/rowan/capacity/{round}/people/new/", {"kind": "unit"}, "user", "unnamed"),
    ("DL", "/rowan/coalitions/{aspiration}/delegates/new/", {}, "user", "unnamed"),
    ("DL", "/rowan/capacity/new/", ROUND, "aspiration", "aspiration_key"),
]


@pytest.mark.parametrize(("who", "where", "more", "field", "thing"), RELATED)
def test_a_form_takes_nothing_of_another_system(
    world: World, who: str, where: str, more: dict[str, Any], field: str, thing: str
) -> None:
    """A key of another system is refused in the words for one that is not there."""
    address = where.format(**world.things["own"])
    foreign = world.things["foreign"][thing]
    found = []
    for key in (foreign, 987_654_321):
        answer = send(world.person(who), "post", address, {**more, field: key})
        found.append([line.replace(f'"{key}"', '"KEY"') for line in told(answer, address)])
    assert found[0][0] == "400"
    assert found[0] == found[1]


def test_a_search_finds_no_line_that_is_not_read(world: World) -> None:
    """By kind, word, person or key: staff read the trail, and not what it holds of coalitions."""
    own, foreign = world.things["own"], world.things["foreign"]
    queries = (
        "object=coalitions.Coalition", f"object=coalitions.Coalition&key={own['coalition']}",
        "q=convening", f"person={foreign['unnamed']}", "q=beech",
    )  # fmt: skip
    for query in queries:
        page = body_of(send(world.person("US"), "get", f"/rowan/trail/?{query}"))
        assert "convening rowan" not in page, query
        assert "other@beech" not in page, query
    shown = body_of(send(world.person("DL"), "get", f"/rowan/trail/?{queries[0]}"))
    assert "convening rowan" in shown


# --- files -------------------------------------------------------------------------------------


def test_no_address_serves_what_lies_in_the_media_folder(world: World) -> None:
    file = Export.objects.get(pk=world.things["own"]["export"]).file
    assert list(Path(settings.MEDIA_ROOT).rglob(file)), "the file is there"
    for name in ("anonymous", "DL", "administrator"):
        for root in ("media", "media/exports", "static", "static/exports", "exports"):
            answer = send(world.person(name), "get", f"/{root}/{file}")
            assert answer.status_code in {302, 404}, f"{name} at /{root}/"


def test_static_files_come_from_the_source_alone() -> None:
    data, roots = Path(settings.DATA_DIR).resolve(), finders.get_finders()
    for finder in roots:
        for name, storage in finder.list([]):
            path = Path(storage.path(name)).resolve()
            assert not path.is_relative_to(data), path
    for outside in ("../delivery/settings.py", "%2e%2e/manage.py", "/etc/passwd"):
        assert Client().get(f"/static/{outside}").status_code in {301, 302, 404}


def test_the_world_has_what_is_not_told(world: World) -> None:
    """Else every answer above would be that of an empty house."""
    assert System.objects.filter(slug__in=SLUGS.values()).count() == len(SLUGS)
    foreign = world.things["foreign"]["system"]
    assert foreign.metrics.exists()
    assert foreign.rounds.exists()
    assert foreign.coalitions.exists()
