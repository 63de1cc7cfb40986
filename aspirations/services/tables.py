"""Reading the tables of a system file: what must be there, what may, and of which kind."""

import math
import tomllib
from pathlib import Path
from typing import Any

from people.services import cut

SHOWN = 60
DEEPEST = 20


class FileFault(Exception):
    """What is wrong with a system file, where, and what to do; nothing was written."""


def read(path: Path) -> dict[str, Any]:
    """The tables of a system file; FileFault names what cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise FileFault(f"{path} cannot be read ({problem.strerror}). Check its path.") from problem
    except RecursionError as problem:
        raise FileFault(f"{path.name} is nested too deeply to be read. Flatten it.") from problem
    except ValueError as problem:
        raise FileFault(f"{path.name} is not valid TOML: {problem}.") from problem


def need(table: Any, name: str, where: str) -> Any:
    if not isinstance(table, dict):
        raise FileFault(f"{where}: {shown(table)} is not a table. Write {{ {name} = … }}.")
    if name not in table:
        raise FileFault(f"{where} has no “{name}”. Add it.")
    return table[name]


def text(table: Any, name: str, where: str) -> str:
    """A text that must be there and say something."""
    value = need(table, name, where)
    if not isinstance(value, str) or not value.strip() or "\x00" in value:
        raise FileFault(f"{where}: {name} is {shown(value)}. Give a text in quotes.")
    return value


def expect(table: Any, where: str, known: set[str]) -> None:
    """Refuse a name the format does not have, so that a slip of the pen is never ignored."""
    if not isinstance(table, dict):
        raise FileFault(f"{where} is {shown(table)}. Write a table of names and values.")
    for name in table:
        if name not in known:
            raise FileFault(
                f"{where} has “{name}”, which is not known. Known: {', '.join(sorted(known))}."
            )


def rows(table: dict[str, Any], name: str, where: str) -> list[Any]:
    """The list that stands under a name; empty where there is none."""
    value = table.get(name, [])
    if not isinstance(value, list):
        raise FileFault(f"{where}: {name} is {shown(value)}. Write a list.")
    return value


def once(table: dict[str, Any], name: str, key: str, where: str, default: str = "") -> list[Any]:
    """The tables under a name, none of which may stand twice under the same `key`."""
    seen: dict[str, int] = {}
    found = rows(table, name, where)
    for place, row in enumerate(found, 1):
        value = str(row.get(key, default)) if isinstance(row, dict) else ""
        if value and value in seen:
            raise FileFault(
                f"{where}: {key} “{cut(value, SHOWN)}” stands twice in {name} "
                f"({seen[value]} and {place}). Keep one."
            )
        seen[value] = place
    return found


def number(value: Any, what: str, where: str) -> float:
    """A finite float."""
    try:
        found = math.nan if isinstance(value, str | bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise FileFault(f"{where}: {what} is {shown(value)}. Give a finite number.")
    return found


def pair(bounds: Any, name: str, where: str) -> tuple[float | None, float | None]:
    """`[low, high]` as two floats; inf and -inf leave a side open."""
    if bounds is None:
        return None, None
    if not isinstance(bounds, list) or len(bounds) != 2:
        raise FileFault(f"{where}: {name} is {shown(bounds)}. Write it as [low, high].")
    low, high = (
        None if isinstance(side, float) and math.isinf(side) else number(side, name, where)
        for side in bounds
    )
    return low, high


def plain(value: Any, where: str, depth: int = 0) -> Any:
    """A value that JSON can keep as it is; dates, NaN, NUL and deep nests are refused."""
    if depth > DEEPEST:
        raise FileFault(f"{where} is nested too deeply. Flatten it.")
    if isinstance(value, dict):
        for name, inner in value.items():
            plain(name, where, depth + 1), plain(inner, where, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            plain(inner, where, depth + 1)
    elif isinstance(value, str):
        if "\x00" in value:
            raise FileFault(f"{where}: {shown(value)} holds a NUL character. Take it out.")
    elif not isinstance(value, bool):
        number(value, "a value", where)
    return value


def shown(value: Any) -> str:
    """A value as an error names it, however long it is."""
    try:
        return cut(repr(value), SHOWN)
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        return "a number too long to be written"
