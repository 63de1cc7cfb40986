"""Rubrics that come with Headway: files beside the code, read and checked once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reviews.models import Rubric

FOLDER = Path(__file__).resolve().parents[1] / "rubrics"


@dataclass(frozen=True)
class SuppliedElement:
    """One element of a file, with the names that `Element` has for its parts."""

    code: str
    section: str
    title: str
    question: str
    weak: str
    strong: str
    evidence: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    component: str = ""
    perspective: str = ""
    corners: tuple[str, ...] = ()
    barrier: str = ""

    def values(self) -> dict[str, Any]:
        """Its parts as a row holds them: lists, not tuples."""
        held = {field.name: getattr(self, field.name) for field in fields(self)}
        return {
            name: list(part) if isinstance(part, tuple) else part for name, part in held.items()
        }


@dataclass(frozen=True)
class Supplied:
    """One rubric of a file. A higher `number` in a later file is its next version."""

    key: str
    number: int
    title: str
    source: str
    lens: str
    scale: tuple[dict[str, str], ...]
    relies: Mapping[str, list[str]]
    elements: tuple[SuppliedElement, ...]

    def values(self) -> dict[str, Any]:
        """What a row of it holds, its elements apart."""
        return {
            "title": self.title, "source": self.source, "lens": self.lens,
            "scale": [dict(point) for point in self.scale],
            "relies": {name: list(others) for name, others in self.relies.items()},
        }  # fmt: skip


@lru_cache(maxsize=1)
def supplied() -> Mapping[str, Supplied]:
    """All by key, the one with lights first. ValueError names a file that cannot be used."""
    found = [read(path) for path in sorted(FOLDER.glob("*.json"))]
    found.sort(key=lambda one: (one.lens != Rubric.Lens.LIGHTS, one.title))
    return MappingProxyType({one.key: one for one in found})


def read(path: Path) -> Supplied:
    """One file as it stands. ValueError says which file, and what is wrong in it."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        one = made(told)
    except (KeyError, TypeError, ValueError) as problem:
        raise ValueError(f"{path.name} is no rubric: {problem!r}. Mend the file.") from problem
    if faults := faults_of(one):
        raise ValueError(f"{path.name}: {'; '.join(faults)}. Mend the file.")
    return one


def made(told: dict[str, Any]) -> Supplied:
    elements = tuple(element(one) for one in told["elements"])
    rest = {**told, "elements": elements, "scale": tuple(told["scale"])}
    return Supplied(**rest)


def element(told: dict[str, Any]) -> SuppliedElement:
    held: dict[str, Any] = {
        name: tuple(part) if isinstance(part, list) else part for name, part in told.items()
    }
    return SuppliedElement(**held)


def faults_of(one: Supplied) -> list[str]:
    """What would keep the rubric from being used, in words."""
    codes = [element.code for element in one.elements]
    faults = [f"element {code} twice" for code in sorted(set(codes)) if codes.count(code) > 1]
    if not codes:
        faults.append("no elements")
    if one.lens not in Rubric.Lens.values:
        faults.append(f"unknown lens {one.lens}")
    if type(one.number) is not int or one.number < 1:
        faults.append(f"number {one.number}")
    components = {element.component for element in one.elements}
    named = {name for base, others in one.relies.items() for name in (base, *others)}
    faults += [f"relies on {name}, which is no component" for name in sorted(named - components)]
    return faults + [
        f"element {element.code} without {name}"
        for element in one.elements
        for name in ("code", "section", "title", "question", "weak", "strong", "asks")
        if not getattr(element, name)
    ]
