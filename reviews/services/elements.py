"""Elements of a draft are added, changed, moved and removed; a version in use keeps its own."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import User
from people.services import Conflict, record, save_with_trail
from reviews.models import Element, Rubric
from reviews.services.drafts import drafted
from reviews.services.fitness import SAID, element_stamp, is_line
from reviews.services.rubrics import told_of

MOST_ELEMENTS = 200
# Letters, digits and hyphens: a code is part of an address.
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,11}")
MOST_LINES, LONGEST_LINE = 12, 300
CORNERS = ("Public value", "Legitimacy and support", "Operational capacity")
BARRIERS = ("Substance", "Accountability", "Teaming")
UP, DOWN, SECTION_UP, SECTION_DOWN = "up", "down", "section_up", "section_down"
MOVES = (UP, DOWN, SECTION_UP, SECTION_DOWN)


@transaction.atomic
def add(
    *, rubric: Rubric, values: dict[str, Any], actor: User | None = None, door: str = "command"
) -> Element:
    """A new element at the end of its section. ValidationError names what cannot be."""
    row = drafted(rubric, actor)
    held = list(row.elements.all())
    if len(held) >= MOST_ELEMENTS:
        raise ValidationError(
            _("A rubric has at most %s elements: more is no longer answered with care. Remove one "
              "first.") % MOST_ELEMENTS
        )  # fmt: skip
    check(values, [one.code for one in held])
    new = Element(rubric=row, order=len(held))
    save_with_trail(
        new, values, system=row.system, key=trail_key(row, values["code"]), actor=actor, door=door
    )
    settle([*held, new])
    return new


@transaction.atomic
def change(
    *, element: Element, values: dict[str, Any], seen: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed; Conflict where its `element_stamp` is not the one `seen`."""
    row, held = standing(element, actor)
    now = held[element.pk]
    if element_stamp(now) != seen:
        raise Conflict(now)
    check(values, [one.code for one in held.values() if one.pk != now.pk])
    if values.get("section", now.section) != now.section:
        now.order = len(held)
    key = trail_key(row, values.get("code", now.code))
    changed = save_with_trail(now, values, system=row.system, key=key, actor=actor, door=door)
    settle(sorted(held.values(), key=lambda one: one.order))
    return changed


@transaction.atomic
def move(*, element: Element, to: str, actor: User | None = None, door: str = "command") -> bool:
    """Move an element within its section, or its whole section; whether it moved at all.

    `to` is one of MOVES. At the edge nothing moves.
    """
    row, held = standing(element, actor)
    if to not in MOVES:
        raise ValidationError(
            _("“%(to)s” is no way to move. Choose among %(ways)s.")
            % {"to": to[:40], "ways": ", ".join(MOVES)}
        )
    before = list(held.values())
    after = moved(before, held[element.pk], to)
    if after == before:
        return False
    settle(after)
    record(
        system=row.system, action="move", on=element, key=trail_key(row, element.code),
        actor=actor, door=door, after={"to": to.replace("_", " ")},
    )  # fmt: skip
    return True


@transaction.atomic
def remove(*, element: Element, actor: User | None = None, door: str = "command") -> None:
    """Take an element out of a draft; the trail keeps what it said."""
    row, held = standing(element, actor)
    now = held.pop(element.pk)
    record(
        system=row.system, action="remove", on=now, key=trail_key(row, now.code),
        actor=actor, door=door, before={name: getattr(now, name) for name in SAID},
    )  # fmt: skip
    Element.objects.filter(pk=now.pk).delete()
    settle(list(held.values()))


def standing(element: Element, actor: User | None) -> tuple[Rubric, dict[int, Element]]:
    """The draft, held, and its elements in order; ValidationError where this one was removed."""
    row = drafted(element.rubric, actor)
    held = {one.pk: one for one in row.elements.select_related("rubric__system")}
    if element.pk not in held:
        raise ValidationError(
            _("“%s” was removed meanwhile, so nothing was saved. Add it anew if it is needed.")
            % element
        )
    return row, held


def trail_key(row: Rubric, code: str) -> str:
    return f"{told_of(row)} {code}"


def settle(elements: list[Element]) -> None:
    """Number them as they stand, each section together, sections by their first element."""
    sections = list(dict.fromkeys(one.section for one in elements))
    ordered = sorted(elements, key=lambda one: sections.index(one.section))
    for place, one in enumerate(ordered):
        one.order = place
    Element.objects.bulk_update(ordered, ["order"])


def moved(elements: list[Element], one: Element, to: str) -> list[Element]:
    """The elements with this one, or its section, a place further up or down."""
    sections = list(dict.fromkeys(other.section for other in elements))
    groups = [[other for other in elements if other.section == name] for name in sections]
    at = sections.index(one.section)
    step = -1 if to in (UP, SECTION_UP) else 1
    if to in (SECTION_UP, SECTION_DOWN):
        swap(groups, at, step)
    else:
        swap(groups[at], groups[at].index(one), step)
    return [other for group in groups for other in group]


def swap(places: list[Any], at: int, step: int) -> None:
    """With the neighbour `step` away; at the edge all stay."""
    to = at + step
    if 0 <= to < len(places):
        places[at], places[to] = places[to], places[at]


def check(values: dict[str, Any], taken: list[str]) -> None:
    """ValidationError by field of what an element cannot hold; the rest the model checks."""
    faults: dict[str, str] = {}
    if "code" in values and (fault := fault_of_code(values["code"], taken)):
        faults["code"] = fault
    for name in ("evidence", "asks"):
        if not is_list(values.get(name, [])):
            faults[name] = _("At most %(lines)s lines of at most %(signs)s characters each.") % {
                "lines": MOST_LINES, "signs": LONGEST_LINE,
            }  # fmt: skip
    if strange := set(values.get("corners", [])) - set(CORNERS):
        faults["corners"] = _("“%s” is no corner of the triangle.") % sorted(strange)[0]
    if values.get("barrier") and values["barrier"] not in BARRIERS:
        faults["barrier"] = _("“%s” is no barrier. Choose one of the list.") % values["barrier"]
    if faults:
        raise ValidationError(faults)


def fault_of_code(code: Any, taken: list[str]) -> str:
    if not isinstance(code, str) or not CODE.fullmatch(code):
        return _("“%s” is no code. Use 1 to 12 letters, digits and hyphens, such as 3B.") % code
    if code.casefold() in (other.casefold() for other in taken):
        return _("Another element has the code “%s”. Choose another.") % code
    return ""


def is_list(lines: Any) -> bool:
    few = isinstance(lines, list) and len(lines) <= MOST_LINES
    return few and all(is_line(line, LONGEST_LINE) and line.strip() for line in lines)
