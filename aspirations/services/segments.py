"""Segments made and changed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from aspirations.models import Segment
from aspirations.models.metrics import WHOLE
from aspirations.services.authority import require
from people.models import AuditEntry, System, User
from people.services import Conflict, cut, save_with_trail
from people.services.trail import LONGEST_KEY

LONGEST_CODE: int = Segment._meta.get_field("code").max_length or 0


def address_of(name: str, longest: int) -> str:
    """A word for addresses as a name suggests it: “Reading, Grade 3” → “reading-grade-3”."""
    return slugify(name)[:longest].strip("-")


def whole_of(system: System, *, actor: User | None = None, door: str = "page") -> Segment:
    """The segment of everyone, made where a system has none yet."""
    found = Segment.objects.filter(system=system, code=WHOLE).first()
    if found is None:
        found = Segment(system=system, code=WHOLE)
        save_with_trail(
            found, {"name": system.name}, system=system, key=WHOLE, actor=actor, door=door
        )
    return found


@transaction.atomic
def create_segment(
    *, system: System, values: dict[str, Any], actor: User | None = None, door: str = "page"
) -> Segment:
    """A group or place. `values`: name, parts (dimension to value), order and, if wanted, code.

    The code is made of the name where it is absent. Raises ValidationError by field.
    """
    require(actor, "plan.write", system)
    System.objects.select_for_update(no_key=True).get(pk=system.pk)
    whole_of(system, actor=actor, door=door)
    values = dict(values)
    code = values.pop("code", "") or address_of(str(values.get("name", "")), LONGEST_CODE)
    refuse_code(system, code)
    row = Segment(system=system, code=code)
    save_with_trail(row, values, system=system, key=code, actor=actor, door=door)
    return row


def refuse_code(system: System, code: str) -> None:
    """A code is one line, and the word for everyone or for another segment cannot be taken."""
    if not code or not code.isprintable():
        raise ValidationError({"code": _("Give a short code, such as “north”.")})
    if code.casefold() == WHOLE or Segment.objects.filter(system=system, code=code).exists():
        words = _("“%s” is the code of another segment. Choose another.")
        raise ValidationError({"code": words % code})


@transaction.atomic
def change_segment(
    *,
    segment: Segment,
    values: dict[str, Any],
    version: int,
    actor: User | None = None,
    door: str = "page",
) -> bool:
    """Set what differs of name, parts and order; whether anything did. The code stays.

    `version` is what `version_of` said when the writer read it: Conflict where it has moved on.
    """
    require(actor, "plan.write", segment.system)
    row = Segment.objects.select_for_update(of=("self",)).get(pk=segment.pk)
    if version_of(row) != version:
        raise Conflict(row)
    if unknown := set(values) - {"name", "parts", "order"}:
        raise ValidationError(_("Not to be changed: %s.") % ", ".join(sorted(unknown)))
    if row.is_whole and values.get("parts"):
        raise ValidationError({"parts": _("The whole system has no parts: it is everyone.")})
    values = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not values:
        return False
    return save_with_trail(row, values, system=row.system, key=row.code, actor=actor, door=door)


def version_of(row: Segment) -> int:
    """Which version a segment is at: how many lines the trail holds about it."""
    lines = AuditEntry.objects.about(row, cut(row.code, LONGEST_KEY))
    return lines.filter(system=row.system_id).count()
