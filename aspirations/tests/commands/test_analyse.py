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
from aspirations.tests.commands.bench import MONTHS, PATH, WOBBLE, found, said, written

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
