"""What the analyst's bench refuses, and with which words."""

from pathlib import Path

import pytest

from aspirations.tests.commands.bench import MONTHS, PATH, refused, written

FILES = [
    ("", "is empty. Give a CSV file"),
    ("period,value\n", "has a header and no rows"),
    (b"period,value\n2024-01,caf\xe9\n", "line 2: the byte 0xe9 is not UTF-8. Save it as CSV"),
    (b"PK\x03\x04\x00\x00", "is not a text file"),
    ("period,value,colour\n2024-01,1,red\n", "Row 1, header, “colour”: is not a known column"),
    ("period\n2024-01\n", "Row 1, header, “value”: column is missing"),
    ("period,value,value\n2024-01,1,1\n", "“value”: column stands twice"),
    ("period;value\n2024-01;1\n", "is parted by semicolons, not by commas"),
    ("period,value\n2024-01,many\n", "Row 2, value, “many”: is not a finite number"),
    ("period,value\n2024-01,inf\n", "Row 2, value, “inf”: is not a finite number"),
    ("period,value\n2024-01,NaN\n", "Row 2, value, “NaN”: is not a finite number"),
    ("period,value\n2024-01,1e999\n", "Row 2, value, “1e999”: is too large a number"),
    ("period,value\n2024-01,1e200\n", "Row 2, value, “1e200”: is too large a number"),
    ('period,value\n2024-01,"1,5"\n', "“1,5”: could be a decimal comma or thousands"),
    ("period,value,flag\n2024-01,1,withheld\n", "says the value is absent, yet there is one"),
    ("period,numerator\n2024-01,1\n", "“value”: column is missing"),
    ("period,value,numerator,denominator\n2024-01,,1,0\n", "“0”: is not above zero"),
    ("period,value,numerator,denominator\n2024-01,,1,\n", "is absent, yet there is a numerator"),
    ("period,value,numerator,denominator\n2024-01,40,1,3\n", "does not agree with its parts"),
    ("period,value\n2024-01,1\n2024-01,2\n", "Row 3, value, “2”: differs from row 2 (“1”)"),
    ("period,value,\n2024-01,1,2\n", "Row 2, row, “2024-01,1,2”: has a cell in a column without"),
    ("period,value\n2024-01,1\n2024-02\n", "Row 3, row, “2024-02”: has 1 cells, the header 2"),
    ('period,value\n2024-01,"1\n', "is not valid CSV"),
    ("period,value\nsoon,1\n", "Row 2, period, “soon”: is not a period. Write it as 2024-04"),
    ("period,value\n03/04/2024,1\n", "can be read in two ways. Say which is meant: 2024-03-04"),
    ("period,value\n2024-01-01,1\n", "more than one kind. Say --frequency day or"),
    ("period,value\n2024/25,1\n", "change where its year starts: --year-starts"),
    ("period,value\n2024-01,1\nQ2 2024,1\n", "Row 3, period, “Q2 2024”: is not a month"),
    ("period,value\n2024-01,\n2024-02,..\n", "holds no value"),
    ("period,value\n1900-01-01,1\n2199-01-02,1\n", "more than 100,000. Mend the odd one"),
    (
        "period,value\n2024-01,1\n3024-01,1\n",
        "“3024-01”: the year is out of range. Use years from 1900",
    ),
]


