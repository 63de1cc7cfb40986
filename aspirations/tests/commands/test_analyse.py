"""The analyst's bench. No test here may touch a database unless it says so."""

import json
import math
import os
import re
import shlex
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from aspirations.analysis import engine, periods
from aspirations.analysis.trajectories import Path as Line
from aspirations.api.tracks import FIGURES
from aspirations.management.commands.analyse import Command
from aspirations.models import Judgment, Series
from aspirations.services.tracks import track_of

MONTHS = [f"{2021 + i // 12}-{i % 12 + 1:02}" for i in range(40)]
# A rise with a wobble of its own, and one month without a figure.
WOBBLE = [round(60 + 0.4 * i + 1.5 * math.sin(2.4 * i) + (i % 5) * 0.3, 2) for i in range(40)]
PATH = ["--direction", "increase", "--baseline", "2022-01", "--target", "2025-12=85"]
SYSTEM = """
[system]
slug = "s"
name = "S"
reporting_date = 2024-04-30

[[aspirations]]
slug = "care"
title = "Care in time"
metrics = ["waits"]

[[metrics]]
slug = "waits"
direction = "increase"
frequency = "month"
[[metrics.trajectories]]
segment = "*"
baseline = { period = "2022-01" }
target = { period = "2025-12", value = 85 }
"""
# What the answer must hold, whatever stands beside it.
JUDGMENT = {
    "light", "pending", "likelihood", "likelihood_light", "distance_light", "direction", "gap",
    "relative", "journey", "noise", "forecast", "likely_low", "likely_high", "would_move",
    "earlier_lights", "not_judged_reason",
}  # fmt: skip
LIMITS = {"start", "n", "centre", "lower", "upper", "trial"}
TRACK = {
    "period", "actual", "expected", "gap", "relative", "journey", "centre", "lower", "upper",
    "signal", "reading",
}  # fmt: skip


def said(path: Path, *words: object) -> str:
    out = StringIO()
    call_command("analyse", path, *map(str, words), stdout=out)
    return out.getvalue()


def found(path: Path, *words: object) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(said(path, "--json", *words))
    return answer


def refused(path: Path, *words: object) -> str:
    with pytest.raises(CommandError) as refusal:
        said(path, *words)
    return str(refusal.value)


