"""One knock at one address by one person, what should answer, and what did."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse

from delivery.tests.matrix.cast import Person
from delivery.tests.matrix.furniture import Things
from delivery.tests.matrix.marks import strays
from delivery.tests.matrix.rows import ADMINISTRATOR, ANYONE, NOBODY, Row
from delivery.tests.matrix.world import World, nothing
from people.tests.agreed import SCOPES, agreed

CROSSED = "crossed"  # one's own system in the address, and a thing of another
SIGN_IN = "sign in"
# A sister system is as foreign as any; the models' own matrix asks it too.
KNOCKED_AT = [scope for scope in SCOPES if scope != "sister"]
# What differs between two answers that tell the same: names for one request.
PASSING = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+'
    r'|(?<=data-left=")\d+'
    r"|\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
)
# The length follows from the body, which is compared whole.
PASSING_HEADERS = {"x-request-id", "set-cookie", "date", "content-length"}


@dataclass(frozen=True)
class Cell:
    """A row of the matrix for one person in one place."""

    row: Row
    person: Person
    scope: str

    def __str__(self) -> str:
        return f"{self.person.name} at {self.row.label} ({self.scope})"


def cells(row: Row, world: World) -> Iterator[Cell]:
    """Everyone everywhere; who is named on things of their own system, only there."""
    for person in world.people:
        for scope in scopes(row):
            if not person.named or scope == "own":
                yield Cell(row, person, scope)


def scopes(row: Row) -> list[str]:
    if "slug" not in row.things.values():
        return ["own"]
    return [*KNOCKED_AT, CROSSED] if row.crosses else KNOCKED_AT


def things_of(cell: Cell, world: World) -> Things:
    if cell.scope == CROSSED:
        return {**world.things["foreign"], "slug": world.things["own"]["slug"]}
    return world.things[cell.scope]


def expected(cell: Cell) -> int | str:
    """The status that the agreed table gives: signed in, visible, may act."""
    row, person = cell.row, cell.person
    if not person.user or (person.token and not row.is_api):
        return 401 if row.is_api else SIGN_IN
    if not is_visible(cell) or cell.scope == CROSSED:
        return 404
    if row.act and not may(cell, row.act):
        return 403
    return row.ok


def is_visible(cell: Cell) -> bool:
    see = cell.row.see
    if cell.row.only and cell.person.name != cell.row.only:
        return False
    if see in (ANYONE, NOBODY):
        return see == ANYONE
    if see == ADMINISTRATOR:
        return cell.person.column == "IA"
    return any(may(cell, action) for action in see)


def may(cell: Cell, action: str) -> bool:
    person = cell.person
    scope = "own" if cell.scope == CROSSED else cell.scope
    named = cell.row.named and person.named and cell.scope == "own"
    return bool(person.column) and agreed(action, person.column, scope, named=named)


def knock(row: Row, person: Person, things: Things) -> HttpResponse:
    """The answer, with whatever it wrote undone."""
    with transaction.atomic():
        answer = ask(row, person, things)
        transaction.set_rollback(True)
    return answer


def ask(row: Row, person: Person, things: Things) -> Any:
    send = getattr(person.client(), row.method.lower())
    address = row.address(things)
    if row.method == "GET":
        return send(address, headers=row.headers)
    if row.is_api:
        body, kind = row.body(things), "application/json"
        return send(address, body, content_type=kind, headers=row.headers)
    return send(address, row.body(things))


def status(answer: Any) -> int | str:
    """The status, or that it sends to sign in."""
    if answer.status_code in {301, 302}:
        target = answer["Location"].split("?")[0]
        return SIGN_IN if target == reverse(settings.LOGIN_URL) else int(answer.status_code)
    return int(answer.status_code)


def body_of(answer: Any) -> str:
    """The whole text of an answer, a file's too."""
    content = b"".join(answer) if answer.streaming else answer.content
    return content.decode()


def told(answer: Any, address: str) -> list[str]:
    """All that an answer tells, line by line: status, headers, body; not what is new in each."""
    body = body_of(answer).replace(address, "ADDRESS")
    headers = [
        f"{name}: {value}".replace(address, "ADDRESS")
        for name, value in sorted(answer.headers.items())
        if name.lower() not in PASSING_HEADERS
    ]
    return [str(answer.status_code), *headers, *PASSING.sub("PASSING", body).splitlines()]


def fault(cell: Cell, world: World) -> str:
    """What is wrong with the answer to this cell; empty where nothing is."""
    things, wanted = things_of(cell, world), expected(cell)
    try:
        answer = knock(cell.row, cell.person, things)
    except Exception as problem:  # whatever it is, it belongs to this cell and not to the next
        return f"{cell}: raises {problem!r}, should be {wanted}"
    got = status(answer)
    if got == 403 and cell.scope == CROSSED and not may(cell, cell.row.act):
        wanted = got  # refused before the thing was looked for; so is one that is not there
    if got != wanted:
        return f"{cell}: {got}, should be {wanted}"
    if cell.row.things and (cell.scope == CROSSED or wanted in {401, 404, SIGN_IN}):
        return betrayal(cell, world, answer, things)
    if found := strays(cell.person, body_of(answer)):
        return f"{cell}: shows {', '.join(found)}"
    return ""


def told_of_nothing(cell: Cell, world: World, things: Things) -> list[str]:
    """What this person is told of things that are not there; asked once, and kept."""
    crossed = cell.scope == CROSSED
    key = cell.row.label, cell.person.name, crossed
    if key not in world.kept:
        none = {**nothing(things), **({"slug": things["slug"]} if crossed else {})}
        world.kept[key] = told(knock(cell.row, cell.person, none), cell.row.address(none))
    return world.kept[key]


def betrayal(cell: Cell, world: World, answer: Any, things: Things) -> str:
    """Whether the answer differs from that to a thing that is not there."""
    here = told(answer, cell.row.address(things))
    there = told_of_nothing(cell, world, things)
    if here == there:
        return ""
    told_only_here = [line for line in here if line not in there]
    return f"{cell}: tells of what is not visible: {told_only_here or (here, there)}"
