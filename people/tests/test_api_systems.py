"""Settings over the interface: ETag out, If-Match in, and every door between."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from people import tokens
from people.models import AuditEntry, System
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/api/v1/systems/meridian/"


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(
        slug="meridian", name="Meridian", second_factor="nobody", reporting_date=date(2026, 3, 14)
    )
    return row


def as_role(system: System, role: str = "delivery_leader") -> Client:
    client = Client()
    client.force_login(MembershipFactory.create(system=system, role=role).user)
    return client


def change(client: Client, body: Any, if_match: str | None = '"1"', **options: Any) -> Any:
    headers = {**options.pop("headers", {}), **({"If-Match": if_match} if if_match else {})}
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    kind = options.pop("content_type", "application/json")
    return client.patch(ADDRESS, data, content_type=kind, headers=headers, **options)


def faults(answer: Any) -> dict[str | None, str]:
    return {fault["attr"]: fault["detail"] for fault in answer.json()["errors"]}


def test_a_leader_reads_changes_and_reads_again(system: System) -> None:
    client = as_role(system)
    read = client.get(ADDRESS)
    tag = read["ETag"]
    assert tag.startswith('"1-')
    answer = change(client, {"note": "Draft", "labels": {"metric": "yardstick"}}, tag)
    assert answer.status_code == 200
    assert (answer.json()["note"], answer.json()["version"]) == ("Draft", 2)
    assert answer["ETag"].startswith('"2-')
    assert answer["Cache-Control"].startswith("no-store")
    assert client.get(ADDRESS)["ETag"] == answer["ETag"]
    line = AuditEntry.objects.get()
    assert (line.door, line.after) == (
        "interface", {"note": "Draft", "labels": {"metric": "yardstick"}},
    )  # fmt: skip


def test_the_number_of_the_version_alone_is_enough(system: System) -> None:
    assert change(as_role(system), {"name": "New"}, '"1"').json()["name"] == "New"


def test_a_stale_version_is_refused_with_the_remedy(system: System) -> None:
    client = as_role(system)
    assert change(client, {"name": "First"}).status_code == 200
    answer = change(client, {"name": "Second"})
    assert answer.status_code == 412
    assert "GET it again" in answer.json()["errors"][0]["detail"]
    assert System.objects.get(slug="meridian").name == "First"


def test_without_a_version_nothing_is_written(system: System) -> None:
    answer = change(as_role(system), {"name": "Blind"}, None)
    assert answer.status_code == 428
    assert "If-Match" in answer.json()["errors"][0]["detail"]
    assert System.objects.get(slug="meridian").name == "Meridian"


@pytest.mark.parametrize("tag", ["1", "*", 'W/"1"', '"1", "2"', '"one"', '"-1"', '"٣"', '""'])
def test_a_garbled_version_is_named(system: System, tag: str) -> None:
    answer = change(as_role(system), {"name": "Blind"}, tag)
    assert answer.status_code == 400
    assert "If-Match" in faults(answer)


def test_who_holds_the_answer_is_told_so_and_only_past_the_gate(system: System) -> None:
    client = as_role(system, "viewer")
    tag = client.get(ADDRESS)["ETag"]
    for held in (tag, f'"0-x", {tag}', f"W/{tag}", "*"):
        answer = client.get(ADDRESS, headers={"If-None-Match": held})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert client.get(ADDRESS, headers={"If-None-Match": '"1"'}).status_code == 200
    stranger = as_role(SystemFactory.create())
    for held in (tag, "*"):
        hidden = stranger.get(ADDRESS, headers={"If-None-Match": held})
        missing = stranger.get("/api/v1/systems/none/", headers={"If-None-Match": held})
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
        assert "ETag" not in hidden


def test_the_tag_changes_with_the_day_that_the_answer_names(system: System) -> None:
    client = as_role(system)
    before = client.get(ADDRESS)["ETag"]
    System.objects.update(reporting_date=date(2026, 3, 15))
    assert client.get(ADDRESS)["ETag"] != before


BAD: list[tuple[Any, str | None, str]] = [
    ({"slug": "taken"}, "slug", "cannot be written here"),
    ({"parent": None}, "parent", "cannot be written here"),
    ({"version": 9}, "version", "cannot be written here"),
    ({"id": 1}, "id", "cannot be written here"),
    ({"second_factor": "nobody"}, "second_factor", "cannot be written here"),
    ({"tagline": "x", "nmae": "x"}, "nmae", "What can: name"),
    ({"name": ""}, "name", "blank"),
    ({"name": 5}, "name", "Not a valid string"),
    ({"name": None}, "name", "null"),
    ({"name": "x" * 121}, "name", "120"),
    ({"kind": "planet"}, "kind", "planet"),
    ({"time_zone": "Mars/Base"}, "time_zone", "Mars/Base"),
    ({"year_starts": 13}, "year_starts", "12"),
    ({"year_starts": "4"}, "year_starts", "integer"),
    ({"year_starts": True}, "year_starts", "integer"),
    ({"reporting_date": "14/03/2026"}, "reporting_date", "YYYY-MM-DD"),
    ({"reporting_date": "2026-02-30"}, "reporting_date", "YYYY-MM-DD"),
    ({"labels": {"metrik": "x"}}, "labels", "no word that can be replaced"),
    ({"labels": {"metric": "<b>"}}, "labels", "without markup"),
    ([], None, "Invalid data"),
    ('{"name": "a", "name": "b"}', "request", "“name” stands twice"),
    ('{"year_starts": NaN}', "year_starts", "no number"),
    ('{"year_starts": 1e999}', "year_starts", "no number"),
    ('{"labels": {"metric": "a\\u0000"}}', "labels.metric", "NUL"),
    ('{"name": "\\ud800"}', "name", "half of a character"),
    ('{"name": "x"', None, "not JSON"),
    (b'{"name": "\xff"}', None, "not UTF-8"),
    ("[" * 30 + "]" * 30, "[0]", "nested deeper"),
    ("[" * 200_000, None, "nested deeper"),
]


@pytest.mark.parametrize(("body", "attr", "said"), BAD)
def test_bad_input_is_named_and_nothing_is_written(
    system: System, body: Any, attr: str | None, said: str
) -> None:
    answer = change(as_role(system), body)
    assert answer.status_code == 400, answer.content
    found = faults(answer)
    if attr is None:
        assert said in " ".join(found.values())
    else:
        assert any(name and name.startswith(attr) for name in found), found
        assert said in " ".join(found.values())
    row = System.objects.get(slug="meridian")
    assert (row.version, row.name) == (1, "Meridian")


def test_a_small_change_of_one_field_leaves_the_rest(system: System) -> None:
    client = as_role(system)
    assert change(client, {"reporting_date": None}).json()["reporting_date"] is None
    assert change(client, {}, '"2"').json()["version"] == 2
    row = System.objects.get(slug="meridian")
    assert (row.name, row.version) == ("Meridian", 2)


@pytest.mark.parametrize("role", ["unit_staff", "system_leader", "viewer", "data_provider"])
def test_readers_are_refused_whatever_they_send(system: System, role: str) -> None:
    client = as_role(system, role)
    assert client.get(ADDRESS).status_code == 200
    for body, tag in (({"name": "x"}, '"1"'), ({"slug": "x"}, None)):
        assert change(client, body, tag).status_code == 403


def test_outsiders_get_the_answer_of_a_system_that_is_not_there(system: System) -> None:
    for client in (as_role(SystemFactory.create()), as_role(system, "reviewer")):
        hidden = change(client, {"name": "x"})
        missing = client.patch("/api/v1/systems/none/", "{}", content_type="application/json")
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
    anyone = Client()
    assert change(anyone, {"name": "x"}).status_code == 401


def test_a_program_never_writes_settings(system: System) -> None:
    maker = UserFactory.create()
    MembershipFactory.create(user=maker, system=system, role="delivery_leader")
    _row, token = tokens.issue(user=maker, system=system, role="viewer", name="Warehouse", days=30)
    bearer = {"Authorization": f"Bearer {token}"}
    assert Client().get(ADDRESS, headers=bearer).status_code == 200
    assert change(Client(), {"name": "x"}, headers=bearer).status_code == 403


def test_a_request_from_elsewhere_is_refused(system: System) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(MembershipFactory.create(system=system, role="delivery_leader").user)
    assert change(client, {"name": "x"}).status_code == 403
    assert System.objects.get(slug="meridian").name == "Meridian"


def test_only_json_and_not_too_much_of_it(system: System) -> None:
    client = as_role(system)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert change(client, "name=x", content_type=kind).status_code == 415
    assert change(client, {"note": "x" * 2_000_000}).status_code == 413


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_other_methods_are_refused(system: System, method: str) -> None:
    answer = getattr(as_role(system), method)(ADDRESS)
    assert answer.status_code == 405
