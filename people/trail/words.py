"""A line of the trail as a sentence: from codes to words, with plain words for unknown codes."""

import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext as _

from people.models import AuditEntry, Role
from people.services.trail import cut
from people.trail.acts import ACTIONS, DOORS, KINDS, SENTENCES

MOST_IN_A_SENTENCE = 2
LONGEST_IN_A_SENTENCE = 40
LONGEST_SHOWN = 400
NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One field: what it was and what it is; `before` is None where it was new."""

    name: str
    before: str | None
    after: str


def sentence(line: AuditEntry) -> str:
    """Who did what, and with one or two short changes what they were."""
    words = SENTENCES.get((line.action, line.object_type))
    if words is None and line.action in ACTIONS:
        words = ACTIONS[line.action][1]
    if words is None:
        words = _("%(who)s: %(action)s, %(what)s")
    said = str(words) % Named(line)
    return f"{said}: {told}" if (told := in_brief(line)) else said


class Named(dict[str, str]):
    """The names a sentence may use; what the line itself tells stands for all others."""

    def __init__(self, line: AuditEntry) -> None:
        super().__init__(who=who(line), what=what(line), key=line.object_key, action=line.action)
        self.line = line

    def __missing__(self, name: str) -> str:
        name, _space, earlier = name.partition(" ")
        known = self.line.before if earlier else self.line.before | self.line.after
        value = known.get(name)
        return role_name(str(value)) if name == "role" else shown(value)


def who(line: AuditEntry) -> str:
    return str(line.actor) if line.actor else _("The program")


def what(line: AuditEntry) -> str:
    return _("the %(kind)s %(key)s") % {"kind": kind_name(line.object_type), "key": line.object_key}


def kind_name(label: str) -> str:
    """What people call a model; its label where there is no such model any more."""
    if label in KINDS:
        return str(KINDS[label])
    found = model(label)
    return str(found._meta.verbose_name) if found else label


def model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def in_brief(line: AuditEntry) -> str:
    """The changes, where they are few and short enough for a sentence."""
    found = [] if line.action != "change" else changes(line)
    told = [
        f"{change.name} {change.before} → {change.after}"
        if change.before != change.after
        else f"{change.name}"
        for change in found
    ]
    short = all(len(text) <= 2 * LONGEST_IN_A_SENTENCE for text in told)
    return ", ".join(told) if len(told) <= MOST_IN_A_SENTENCE and short else ""


def changes(line: AuditEntry) -> list[Change]:
    """Every field the line tells of, in the order in which they were recorded."""
    names = dict.fromkeys([*line.before, *line.after])
    # A line without `before` tells of something new; one without `after`, of something gone.
    return [
        Change(
            field_name(line.object_type, name),
            shown(line.before.get(name)) if line.before else None,
            shown(line.after.get(name)),
        )
        for name in names
        if not line.before or line.before.get(name) != line.after.get(name) or sealed(line, name)
    ]


def sealed(line: AuditEntry, name: str) -> bool:
    """Whether the trail keeps only that this field changed."""
    return bool(line.before.get(name) == line.after.get(name) == "changed")


def field_name(label: str, name: str) -> str:
    found = model(label)
    try:
        return str(found._meta.get_field(name).verbose_name) if found else in_words(name)  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return in_words(name)


def in_words(name: str) -> str:
    return name.replace("_", " ")


def shown(value: Any) -> str:
    """A value as people read it, cut where it is long."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return f"{value:.12g}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return cut(text, LONGEST_SHOWN)


def door_name(door: str) -> str:
    return str(DOORS.get(door, door))


def role_name(code: str) -> str:
    return str(Role(code).label) if code in Role.values else code


def role_names(codes: str) -> str:
    """The roles of a line, which holds them as codes with commas between."""
    return ", ".join(role_name(code) for code in codes.split(", ") if code)
