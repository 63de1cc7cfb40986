"""Rubrics a round can be scored with: supplied ones are taken up when a system first uses them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.services.authority import require
from people.models import System, User
from people.services import save_with_trail
from reviews.models import Element, Rubric
from reviews.services.supplied import Supplied, supplied

__all__ = ["adopt", "choices", "chosen", "drawn", "hold", "supplied", "told_of"]

# What the choice of a supplied rubric begins with, where that of a row is its number.
SUPPLIED = "supplied:"
MOST_DIGITS = 18


@transaction.atomic
def adopt(*, system: System, key: str, actor: User | None = None, door: str = "command") -> Rubric:
    """The system's own row of a supplied rubric in its present version, made at its first use.

    ValidationError where none of that key is supplied.
    """
    require(actor, "review.write", system)
    one = supplied_or_refused(key)
    hold(system)
    found = Rubric.objects.filter(system=system, key=one.key, number=one.number).first()
    if found is not None:
        return found
    values = {
        "system": system, "key": one.key, "number": one.number, "supplied": True,
        "adopted_at": timezone.now(), **one.values(),
    }  # fmt: skip
    parts = [part.values() for part in one.elements]
    return drawn(values, parts, action="take up", actor=actor, door=door)


def supplied_or_refused(key: str) -> Supplied:
    one = supplied().get(key)
    if one is None:
        raise ValidationError(
            {"rubric": _("No rubric “%s” comes with Headway. Choose one of the list.") % key[:60]}
        )
    return one


def hold(system: System) -> None:
    """One at a time in a system: two would take the same key or number."""
    System.objects.select_for_update(no_key=True).get(pk=system.pk)


def drawn(
    values: dict[str, Any], parts: list[dict[str, Any]], *, action: str, actor: User | None,
    door: str,
) -> Rubric:  # fmt: skip
    """A new row with its elements, in their order, and one line in the trail."""
    row = Rubric(**{name: values[name] for name in ("system", "key", "number")})
    row.adopted_at = values.pop("adopted_at", None)
    save_with_trail(
        row, values, system=row.system, key=told_of(row), action=action, actor=actor, door=door
    )
    Element.objects.bulk_create(
        Element(rubric=row, order=place, **part) for place, part in enumerate(parts)
    )
    return row


def told_of(row: Rubric) -> str:
    """What the trail calls a version; its title may change while it is a draft."""
    return f"{row.key} v{row.number}"


def choices(system: System) -> list[tuple[str, str]]:
    """Value and label of each rubric a round may be scored with.

    First the latest version in use of each, then supplied ones not taken up yet, then earlier
    versions.
    """
    rows = list(Rubric.objects.in_use().filter(system=system))
    newest: dict[str, int] = {}
    for row in rows:
        newest[row.key] = max(row.number, newest.get(row.key, 0))
    held = {(row.key, row.number) for row in rows}
    new = [one for one in supplied().values() if (one.key, one.number) not in held]
    return [
        *((str(row.pk), str(row)) for row in rows if row.number == newest[row.key]),
        *((SUPPLIED + one.key, _("%s, comes with Headway") % one.title) for one in new),
        *((str(row.pk), _("%s, an earlier one") % row) for row in rows
          if row.number < newest[row.key]),
    ]  # fmt: skip


@transaction.atomic
def chosen(
    *, system: System, value: str, actor: User | None = None, door: str = "command"
) -> Rubric:
    """The rubric of a choice, taken up where it is not yet.

    ValidationError on `rubric` where none is meant, or one that is still a draft.
    """
    if value.startswith(SUPPLIED):
        return adopt(system=system, key=value.removeprefix(SUPPLIED), actor=actor, door=door)
    known = value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS
    rows = Rubric.objects.in_use().filter(system=system)
    found = rows.filter(pk=int(value)).first() if known else None
    if found is None:
        raise ValidationError({"rubric": _("Choose one of the rubrics in use in this system.")})
    return found
