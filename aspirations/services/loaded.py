"""What loading a system file did, and the one way in which it writes a row."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from aspirations.services.tables import FileFault
from people.models import System, User
from people.services import save_with_trail

DOOR = "load_system"


@dataclass
class Loaded:
    """What loading did, line by line, as it is told to the person."""

    system: System
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Promises that the file no longer names; they stay in force."""

    def note(self, row: models.Model, label: str, *, new: bool, changed: bool) -> None:
        if changed:
            (self.created if new else self.changed).append(f"{row._meta.verbose_name} {label}")


def save(
    loaded: Loaded | None, row: models.Model, values: dict[str, Any], key: str, where: str,
    author: User | None, reason: str = "",
) -> bool:  # fmt: skip
    new = row._state.adding
    try:
        changed = save_with_trail(
            row, values, system=loaded.system if loaded else None, key=key,
            actor=author, door=DOOR, reason=reason,
        )  # fmt: skip
    except ValidationError as problem:
        raise FileFault(f"{where} ({key}): {fault_text(problem)}") from problem
    if loaded:
        loaded.note(row, key, new=new, changed=changed)
    return changed


def fault_text(problem: ValidationError) -> str:
    if hasattr(problem, "error_dict"):
        return " ".join(
            f"{name}: {' '.join(texts)}" for name, texts in problem.message_dict.items()
        )
    return " ".join(problem.messages)
