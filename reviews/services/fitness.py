"""Whether a rubric can be used: its scale, its elements, and what its view asks of them."""

import json
import zlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Element, Rubric

LIGHTS = ["Red", "Amber-Red", "Amber-Green", "Green"]
SIZES = (2, 4, 6)
LONGEST_NAME, LONGEST_MEANING = 40, 200
NAMED_AT_MOST = 5
# All that an element says: what a score answers, and where it stands in a view.
SAID = (
    "code", "section", "title", "question", "weak", "strong", "evidence", "asks", "component",
    "perspective", "corners", "barrier",
)  # fmt: skip


def check_scale(scale: Any, lens: str) -> None:
    """ValidationError on `scale` or `lens`, unless the points can be scored with and shown."""
    if not isinstance(scale, list) or not all(is_point(point) for point in scale):
        raise ValidationError({"scale": _(
            "Each point of a scale has a name of at most %(name)s characters and a meaning of at "
            "most %(meaning)s."
        ) % {"name": LONGEST_NAME, "meaning": LONGEST_MEANING}})  # fmt: skip
    if lens == Rubric.Lens.LIGHTS and [point["name"] for point in scale] != LIGHTS:
        raise ValidationError({"lens": _(
            "A light has four points: %s. Name the points of the scale so, or choose another view."
        ) % ", ".join(LIGHTS)})  # fmt: skip


def is_point(point: Any) -> bool:
    if not isinstance(point, dict) or set(point) != {"name", "meaning"}:
        return False
    return is_line(point["name"], LONGEST_NAME) and is_line(point["meaning"], LONGEST_MEANING)


def is_line(text: Any, most: int) -> bool:
    return isinstance(text, str) and len(text) <= most and "\x00" not in text


def wanting(rubric: Rubric, elements: list[Element]) -> list[str]:
    """What is missing before the rubric can be scored with, in sentences."""
    if not elements:
        return [_("There is no element yet, so nothing to score. Add at least one.")]
    of_lens = {Rubric.Lens.GRID.value: of_grid, Rubric.Lens.TRIANGLE.value: of_triangle}
    found = of_lens[rubric.lens](rubric, elements) if rubric.lens in of_lens else []
    return [*of_scale(rubric), *found]


def of_scale(rubric: Rubric) -> list[str]:
    try:
        check_scale(rubric.scale, rubric.lens)
        rubric.clean()
    except ValidationError as problem:
        return list(problem.messages)
    return []


def of_grid(rubric: Rubric, elements: list[Element]) -> list[str]:
    """A grid has one element for each component and perspective."""
    bare = [one.code for one in elements if not (one.component and one.perspective)]
    cells = [(one.component, one.perspective) for one in elements if one.component]
    doubled = [one.code for one in elements if cells.count((one.component, one.perspective)) > 1]
    components = {one.component for one in elements}
    relied = {name for base, others in rubric.relies.items() for name in (base, *others)}
    return [
        *named(bare, _("These have no place in the grid: %s. Give each a component and a "
                       "perspective.")),
        *named(doubled, _("These share a place in the grid: %s. Give each a place of its own.")),
        *named(sorted(relied - components),
               _("What rests on what names components that no element has: %s. Correct it among "
                 "the title, view and scale.")),
    ]  # fmt: skip


def of_triangle(rubric: Rubric, elements: list[Element]) -> list[str]:
    """Each element stands at a corner at least, and names a barrier."""
    bare = [one.code for one in elements if not (one.corners and one.barrier)]
    return named(bare, _("These have no place in the triangle: %s. Give each a corner and a "
                         "barrier."))  # fmt: skip


def named(codes: list[str], words: str) -> list[str]:
    """The sentence with the first few codes in it; none where there are none."""
    if not codes:
        return []
    rest = len(codes) - NAMED_AT_MOST
    shown = ", ".join(codes[:NAMED_AT_MOST])
    if rest > 0:
        shown = ngettext("%(shown)s and %(rest)s more", "%(shown)s and %(rest)s more", rest) % {
            "shown": shown, "rest": rest,
        }  # fmt: skip
    return [words % shown]


def stamp(rubric: Rubric, elements: Iterable[Element]) -> int:
    """What a draft says as a number of nine digits: it differs as soon as the draft does."""
    said = [rubric.title, rubric.source, rubric.lens, rubric.scale, rubric.relies]
    return number([*said, *(parts(one) for one in elements)])


def element_stamp(element: Element) -> int:
    """The same of one element, so that two who change it notice each other."""
    return number(parts(element))


def parts(element: Element) -> list[Any]:
    return [getattr(element, name) for name in SAID]


def number(said: list[Any]) -> int:
    return zlib.crc32(json.dumps(said, sort_keys=True).encode()) % 10**9
