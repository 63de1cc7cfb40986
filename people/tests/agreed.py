"""What was agreed on who may do what: the hand-kept table of docs/access.md, and what it means.

Nothing here looks at the permission table of the code; the tests hold that one against this.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

ROLES = {
    "SL": "system_leader", "DL": "delivery_leader", "US": "unit_staff", "LO": "leader_office",
    "AH": "accountable_head", "PO": "plan_owner", "DP": "data_provider", "RV": "reviewer",
    "ST": "steward", "VW": "viewer",
}  # fmt: skip
PROGRAMS = {"VT": "viewer", "PT": "data_provider"}
COLUMNS = [*ROLES, *PROGRAMS, "IA"]
CELLS = set("WRwr–")

# Read from above, by those who read it in their own system and are neither DP nor RV.
FROM_ABOVE = {"system.read", "dashboard.read"}
READ_ABOVE = {"SL", "DL", "US", "LO", "AH", "PO", "ST", "VW", "VT"}
SCOPES = ("own", "child", "parent", "sister", "foreign")


@dataclass(frozen=True)
class Line:
    """A resource, the actions that read and write it, and a cell for each column."""

    resource: str
    reading: str
    writing: str
    cells: dict[str, str]


@cache
def lines() -> tuple[Line, ...]:
    """The table, row by row. A row that cannot be read stops the run."""
    text = (Path(settings.BASE_DIR) / "docs" / "access.md").read_text(encoding="utf-8")
    head = next(row for row in text.splitlines() if row.startswith("| what | reading "))
    assert cells_of(head)[3:] == COLUMNS, "the table of docs/access.md has other columns"
    body = text.split(head)[1].split("\n\n")[0].strip().splitlines()[1:]
    return tuple(line_of(row) for row in body)


def line_of(row: str) -> Line:
    what, reading, writing, *cells = cells_of(row)
    assert len(cells) == len(COLUMNS), f"“{what}” has {len(cells)} cells, not {len(COLUMNS)}"
    assert set(cells) <= CELLS, f"“{what}” has cells that mean nothing: {set(cells) - CELLS}"
    return Line(
        what, action_of(reading), action_of(writing), dict(zip(COLUMNS, cells, strict=True))
    )


def cells_of(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def action_of(cell: str) -> str:
    found = re.fullmatch(r"`([a-z.]+)`|", cell)
    assert found, f"“{cell}” is not an action; write it as `plan.read`"
    return found[1] or ""


def actions() -> set[str]:
    return {action for line in lines() for action in (line.reading, line.writing) if action}


def agreed(action: str, who: str, scope: str = "own", *, named: bool = False) -> bool:
    """Whether this column may do it in a system of this scope, seen from the column's own.

    `named`: whether the thing itself names the person, in their own system.
    """
    if who == "IA":  # in every system alike: their office knows no place
        scope = "own"
    if scope not in {"own", "child"}:
        return False
    if scope == "child" and (action not in FROM_ABOVE or who not in READ_ABOVE):
        return False
    return any(opens(line, action, line.cells[who], named) for line in lines())


def opens(line: Line, action: str, cell: str, named: bool) -> bool:
    if action not in {line.reading, line.writing}:
        return False
    letters = "W" if action == line.writing else "WR"
    return cell in (letters + letters.lower() if named else letters)