@pytest.mark.parametrize(("content", "words"), FILES, ids=[words[:40] for _c, words in FILES])
def test_a_file_is_refused_with_its_reason(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    assert words in refused(written(tmp_path, content))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "cannot be read (no such file" in refused(tmp_path / "nowhere.csv")
    assert "cannot be read (is a directory)" in refused(tmp_path)


def test_many_faults_are_counted(tmp_path: Path) -> None:
    rows = [f"{month},x" for month in MONTHS]
    reason = refused(written(tmp_path, "\n".join(["period,value", *rows])))
    assert reason.startswith("figures.csv: 40 faults.\n  Row 2, value")
    assert reason.endswith("… and 20 more.")


def test_several_series_are_listed_to_choose_from(several: Path) -> None:
    assert refused(several) == (
        "The file holds 3 series here: waits, all; waits, North; beds, all. "
        "Choose one with --metric and --segment, or take them all with --all."
    )
    assert "2 series here: waits, all; waits, North" in refused(several, "--metric", "waits")
    assert "no such metric. Did you mean “waits”?" in refused(several, "--metric", "wait")
    assert "no such segment. It has: North; all." in refused(several, "--segment", "moon")


OPTIONS = [
    (["--target", "2021-06=80"], "--target 2021-06 does not come after --baseline 2022-01"),
    (["--target", "2022-01=80"], "does not come after --baseline"),
    (["--target", "2025-12"], "has no value. Write PERIOD=VALUE"),
    (["--target", "2025-12=inf"], "“inf” is not a number"),
    (["--target", "2025-12=1e300"], "“1e300” is not a number"),
    (["--target", "soon=80"], "--target soon: Not a period"),
    (["--target", "Q4 2025=80"], "--target Q4 2025: The label names a quarter"),
    (["--baseline", "2020-12"], "--baseline 2020-12: the data have no figure for it"),
    (["--baseline", "2023-06"], "--baseline 2023-06: the data have no figure for it"),
    (["--baseline", "2024-03", "--as-of", "2023-12-31"], "its figure was not known by --as-of"),
    (["--as-of", "2020-12-31"], "--as-of 2020-12-31: nothing was known by then"),
    (["--as-of", "31/12/2023"], "“31/12/2023” is not a date from 1900 to 2200"),
    (["--shape", "wave"], "--shape wave is not known. Use one of linear"),
    (
        ["--points", "2026-06=80"],
        "at period 2026-06 lies outside the trajectory (2022-01 to 2025-12)",
    ),
    (["--points", "2023-06=80,2023-01=70"], "do not go forward in time at period 2023-01"),
    (["--points", "2023-06"], "“2023-06” has no value"),
    (["--baseline", "2022-01=-4", "--shape", "compound"], "both must be of one sign"),
    (["--parameter", "c=8"], "'linear' knows no parameters"),
    (["--shape", "s_curve", "--parameter", "c=-1"], "-1"),
    (["--parameter", "c"], "“c” sets nothing"),
    (["--low", "80"], "Only the low end of the range is given"),
    (["--low", "90", "--high", "95"], "leaves out the target, 85"),
    (["--path-season", "index:1,1"], "a metric of this frequency needs 12"),
    (["--path-season", "ring:1"], "“ring:1” is not a season"),
    (["--path-season", "index:1,x"], "“x” is not a number"),
    (["--effect", "coaches,start=2022-03"], "is not an effect. Write NAME,start=2024-04"),
    (["--effect", "coaches,start=2022-03,mid=3,hue=1"], "say each of start, mid, low"),
    (["--effect", "coaches,start=2021-03,mid=3"], "before the baseline (period 2022-01)"),
    (["--effect", "coaches,start=soon,mid=3"], "--effect start soon: Not a period"),
    (["--rebase", "2030-01"], "the figures run from 2021-01 to 2024-04"),
    (["--rebase", "soon"], "--rebase soon: Not a period"),
    (["--direction", "up"], "“up” is not a direction. Use increase"),
    (["--direction", "band:9..1"], "“9..1” runs backwards"),
    (["--direction", "band:9.."], "“band:9..” is not a direction"),
    (["--bounds", "0..50"], "lies outside --bounds. Mend the figure"),
    (["--rate-per", "0"], "“0” is not above zero"),
    (["--bounds", "50"], "“50” is not a span. Write LO..HI"),
    (["--frequency", "hour"], "“hour” is not a frequency. Use one of day"),
    (["--frequency", "week"], "the label names a month, but this metric is kept by week"),
    (["--year-starts", "13"], "“13” is not a month"),
    (["--lag", "-3"], "“-3” is not a count"),
    (["--lag", "99999"], "too long a lag. Give at most 3650 days"),
    (["--lock-after", "1"], "lock_after is 1: use a value from 2"),
    (["--shift", "2"], "shift_run is 2: use a value from 3"),
    (["--trend", "seven"], "“seven” is not a count"),
    (["--compat", "spc"], "compat is 'spc': use one of"),
    (["--season", "maybe"], "season is 'maybe': use one of"),
    (["--policy", "tau"], "“tau” sets nothing. Write NAME=VALUE"),
    (["--policy", "tau=9"], "tau is 9: use a value from 0 to 0.9"),
    (["--policy", "tau=much"], "tau is 'much'"),
    (["--policy", "colour=9"], "Unknown policy field 'colour'"),
    (["--policy", f"lock_after={'9' * 400}"], "lock_after is '999"),
    (["--policy", "tau=0.1", "--policy", "tau=0.2"], "sets tau twice, to 0.1 and 0.2. Keep one"),
    (["--shift", "8", "--policy", "shift_run=9"], "set by --shift and by --policy. Keep one"),
]


@pytest.mark.parametrize(("words", "reason"), OPTIONS, ids=[" ".join(w)[:40] for w, _r in OPTIONS])
def test_an_option_is_refused_with_its_reason(waits: Path, words: list[str], reason: str) -> None:
    assert reason in refused(waits, *PATH, *words)


def test_parts_of_a_path_want_the_whole(waits: Path) -> None:
    up = ["--direction", "increase"]
    assert "--baseline leads to no target" in refused(waits, *up, "--baseline", "2022-01")
    assert "--shape needs a path" in refused(waits, *up, "--shape", "linear")
    assert "--low needs a path" in refused(waits, *up, "--low", "3")
    assert "which way is better" in refused(waits, *PATH[2:])
