"""Lines as people type them: what they are read as, and what is wrong with them."""

from time import process_time

import pytest

from aspirations.intake.parse import RawRow
from aspirations.intake.typed import MOST_LINES, read_typed
from aspirations.models import Metric, Segment

METRIC = Metric(slug="reading", name="Reading, Grade 3", frequency="month")
ALL = Segment(code="all", name="Everyone")

# text → (line, period, value, flag) of each row
READ: list[tuple[str, list[tuple[int, str, str, str]]]] = [
    ("2026-03 58.9", [(1, "2026-03", "58.9", "")]),
    ("2026-03,58.9", [(1, "2026-03", "58.9", "")]),
    ("2026-03;58.9", [(1, "2026-03", "58.9", "")]),
    ("2026-03\t58.9", [(1, "2026-03", "58.9", "")]),
    ("Mar 2026 58.9", [(1, "Mar 2026", "58.9", "")]),
    ("Q3 2025/26\t12", [(1, "Q3 2025/26", "12", "")]),
    ("2026-03 58,9", [(1, "2026-03", "58,9", "")]),  # the figure is for the rules to refuse
    ("2026-03 1,234", [(1, "2026-03", "1,234", "")]),
    ("\n2026-03 58.9\n\n 2026-04   59 \n", [(2, "2026-03", "58.9", ""), (4, "2026-04", "59", "")]),
    ("2026-03 n/a", [(1, "2026-03", "n/a", "")]),
    ("2026-03 suppressed", [(1, "2026-03", "", "suppressed")]),
    ("2026-03, Not applicable", [(1, "2026-03", "", "Not applicable")]),
    ("2026-03 -4", [(1, "2026-03", "-4", "")]),
    ("2026-03 58.9;", [(1, "2026-03 58.9", "", "")]),  # never left out as if it were blank
    ("period,value\n2026-03,58.9", [(2, "2026-03", "58.9", "")]),
    ("\ufeffPeriod;Value\r\n2026-03;58.9\r\n", [(2, "2026-03", "58.9", "")]),
    ("value\tperiod\tflag\n\t2026-03\twithheld", [(2, "2026-03", "", "withheld")]),
    ('metric,segment,period,value\nREADING,Everyone,"Mar 2026",5', [(2, "Mar 2026", "5", "")]),
    ("period,value\n2026-03,5\n2026-04,\n", [(2, "2026-03", "5", "")]),
    ("2026-03,5\n2026-04,\n2026-05\t\n", [(1, "2026-03", "5", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), READ)
def test_lines_become_rows(text: str, rows: list[tuple[int, str, str, str]]) -> None:
    typed = read_typed(text, METRIC, ALL)
    assert typed.faults == []
    assert typed.rows == [
        RawRow(line, "reading", "all", period, value, flag) for line, period, value, flag in rows
    ]


def test_a_percent_sign_belongs_to_figures_in_percent_alone() -> None:
    share = Metric(slug="reading", name="Reading", frequency="month", unit="%")
    for text in ("2026-03\t58.9%", "2026-03 58.9%", "period,value\n2026-03,58.9 %"):
        assert [row.value for row in read_typed(text, share, ALL).rows] == ["58.9"]
    assert [row.value for row in read_typed("2026-03 58.9%", METRIC, ALL).rows] == ["58.9%"]


def test_parts_of_a_rate_come_in_columns_of_their_own() -> None:
    typed = read_typed("period,numerator,denominator\n2026-03,45,80", METRIC, ALL)
    assert typed.rows == [RawRow(2, "reading", "all", "2026-03", "", "", "45", "80")]


def test_rows_not_filled_in_are_counted_and_left_out() -> None:
    typed = read_typed("period,value\n2026-03,5\n2026-04,\n2026-05,\n", METRIC, ALL)
    assert (len(typed.rows), typed.unfilled) == (1, 2)


FAULTS = [
    ("", 0, "are blank"),
    (" \n\t\n", 0, "are blank"),
    ("period,value\n", 0, "hold no value"),
    ("2026-03,\n2026-04,", 0, "hold no value"),
    ("2026-03", 1, "has no value"),
    ("2026-03,58.9,x", 1, "has 3 cells"),
    ("2026-03,58,9", 1, "has 3 cells"),
    ("period,value,worth\n2026-03,5,6", 1, "is not a known column"),
    ("period,value,value\n2026-03,5,5", 1, "column stands twice"),
    ("period,numerator\n2026-03,5", 1, "column is missing"),
    ("period\n2026-03", 1, "column is missing"),
    ("period,value\n2026-03,5,6", 2, "has 3 cells, the first line 2"),
    ('period,value\n2026-03,"5', 2, "is not valid CSV"),
    ("metric,period,value\nwriting,2026-03,5", 2, "is another one"),
    ("segment,period,value\nnorth,2026-03,5", 2, "is another one"),
    ("2026-03 5\n" * (MOST_LINES + 1), 0, "have 5,001 lines"),
]


@pytest.mark.parametrize(("text", "line", "problem"), FAULTS)
def test_what_cannot_be_read_is_named_by_its_line(text: str, line: int, problem: str) -> None:
    typed = read_typed(text, METRIC, ALL)
    assert [fault.row for fault in typed.faults] == [line]
    assert problem in typed.faults[0].problem
    assert typed.faults[0].remedy


def test_a_first_line_of_a_megabyte_is_refused_at_once() -> None:
    """Half a million columns; comparing each with each would take hours."""
    text = "period,value" + ",x" * 400_000
    began = process_time()
    faults = read_typed(text, METRIC, ALL).faults
    assert process_time() - began < 10
    assert faults[-1].problem == "column stands twice"
