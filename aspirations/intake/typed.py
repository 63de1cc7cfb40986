"""Figures of one metric as people type, paste or upload them: lines of text to rows of text.

A line is a period and a value; or the first line names columns, as in a small CSV file. What the
words mean is for `match` to say, by the same rules as for any file.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field

from aspirations.analysis import periods
from aspirations.intake.faults import Fault
from aspirations.intake.match import fold
from aspirations.intake.parse import COLUMNS, PARTS, RawRow
from aspirations.intake.values import GROUPED
from aspirations.models import Metric, Observation, Segment

MOST_LINES = 5000
BETWEEN = ("\t", ";", ",")
FLAGS = frozenset(str(value) for value in Observation.Missing.values)


@dataclass
class Typed:
    """What was typed, as rows that count as the lines do, from 1; and what is wrong with them."""

    rows: list[RawRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unfilled: int = 0
    """Rows with a period and nothing else, which are left out."""


def read_typed(text: str, metric: Metric, segment: Segment) -> Typed:
    """Rows of the text, all of this metric and segment."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    typed = Typed()
    if not lines:
        typed.faults = [Fault(0, "figures", "", "are blank", "Type or paste a period and a value.")]
    elif len(lines) > MOST_LINES:
        remedy = f"Enter at most {MOST_LINES:,} at once."
        typed.faults = [Fault(0, "figures", "", f"have {len(lines):,} lines", remedy)]
    elif "period" in (names := header(lines[0][1])):
        headed(lines, names, metric, segment, typed)
    else:
        for number, line in lines:
            plain(number, line, metric, segment, typed)
    if not typed.rows and not typed.faults:
        remedy = "Write a value beside a period, or n/a where there is none."
        typed.faults = [Fault(0, "figures", "", "hold no value", remedy)]
    return typed


def sign_in(line: str) -> str:
    """What stands between the cells of a line: a tab, a semicolon or a comma, else nothing."""
    return next((sign for sign in BETWEEN if sign in line), "")


def cells_of(line: str, sign: str) -> list[str]:
    """The cells of a line; csv.Error where its quotes are not closed."""
    found = next(csv.reader([line], delimiter=sign or ",", strict=True), [])
    return [cell.strip() for cell in found]


def header(line: str) -> list[str]:
    try:
        return [cell.lower() for cell in cells_of(line.lstrip("\ufeff"), sign_in(line))]
    except csv.Error:
        return []


# ------------------------------------------------------------------------ a period and a value
def plain(number: int, line: str, metric: Metric, segment: Segment, typed: Typed) -> None:
    """One line without named columns: the value is what stands last."""
    cells = two(line)
    if len(cells) > 2:
        remedy = "Write one period and one value, or name the columns in the first line."
        typed.faults.append(Fault(number, "line", line, f"has {len(cells)} cells", remedy))
        return
    if len(cells) < 2 and not sign_in(line):
        remedy = "Write the value after the period, or n/a where there is none."
        typed.faults.append(Fault(number, "line", line, "has no value", remedy))
        return
    period, value = cells
    given = as_value(without_unit(value, metric))
    add({"period": period, **given}, number, metric, segment, typed)


def two(line: str) -> list[str]:
    """The period and the value: around a sign, or the last word and all before it."""
    words = line.strip().rsplit(None, 1)
    sign = sign_in(line)
    # TRAP: “2026-03 58,9” holds a decimal comma, and not three cells.
    if not sign or (sign == "," and len(words) == 2 and GROUPED.match(words[1])):
        return words
    return [cell.strip() for cell in line.split(sign)]


def without_unit(text: str, metric: Metric) -> str:
    """“58.9%” is 58.9 where the metric counts in percent: so a spreadsheet's column is copied."""
    return text[:-1].rstrip() if metric.unit == "%" and text.endswith("%") else text


def as_value(text: str) -> dict[str, str]:
    """A word that says why there is no figure is a flag; all else is a value."""
    flag = text.lower().replace(" ", "_").replace("-", "_")
    return {"value": "", "flag": text} if flag in FLAGS else {"value": text}


# ------------------------------------------------------------------------ named columns
def headed(
    lines: list[tuple[int, str]], names: list[str], metric: Metric, segment: Segment, typed: Typed
) -> None:
    """Rows under a line that names their columns."""
    typed.faults = faults_of_header(lines[0][0], names)
    if typed.faults:
        return
    sign = sign_in(lines[0][1])
    for number, line in lines[1:]:
        try:
            cells = cells_of(line, sign)
        except csv.Error as problem:
            found = f"is not valid CSV ({problem})"
            typed.faults.append(Fault(number, "line", line, found, "Mend the quotes."))
            continue
        if len(cells) != len(names):
            found = f"has {len(cells)} cells, the first line {len(names)}"
            remedy = "Mend the line: a sign too many or too few, or a missing quote."
            typed.faults.append(Fault(number, "line", line, found, remedy))
            continue
        named = dict(zip(names, cells, strict=True))
        named["value"] = without_unit(named.get("value", ""), metric)
        add({name: named.get(name, "") for name in COLUMNS}, number, metric, segment, typed)


def faults_of_header(number: int, names: list[str]) -> list[Fault]:
    """Columns that are unknown, doubled or wanting."""
    remedy = (
        f"The first line may name {', '.join(COLUMNS)}; period is needed, and value or both parts."
    )
    faults = [
        Fault(number, "header", name, "is not a known column", remedy)
        for name in names
        if name not in COLUMNS
    ]
    # Counted in one go: a line of a megabyte holds half a million names.
    doubled = sorted(name for name, count in Counter(names).items() if count > 1)
    faults += [Fault(number, "header", name, "column stands twice", remedy) for name in doubled]
    given = [part for part in PARTS if part in names]
    if len(given) == 1 or ("value" not in names and not given):
        wanting = "value" if not given else next(part for part in PARTS if part not in names)
        faults.append(Fault(number, "header", wanting, "column is missing", remedy))
    return faults


def add(cell: dict[str, str], number: int, metric: Metric, segment: Segment, typed: Typed) -> None:
    """A row of the metric and segment; one of another is a fault, one not filled in is left out."""
    for column, own in (("metric", (metric.slug, metric.name)),
                        ("segment", (segment.code, segment.name))):  # fmt: skip
        word = cell.get(column, "")
        if word and fold(word) not in {fold(name) for name in own}:
            remedy = f"This page takes figures of {own[0]} only. Take the row out."
            typed.faults.append(Fault(number, column, word, "is another one", remedy))
            return
    filled = any(cell.get(name) for name in ("value", "flag", *PARTS))
    # TRAP: “2026-03 58.9;” has its value in the first cell: that period is for the rules to refuse.
    if not filled and is_period(cell.get("period", ""), metric):
        typed.unfilled += 1
        return
    own_words = {"metric": metric.slug, "segment": segment.code}
    rest = {name: cell.get(name, "") for name in ("period", "value", "flag", *PARTS)}
    typed.rows.append(RawRow(number, **own_words, **rest))


def is_period(text: str, metric: Metric) -> bool:
    try:
        periods.parse(text, periods.Frequency(metric.frequency), metric.year_starts)
    except periods.PeriodError:
        return False
    return True
