"""A tidy CSV file to rows of text: `period` and `value`, and what tells series apart."""

import csv
import io
from pathlib import Path

from aspirations.bench.refusal import Refusal, of_file
from aspirations.intake.faults import Fault
from aspirations.intake.parse import COLUMNS, PARTED, needed, read_rows
from aspirations.intake.parse import RawRow as Line

NEEDED = ("period", "value")
MOST_BYTES = 256 * 1024 * 1024
HEADER = (
    "The first line names period and value, and may name metric, segment and flag, and numerator "
    "with denominator."
)


def read(path: Path) -> list[Line]:
    """Every row of the file. Raises Refusal with every fault of its form."""
    name = path.name
    reader = csv.reader(io.StringIO(decoded(path), newline=""), strict=True)
    try:
        header = next(reader, [])
        places = columns(header, name)
        lines, faults = read_rows(reader, places, len(header))
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
        "column is missing": [word for word in needed(names, NEEDED) if word not in names],
        "column stands twice": [word for word in COLUMNS if names.count(word) > 1],
        "is not a known column": [word for word in names if word and word not in COLUMNS],
    }
    faults = [
        Fault(1, "header", word, what, HEADER) for what, all_ in wrong.items() for word in all_
    ]
    if faults:
        raise of_file(name, faults)
    return {word: names.index(word) for word in COLUMNS if word in names}
