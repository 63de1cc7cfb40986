"""What the pages of rubrics show: the list, one read through, and what differs from another."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from people.models import System
from reviews.models import Element, Round, Rubric
from reviews.services.supplied import Supplied, SuppliedElement, supplied

OPEN_AT_MOST = 15
"""Elements up to which all sections stand open."""
LIGHTS = ("R", "AR", "AG", "G")
AnyElement = Element | SuppliedElement


@dataclass(frozen=True)
class Section:
    """Elements that belong together. `number` counts from 1 and is used in addresses."""

    number: int
    name: str
    elements: list[AnyElement]
    is_open: bool


@dataclass(frozen=True)
class Point:
    """A point of the scale, from 1; `light` is empty where the rubric shows no lights."""

    value: int
    name: str
    meaning: str
    light: str


@dataclass(frozen=True)
class Reading:
    """A rubric as it is read through."""

    sections: list[Section]
    points: list[Point]
    count: int
    has_closed: bool


def reading(
    rubric: Rubric | Supplied, elements: Iterable[AnyElement], *, all_open: bool = False
) -> Reading:
    """In sections, in order; of a long rubric only the first stands open, unless `all_open`."""
    groups: dict[str, list[AnyElement]] = {}
    for one in elements:
        groups.setdefault(one.section, []).append(one)
    count = sum(map(len, groups.values()))
    all_open = all_open or count <= OPEN_AT_MOST
    sections = [
        Section(place, name, group, all_open or place == 1)
        for place, (name, group) in enumerate(groups.items(), 1)
    ]
    has_closed = any(not section.is_open for section in sections)
    return Reading(sections, points(rubric), count, has_closed)


def points(rubric: Rubric | Supplied) -> list[Point]:
    lights = LIGHTS if rubric.lens == Rubric.Lens.LIGHTS else ("",) * len(rubric.scale)
    return [
        Point(value, point["name"], point["meaning"], light)
        for value, (point, light) in enumerate(zip(rubric.scale, lights, strict=False), 1)
    ]


@dataclass(frozen=True)
class Listed:
    """A rubric in use: its latest version, and those before it."""

    row: Any
    earlier: list[Any]


@dataclass(frozen=True)
class RubricsPage:
    """Those in use, those being drafted, and supplied ones not taken up yet."""

    used: list[Listed]
    drafts: list[Any]
    ready: list[Supplied]


def rubrics_page(user: Any, system: System) -> RubricsPage:
    rows = list(
        visible_rubrics(user, system)
        .annotate(asked=Count("elements", distinct=True), scored=Count("rounds", distinct=True))
        .select_related("based_on")
        .order_by("title", "key", "-number")
    )
    versions: dict[str, list[Any]] = {}
    for row in rows:
        if not row.is_draft:
            versions.setdefault(row.key, []).append(row)
    held = {(row.key, row.number) for row in rows}
    return RubricsPage(
        used=[Listed(first, rest) for first, *rest in versions.values()],
        drafts=[row for row in rows if row.is_draft],
        ready=[one for one in supplied().values() if (one.key, one.number) not in held],
    )


def visible_rubrics(user: Any, system: System) -> QuerySet[Any]:
    return Rubric.objects.visible_to(user).filter(system=system)


@dataclass(frozen=True)
class Reworded:
    """An element that asks otherwise than before: label, earlier words and present ones."""

    element: Element
    changes: list[tuple[Any, str, str]]


@dataclass(frozen=True)
class Differences:
    """What a version says otherwise than the one it is based on."""

    base: Rubric
    added: list[Element]
    removed: list[Element]
    reworded: list[Reworded]
    new_scale: bool

    @property
    def any(self) -> bool:
        return bool(self.added or self.removed or self.reworded or self.new_scale)


WORDS = (
    ("title", _("Title")), ("question", _("What it asks")), ("weak", _("What weak looks like")),
    ("strong", _("What strong looks like")),
)  # fmt: skip


def differences(rubric: Rubric, elements: list[Element]) -> Differences | None:
    """Element by element, by their codes; None where it is based on no other."""
    base = rubric.based_on
    if base is None:
        return None
    before = {one.code: one for one in base.elements.all()}
    now = {one.code: one for one in elements}
    pairs = [(one, before[one.code]) for one in elements if one.code in before]
    return Differences(
        base=base,
        added=[one for one in elements if one.code not in before],
        removed=[one for code, one in before.items() if code not in now],
        reworded=[Reworded(one, found) for one, was in pairs if (found := changed(was, one))],
        new_scale=base.scale != rubric.scale,
    )


def changed(was: Element, now: Element) -> list[tuple[Any, str, str]]:
    return [
        (label, getattr(was, name), getattr(now, name))
        for name, label in WORDS
        if getattr(was, name) != getattr(now, name)
    ]


def rubric_page(user: Any, rubric: Rubric, *, all_open: bool) -> dict[str, Any]:
    """One version read through: its elements, its other versions, and who used it."""
    elements = list(rubric.elements.all())
    versions = visible_rubrics(user, rubric.system).filter(key=rubric.key).order_by("-number")
    others = [row for row in versions if row.pk != rubric.pk]
    return {
        "reading": reading(rubric, elements, all_open=all_open or rubric.is_draft),
        "differences": differences(rubric, elements),
        "others": others,
        "draft": next((row for row in others if row.is_draft), None),
        "rounds": Round.objects.visible_to(user).filter(rubric=rubric),
    }


def known_names(rubric: Rubric) -> dict[str, list[str]]:
    """What the elements of a draft have named so far, to be chosen again."""
    names = {"sections": "section", "components": "component", "perspectives": "perspective"}
    rows = list(rubric.elements.all())
    return {
        many: list(dict.fromkeys(getattr(row, one) for row in rows if getattr(row, one)))
        for many, one in names.items()
    }
