"""What a row of the matrix says, and short ways to write one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from delivery.tests.matrix.furniture import Things

ANYONE, ADMINISTRATOR, NOBODY = "anyone signed in", "an administrator", "nobody"
THING = "things."
Body = Callable[[Things], dict[str, Any]]
Values = dict[str, str]


def empty(things: Things) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One method of one address.

    see   actions any one of which makes it visible, or one of the words above; else 404
    act   the action that it does; else 403
    keys  argument of the address to the thing that it names, e.g. {"pk": "rebase"}
    ok    what it answers to who may
    at    the address itself, where no pattern gives one
    named   whether the thing can name persons, who then do what its table says of named ones
    only    the one person to whom the thing belongs
    fixed   arguments of the address that name no thing of a system
    """

    name: str
    method: str
    see: tuple[str, ...] | str
    act: str = ""
    keys: dict[str, str] | None = None
    body: Body = empty
    ok: int = 200
    at: str = ""
    named: bool = False
    only: str = ""
    fixed: Values = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return f"{self.method} {self.name}"

    @property
    def is_api(self) -> bool:
        return self.name.startswith("api:")

    @property
    def things(self) -> dict[str, str]:
        return self.keys or {}

    @property
    def crosses(self) -> bool:
        """Whether the address names a thing beneath a system, so that the two may not belong."""
        return set(self.things.values()) > {"slug"}

    def address(self, things: Things) -> str:
        names = {key: things[name] for key, name in self.things.items()}
        return self.at or reverse(self.name, kwargs={**names, **self.fixed})


def page(name: str, see: str, *, named: bool = False, **keys: str) -> Row:
    """A page that is only read."""
    return Row(name, "GET", (see,), keys={"system": "slug", **keys}, named=named)


def form(
    name: str, see: str, act: str, body: Values, *, read: bool = False, ok: int = 302,
    named: bool = False, **keys: str,
) -> list[Row]:  # fmt: skip
    """A page with a form, itself shown only to who may send it; with `read`, to who may see it."""
    at = {"system": "slug", **keys}
    return [
        Row(name, "GET", (see,), "" if read else act, at, named=named),
        Row(name, "POST", (see,), act, at, body_of(body), ok, named=named),
    ]


def button(name: str, see: str, act: str, *, named: bool = False, **keys: str) -> Row:
    """A form on another page, with nothing to fill in."""
    return Row(name, "POST", (see,), act, {"system": "slug", **keys}, ok=302, named=named)


def office(name: str, body: Values | None = None, **keys: str) -> list[Row]:
    """A page of the installation: to all but its administrators as if it were not there."""
    rows = [Row(name, "GET", ADMINISTRATOR, keys=keys)]
    if body is not None:
        rows.append(Row(name, "POST", ADMINISTRATOR, keys=keys, body=body_of(body), ok=302))
    return rows


def body_of(values: Values) -> Body:
    """What a form sends: a value that names a thing, as `things.round`, becomes its key."""

    def body(things: Things) -> dict[str, Any]:
        return {
            key: things[value.removeprefix(THING)] if value.startswith(THING) else value
            for key, value in values.items()
        }

    return body


def api(word: str, one: str, *see: str, pk: str = "", slug: str = "") -> list[Row]:
    """A list of the interface, and the detail of one of its rows."""
    key = {"pk": pk} if pk else {"slug": slug}
    return [
        Row(f"api:{word}", "GET", see, keys={"system": "slug"}),
        Row(f"api:{one}", "GET", see, keys={"system": "slug", **key}),
    ]