def written(folder: Path, text: str | bytes, name: str = "figures.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def waits(tmp_path: Path) -> Path:
    """40 months of one series, the 30th without a figure."""
    lines = [
        f"{m},{'' if i == 29 else v}" for i, (m, v) in enumerate(zip(MONTHS, WOBBLE, strict=True))
    ]
    return written(tmp_path, "\n".join(["period,value", *lines]), "waits.csv")


@pytest.fixture
def several(tmp_path: Path) -> Path:
    rows = [
        f"{metric},{place},{month},{value + lift}"
        for lift, (metric, place) in enumerate(
            [("waits", "all"), ("waits", "North"), ("beds", "all")]
        )
        for month, value in zip(MONTHS, WOBBLE, strict=True)
    ]
    return written(tmp_path, "\n".join(["metric,segment,period,value", *rows]), "several.csv")


# --- what is answered ------------------------------------------------------------------------


def test_the_answer_holds_series_judgment_limits_and_track(waits: Path) -> None:
    answer = found(waits, *PATH)
    assert list(answer) == ["series", "judgment", "limits", "track"]
    assert set(answer["judgment"]) >= JUDGMENT
    assert all(set(row) >= LIMITS for row in answer["limits"])
    assert all(set(row) >= TRACK for row in answer["track"])
    assert answer["series"]["frequency"] == "month"
    assert answer["series"]["as_of"] == "2024-04-30"
    assert answer["judgment"]["freshness"] == "fresh"
    assert answer["judgment"]["light"] in {"R", "AR", "AG", "G"}
    assert len(answer["judgment"]["earlier_lights"]) == 5
    assert [row["period"] for row in answer["track"]][:2] == ["2021-01-01", "2021-02-01"]
    assert answer["track"][-1]["period"] == "2025-12-01"
    assert answer["track"][29]["actual"] is None
    assert answer["track"][30]["actual"] == WOBBLE[30]


def test_the_answer_is_the_engines_to_the_last_digit(waits: Path) -> None:
    """The same block handed to the engine by hand."""
    month = periods.Frequency.MONTH
    first = periods.ordinal(month, date(2021, 1, 1))
    values = np.array([WOBBLE])
    values[0, 29] = np.nan
    block = engine.Block(
        frequency=month, first=first, actual=values, sign=np.array([1]),
        paths=[Line("linear", first + 12, WOBBLE[12], first + 59, 85.0)],
        as_of=periods.end(month, first + 39),
    )  # fmt: skip
    row, track = engine.row(engine.judge(block), 0), engine.track(block)
    answer = found(waits, *PATH)
    assert row["likelihood"] is not None
    for name in JUDGMENT - {"earlier_lights", "not_judged_reason", "direction"}:
        assert answer["judgment"][name] == row[name], name
    for name in FIGURES:
        column = [None if math.isnan(x) else x for x in getattr(track, name)[0].tolist()]
        assert [point[name] for point in answer["track"]] == column, name


@pytest.mark.django_db
def test_the_jobs_say_the_same_of_the_same_file(several: Path) -> None:
    (several.parent / "s.toml").write_text(SYSTEM)
    call_command("load_system", several.parent / "s.toml", stdout=StringIO())
    words = ["--system", "s", "--create"]
    call_command("import_observations", several, *words, stdout=StringIO())
    call_command("judge", "--system", "s", stdout=StringIO())
    series = Series.objects.get(metric__slug="waits", segment__code="North")
    stored = Judgment.objects.get(series=series)
    answer = found(several, "--metric", "waits", "--segment", "North", *PATH)
    for name in JUDGMENT - {"earlier_lights"}:
        assert answer["judgment"][name] == (getattr(stored, name) or None), name
    assert answer["judgment"]["evidence"] == stored.evidence
    assert answer["judgment"]["earlier_lights"] == stored.earlier
    track = track_of(series)
    assert [row["upper"] for row in answer["track"]] == [
        None if math.isnan(x) else x for x in track.upper[0].tolist()
    ]


def test_it_runs_where_there_is_no_database(waits: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "delivery.settings", "SECRET_KEY": "k3y-" * 20,
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "DATA_DIR": str(tmp_path / "data"),
    }  # fmt: skip
    words = [sys.executable, "manage.py", "analyse", str(waits), "--json", *PATH]
    done = subprocess.run(
        words, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == found(waits, *PATH)
    done = subprocess.run(
        [*words[:3], "nowhere.csv"], cwd=settings.BASE_DIR, env=environment, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == (
        "CommandError: nowhere.csv cannot be read (no such file or directory). Check its path.\n"
    )


def test_without_a_target_limits_and_track_still_come(waits: Path) -> None:
    answer = found(waits, "--direction", "increase")
    assert answer["judgment"]["not_judged_reason"] == "no_target"
    assert (answer["judgment"]["light"], answer["judgment"]["gap"]) == ("N", None)
    assert answer["limits"][0]["n"] == 39
    assert answer["track"][0]["lower"] == answer["limits"][0]["lower"]
    assert {row["expected"] for row in answer["track"]} == {None}


def test_a_target_without_a_baseline_waits_for_its_path(waits: Path) -> None:
    answer = found(waits, "--direction", "increase", "--target", "2025-12=85")
    assert answer["judgment"]["not_judged_reason"] == "no_trajectory"
    assert answer["limits"][0]["assurance"] == "consistent_fail"


def test_every_series_comes_on_a_line_of_its_own(several: Path) -> None:
    lines = said(several, "--all", "--json", *PATH).splitlines()
    names = [json.loads(line)["series"] for line in lines]
    assert [(one["metric"], one["segment"]) for one in names] == [
        ("waits", "all"), ("waits", "North"), ("beds", "all"),
    ]  # fmt: skip
    assert (
        lines[1:2]
        == said(several, "--metric", "waits", "--segment", "north", "--json", *PATH).splitlines()
    )


def test_one_bad_series_of_all_is_named_and_the_rest_answered(tmp_path: Path) -> None:
    rows = ["a,2024-01,1", "b,2024-01,one", "c,2024-01,3"]
    path = written(tmp_path, "\n".join(["metric,period,value", *rows]))
    out = StringIO()
    with pytest.raises(CommandError, match=r"b: .*Row 3, value, “one”: is not a finite number"):
        call_command("analyse", path, "--all", "--json", stdout=out)
    assert [json.loads(line)["series"]["metric"] for line in out.getvalue().splitlines()] == [
        "a", "c",
    ]  # fmt: skip


# --- what the options do ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "place", "value"),
    [
        (["--direction", "decrease"], "series.direction", "decrease"),
        (["--direction", "band:60..70"], "series.band", [60.0, 70.0]),
        (["--bounds", "0..100"], "series.bounds", [0.0, 100.0]),
        (["--bounds", "0.."], "series.bounds", [0.0, None]),
        (["--lag", "45"], "series.as_of", "2024-06-14"),
        (["--as-of", "2023-05-31"], "series.observed", 29),
        (["--as-of", "2023-05-30"], "series.observed", 28),
        (["--as-of", "2023-06-30", "--lag", "31"], "series.observed", 28),
        (["--as-of", "2024-07-15"], "judgment.freshness", "stale"),
        (["--rebase", "2022-06"], "series.rebases", ["2022-06-01"]),
        (["--rebase", "2022-06", "--rebase", "2023-05"], "limits.2.start", "2023-05-01"),
        (["--screen-outliers"], "series.policy", {"screen_outliers": True}),
        (["--lock-after", "12"], "limits.0.n", 12),
        (["--shift", "9"], "series.policy", {"shift_run": 9}),
        (["--trend", "6"], "series.policy", {"trend_run": 6}),
        (["--compat", "nhs"], "series.policy", {"compat": "nhs"}),
        (["--season", "off"], "judgment.season", False),
        (["--policy", "tau=0.2", "--policy", "confirm=false"], "series.policy",
         {"tau": 0.2, "confirm": False}),
        (["--frequency", "month"], "series.frequency", "month"),
        (["--cumulative"], "series.cumulative", True),
        (["--shape", "linear"], "series.path.shape", "linear"),
        (["--points", "2023-01=70,2024-01=74"], "series.path.points",
         [{"period": "2023-01-01", "value": 70.0}, {"period": "2024-01-01", "value": 74.0}]),
        (["--points", "2023-01=70", "--points", "Jan 2024=74"], "track.36.expected", 74.0),
        (["--baseline", "2022-01=50"], "series.path.baseline",
         {"period": "2022-01-01", "value": 50.0}),
    ],
    ids=lambda case: " ".join(case) if isinstance(case, list) and case and isinstance(case[0], str)
    else None,
)  # fmt: skip
def test_an_option_reaches_the_engine(
    waits: Path, words: list[str], place: str, value: Any
) -> None:
    answer: Any = found(waits, *PATH, *words)
    for step in place.split("."):
        answer = answer[int(step)] if step.isdigit() else answer[step]
    assert answer == value


@pytest.mark.parametrize(
    ("words", "half_way"),
    [
        (["--shape", "linear"], 75.0),
        (["--shape", "compound"], 50 * 2**0.5),
        (["--shape", "s-curve", "--parameter", "c=8"], 75.0),
        (["--shape", "early_gain"], 50 + 50 * 0.5**0.5),
        (["--shape", "late-gain", "--parameter", "p=3"], 50 + 50 * 0.5**3),
        (["--shape", "step", "--points", "2023-01=60,2023-09=90"], 60.0),
        (["--points", "2023-01=70"], 70.0),
        (["--effect", "coaches,start=2022-02,mid=30,ramp=6,attribution=0.5", "--parameter",
          "drift=1"], 50 + 12 + 15),
        (["--path-season", f"offset:{','.join(['0'] * 11 + ['0'])}"], 75.0),
    ],
    ids=lambda case: case[1] if isinstance(case, list) else None,
)  # fmt: skip
def test_every_shape_can_be_asked_for(waits: Path, words: list[str], half_way: float) -> None:
    ends = ["--direction", "increase", "--baseline", "2022-01=50", "--target", "2024-01=100"]
    answer = found(waits, *ends, *words)
    path = {row["period"]: row["expected"] for row in answer["track"]}
    assert (path["2022-01-01"], path["2024-02-01"]) == (50.0, 100.0)
    assert path["2023-01-01"] == pytest.approx(half_way)


def test_what_interventions_leave_open_is_told(waits: Path) -> None:
    effect = "coaches,start=2022-03,mid=9,low=5,high=12,lag=2,ramp=6"
    answer = found(waits, *PATH, "--effect", effect)
    assert answer["series"]["path"]["shape"] == "interventions"
    assert answer["series"]["path"]["effects"][0]["start"] == "2022-03-01"
    assert answer["judgment"]["unexplained"] == pytest.approx(85 - WOBBLE[12] - 9)
    assert "have no intervention behind them" in said(waits, *PATH, "--effect", effect)


def test_a_range_opens_to_its_ends(waits: Path) -> None:
    answer = found(waits, *PATH, "--low", "80", "--high", "88")
    last = answer["track"][-1]
    assert (last["low"], last["expected"], last["high"]) == (80.0, 85.0, 88.0)
    assert {row["low"] for row in found(waits, *PATH)["track"]} == {None}
    [head] = [
        line
        for line in said(waits, *PATH, "--low", "80", "--high", "88").splitlines()
        if line.startswith("Period")
    ]
    assert head.split()[2:5] == ["path", "from", "to"]


def test_seasons_can_be_asked_for(waits: Path) -> None:
    figures = [found(waits, *PATH, "--season", word)["judgment"] for word in ("on", "off")]
    assert [row["season"] for row in figures] == [True, False]
    assert figures[0]["likelihood"] != figures[1]["likelihood"]


@pytest.mark.parametrize(
    ("labels", "words", "frequency", "first"),
    [
        (["2024-01", "Feb 2024"], [], "month", "2024-01-01"),
        (["Q1 2024", "2024-Q2"], [], "quarter", "2024-01-01"),
        (["2024-W05", "2024-W06"], [], "week", "2024-01-29"),
        (["2024", "2025"], [], "year", "2024-01-01"),
        (["2024/25", "2025/26"], ["--year-starts", "4"], "year", "2024-04-01"),
        (["2024-01-03", "2024-01-04"], [], "day", "2024-01-03"),
        (["2024-01-01", "2024-02-01"], ["--frequency", "month"], "month", "2024-01-01"),
        (["H1 2024", "H2 2024"], ["--frequency", "half-year"], "half_year", "2024-01-01"),
    ],
)
def test_the_frequency_is_read_off_the_labels(
    tmp_path: Path, labels: list[str], words: list[str], frequency: str, first: str
) -> None:
    path = written(tmp_path, "\n".join(["period,value", *(f"{label},5" for label in labels)]))
    series = found(path, *words)["series"]
    assert (series["frequency"], series["first"]) == (frequency, first)


def test_absent_values_are_absent_and_rows_may_repeat(tmp_path: Path) -> None:
    rows = ["2024-01,1,", "2024-02,..,", "2024-03,,suppressed", "2024-04,-9999,", "2024-05,2,",
            "2024-05,2.0,"]  # fmt: skip
    path = written(tmp_path, "\n".join(["period,value,flag", *rows]))
    assert [row["actual"] for row in found(path)["track"]] == [1.0, None, None, None, 2.0]
    answer = said(path)
    assert "1 rows repeat another exactly." in answer
    assert "1 figures of −9999 or −6666 are read as absent." in answer
    low = found(path, "--bounds=-1e6..")
    assert low["track"][3]["actual"] == -9999.0


def test_rates_are_made_of_their_parts(tmp_path: Path) -> None:
    rows = ["2024-01,,1,3", "2024-02,33.3,1,3", "2024-03,,,"]
    path = written(tmp_path, "\n".join(["period,value,numerator,denominator", *rows]))
    actual = [row["actual"] for row in found(path)["track"]]
    assert actual == [100 * 1.0 / 3, 100 * 1.0 / 3]
    bare = written(tmp_path, "period,numerator,denominator\n2024-01,1,4\n", "bare.csv")
    assert found(bare)["track"][0]["actual"] == 25.0
    assert found(bare, "--rate-per", "1000")["track"][0]["actual"] == 250.0


def test_other_flags_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, "period,value,flag\n2024,5,Normal value\n2025,,Low reliability\n")
    assert found(path)["series"]["observed"] == 1


# --- the table -------------------------------------------------------------------------------


def test_the_table_gives_the_finding_and_its_evidence(waits: Path) -> None:
    answer = said(waits, *PATH, "--unit", "%")
    light = found(waits, *PATH)["judgment"]["light"]
    words = {"R": "RED", "AR": "AMBER-RED", "AG": "AMBER-GREEN", "G": "GREEN"}[light]
    assert answer.startswith(f"{words}  waits ")
    for title in ("Likelihood of delivery", "Distance from path", "Direction", "Data",
                  "Earlier lights", "Natural limits from"):  # fmt: skip
        assert f"\n{title}" in answer
    assert "The latest figure is for Apr 2024." in answer
    assert max(map(len, answer.splitlines())) <= 130
    [row] = [line for line in answer.splitlines() if line.startswith("2022-01 ")]
    assert row.split()[1:5] == [f"{WOBBLE[12]:.2f}"] * 2 + ["0.00", "0%"]


@pytest.mark.parametrize(
    ("values", "code", "words"),
    [
        ([5.0] * 8, "no_variation", "Every figure is the same"),
        ([5.0, 6.0, 7.0], "too_few", "Natural limits need five figures or more"),
    ],
)
def test_why_there_are_no_limits_is_said(
    tmp_path: Path, values: list[float], code: str, words: str
) -> None:
    rows = [f"{month},{value}" for month, value in zip(MONTHS, values, strict=False)]
    path = written(tmp_path, "\n".join(["period,value", *rows]))
    path_words = ["--direction", "increase", "--baseline", "2021-01", "--target", "2021-12=9"]
    [limits] = found(path, *path_words)["limits"]
    assert (limits["lower"], limits["no_limits"]) == (None, code)
    assert words in said(path, *path_words)


# --- what is refused -------------------------------------------------------------------------

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


# --- what the documents say ------------------------------------------------------------------

PAGE = (Path(settings.BASE_DIR) / "docs" / "analyse.md").read_text(encoding="utf-8")


def test_the_example_of_the_documents_comes_out_as_shown(tmp_path: Path) -> None:
    fenced = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    figures, command, shown = (
        next(block for its, block in fenced if its == language)
        for language in ("csv", "console", "")
    )
    words = shlex.split(command)
    path = written(tmp_path, figures, words[words.index("analyse") + 1])
    answer = said(path, *words[words.index("analyse") + 2 :])
    assert answer.startswith(shown.removesuffix("…\n"))


def test_every_option_is_explained() -> None:
    parser = Command().create_parser("manage.py", "analyse")
    usual = BaseCommand().create_parser("manage.py", "none")._option_string_actions
    ours = parser._option_string_actions.keys() - usual.keys()
    assert sorted(option for option in ours if f"`{option}`" not in PAGE) == []
    assert {"--baseline", "--effect", "--json"} <= ours


def test_it_says_how_it_is_used() -> None:
    usage = Command().create_parser("manage.py", "analyse").format_help()
    assert "written behind figures, as % or patients" in " ".join(usage.split())


def test_every_key_of_the_answer_is_named_in_the_documents() -> None:
    named = {*LIMITS, *TRACK, *JUDGMENT}
    assert sorted(name for name in named if f"`{name}`" not in PAGE) == []
