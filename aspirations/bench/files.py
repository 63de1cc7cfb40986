"""A tidy CSV file to rows of text: `period` and `value`, and what tells series apart."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from aspirations.bench.refusal import Refusal, of_file
from aspirations.intake.faults import Fault
from aspirations.intake.parse import PARTS
from aspirations.intake.parse import RawRow as Line

NEEDED = ("period", "value")
KNOWN = ("metric", "segment", *NEEDED, "flag", *PARTS)
NOTHING: dict[str, Any] = dict.fromkeys(KNOWN, "")
MOST_BYTES = 256 * 1024 * 1024
HEADER = (
    "The first line names period and value, and may name metric, segment and flag, and numerator "
    "with denominator."
)
PARTED = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read(path: Path) -> list[Line]:
    """Every row of the file. Raises Refusal with every fault of its form."""
    name = path.name
    reader = csv.reader(io.StringIO(decoded(path), newline=""), strict=True)
    try:
        header = next(reader, [])
        places = columns(header, name)
        lines, faults = lines_of(reader, places, len(header))
    except csv.Error as problem:
        fault = Fault(reader.line_num, "line", "", f"is not valid CSV ({problem})", "Mend it.")
        raise of_file(name, [fault]) from problem
    if faults:
        raise of_file(name, faults)
    if not lines:
        raise Refusal(f"{name} has a header and no rows. Give a file with figures.")
    return lines


def decoded(path: Path) -> str:
    """The text of the file, which is UTF-8, with or without its mark."""
    try:
        content = path.read_bytes() if path.stat().st_size <= MOST_BYTES else None
    except OSError as problem:
        reason = (problem.strerror or "").lower()
        raise Refusal(f"{path} cannot be read ({reason}). Check its path.") from problem
    if content is None:
        raise Refusal(f"{path.name} is larger than 256 MiB. Give it in parts.")
    if not content.strip():
        raise Refusal(f"{path.name} is empty. Give a CSV file with figures.")
    if b"\0" in content:
        raise Refusal(f"{path.name} is not a text file. Save it as CSV (UTF-8).")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content[: problem.start].count(b"\n") + 1
        byte = content[problem.start]
        raise Refusal(
            f"{path.name}, line {line}: the byte {byte:#04x} is not UTF-8. Save it as CSV (UTF-8)."
        ) from problem


def columns(header: list[str], name: str) -> dict[str, int]:
    """Where each known column stands; columns without a name are passed over."""
    names = [cell.strip().lower() for cell in header]
    sign = next((s for s in PARTED if s in names[0]), "") if len(names) == 1 else ""
    if sign:
        raise Refusal(f"{name} is parted by {PARTED[sign]}, not by commas. Save it with commas.")
    wrong = {
        "column is missing": [word for word in needed(names) if word not in names],
        "column stands twice": [word for word in KNOWN if names.count(word) > 1],
        "is not a known column": [word for word in names if word and word not in KNOWN],
    }
    faults = [
        Fault(1, "header", word, what, HEADER) for what, all_ in wrong.items() for word in all_
    ]
    if faults:
        raise of_file(name, faults)
    return {word: names.index(word) for word in KNOWN if word in names}


def needed(names: list[str]) -> tuple[str, ...]:
    """Of the parts of a rate both or neither; beside both the value may be left out."""
    parts = [part for part in PARTS if part in names]
    if len(parts) == len(PARTS):
        return NEEDED[:1]
    return (*NEEDED, *(PARTS if parts else ()))


def lines_of(
    reader: Iterable[list[str]], places: dict[str, int], width: int
) -> tuple[list[Line], list[Fault]]:
    """Rows that hold anything, and a fault for each that is not as wide as the header."""
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != width:
            problem = f"has {len(cells)} cells, the header {width}"
            remedy = "Mend the row: a comma too many or too few, or a missing quote."
            faults.append(Fault(number, "row", ",".join(cells), problem, remedy))
        else:
            cell = {word: cells[place].strip() for word, place in places.items()}
            lines.append(Line(**{**NOTHING, **cell, "row": number}))
    return lines, faults
