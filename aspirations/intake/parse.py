"""Bytes to rows of text: encoding, header and shape of a tidy CSV, nothing about its meaning."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from aspirations.intake.faults import Fault, Refused

REQUIRED = ("metric", "segment", "period", "value")
PARTS = ("numerator", "denominator")
OPTIONAL = ("flag", *PARTS)
COLUMNS = REQUIRED + OPTIONAL
NOTHING = dict.fromkeys(COLUMNS, "")
"""A row of whose columns the file has none."""
MOST_ROWS = 2_000_000
PARTED = {";": "semicolons", "\t": "tabs", "|": "bars"}
MOST_BYTES = 128 * 1024 * 1024


@dataclass(frozen=True)
class RawRow:
    """One line of the file as text; `row` counts as a spreadsheet does, the header being 1."""

    row: int
    metric: str
    segment: str
    period: str
    value: str
    flag: str
    numerator: str = ""
    denominator: str = ""


def parse(content: bytes, file_name: str) -> tuple[list[RawRow], list[str]]:
    """Rows of a tidy CSV and notes on how it was read; `Refused` names every fault of form."""
    text, notes = decode(content, file_name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, None)
        places = columns(header, file_name)
        rows, faults = read_rows(reader, places, len(header or []))
    except csv.Error as problem:
        fault = Fault(
            reader.line_num, "line", "", f"is not valid CSV ({problem})", "Mend the quotes."
        )
        raise Refused(file_name, [fault]) from problem
    if not rows and not faults:
        faults = [
            Fault(0, "file", file_name, "has a header and no rows", "Send a file with figures.")
        ]
    if faults:
        raise Refused(file_name, faults)
    return rows, notes


def decode(content: bytes, file_name: str) -> tuple[str, list[str]]:
    """Text of the file: UTF-8, UTF-16 with its mark, else Windows-1252 with a note."""
    if not content.strip():
        raise Refused(file_name, [Fault(0, "file", file_name, "is empty", "Send a CSV file.")])
    if len(content) > MOST_BYTES:
        fault = Fault(0, "file", file_name, "is larger than 128 MiB", "Send it in parts.")
        raise Refused(file_name, [fault])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as problem:
            start = problem.start
            continue
        if "\x00" in text:
            fault = Fault(0, "file", file_name, "is not text", "Save it as CSV (UTF-8).")
            raise Refused(file_name, [fault])
        return text, (["Read as Windows-1252: it is not UTF-8."] if encoding == "cp1252" else [])
    line = content[:start].count(b"\n") + 1
    fault = Fault(
        line, "line", repr(content[start : start + 4])[2:-1], "holds a byte of no known encoding",
        "Save the file as CSV (UTF-8) and send it again.",
    )  # fmt: skip
    raise Refused(file_name, [fault])


def columns(header: list[str] | None, file_name: str) -> dict[str, int]:
    """Where each known column stands; a missing, doubled or unknown one is refused.

    Columns without a name, as spreadsheets leave them behind, are passed over.
    """
    names = [name.strip().lower() for name in header or []]
    if len(names) == 1 and (sign := next((s for s in ";\t|" if s in names[0]), "")):
        fault = Fault(1, "header", names[0], f"is parted by {PARTED[sign]}, not by commas",
                      "Save the file as CSV with commas, and a point for decimals.")  # fmt: skip
        raise Refused(file_name, [fault])
    remedy = (
        f"The first line must name the columns {', '.join(REQUIRED)}, and may name flag, and "
        f"{' with '.join(PARTS)}."
    )
    faults = [
        Fault(1, "header", name, "column is missing", remedy)
        for name in needed(names)
        if name not in names
    ]
    faults += [
        Fault(1, "header", name, "column stands twice", remedy)
        for name in COLUMNS
        if names.count(name) > 1
    ]
    faults += [
        Fault(1, "header", name, "is not a known column", remedy)
        for name in names
        if name and name not in COLUMNS
    ]
    if faults:
        raise Refused(file_name, faults)
    return {name: names.index(name) for name in COLUMNS if name in names}


def needed(names: list[str], required: Iterable[str] = REQUIRED) -> list[str]:
    """Columns that must be there: of the parts of a rate both or neither, and beside them the
    value may be left out."""
    if all(part in names for part in PARTS):
        return [name for name in required if name != "value"]
    return [*required, *(PARTS if any(part in names for part in PARTS) else ())]


def read_rows(
    reader: Iterable[list[str]], places: dict[str, int], width: int
) -> tuple[list[RawRow], list[Fault]]:
    """Every row as text, and a fault for each row that is not as wide as the header."""
    rows: list[RawRow] = []
    faults: list[Fault] = []
    nameless = set(range(width)) - set(places.values())
    for number, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if number > MOST_ROWS + 1:
            faults.append(
                Fault(number, "file", "", "has more than 2,000,000 rows", "Split the file.")
            )
            break
        if len(cells) != width:
            faults.append(
                Fault(number, "row", ",".join(cells), f"has {len(cells)} cells, the header {width}",
                      "Mend the row: a comma too many or too few, or a missing quote.")
            )  # fmt: skip
            continue
        if any(cells[place].strip() for place in nameless):
            faults.append(
                Fault(number, "row", ",".join(cells), "has a cell in a column without a name",
                      "Name the column in the first line, or clear it.")
            )  # fmt: skip
            continue
        cell = {name: cells[place].strip() for name, place in places.items()}
        rows.append(RawRow(number, **{**NOTHING, **cell}))
    return rows, faults
