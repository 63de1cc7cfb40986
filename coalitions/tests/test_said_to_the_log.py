"""A fault in a template writes what the page was made of to the log: by its kind, not its texts."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import coalitions

# Keys and times alone: they stand in a file of their own on purpose.
OPEN = {"coalitions.services.journal.Erasure"}


def classes() -> Iterator[type]:
    """Every dataclass of the room, tests left out."""
    for found in pkgutil.walk_packages(coalitions.__path__, "coalitions."):
        if {"tests", "migrations"} & set(found.name.split(".")):
            continue
        module = importlib.import_module(found.name)
        for kind in vars(module).values():
            if dataclasses.is_dataclass(kind) and getattr(kind, "__module__", "") == found.name:
                assert isinstance(kind, type)
                yield kind


KINDS = {f"{kind.__module__}.{kind.__name__}": kind for kind in classes()}


@pytest.mark.parametrize("name", sorted(set(KINDS) - OPEN))
def test_it_tells_its_kind_alone(name: str) -> None:
    assert KINDS[name].__repr__ is object.__repr__, "write @dataclass(…, repr=False)"


def test_the_room_was_walked() -> None:
    assert len(KINDS) > 20
    assert set(KINDS) >= OPEN
