"""The rules tried on a system's own figures, from file to table."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from aspirations.analysis.backtest.draws import HORIZONS, LIMIT
from aspirations.management.commands.backtest import Command
from aspirations.models import Judgment, Policy

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

TOML = """
[system]
slug = "north"
name = "North"
reporting_date = 2023-01-20

[[aspirations]]
slug = "care"
title = "Care in time"
metrics = ["waits"]

[[metrics]]
slug = "waits"
direction = "increase"
frequency = "month"
bounds = [0, 100]
[[metrics.trajectories]]
segment = "*"
baseline = { period = "2021-06" }
target = { period = "2022-06", value = 60 }
"""
PLACES = [f"place{number}" for number in range(36)]


def figures(months: int) -> list[str]:
    """A level of 50 with noise, and from mid 2021 on whatever each place makes of its plan."""
    random = np.random.default_rng(11)
    rows = ["metric,segment,period,value"]
    for number, place in enumerate(PLACES):
        for month in range(months):
            done = min(max(month - 17, 0) / 12, (number % 3) * 0.5)
            value = 50 + 10 * done + random.normal(0, 0.4)
            rows.append(f"waits,{place},{2020 + month // 12}-{month % 12 + 1:02},{value:.4f}")
    return rows


def load(tmp_path: Path, months: int = 36) -> None:
    (tmp_path / "north.toml").write_text(TOML)
    (tmp_path / "figures.csv").write_text("\n".join(figures(months)))
    run("load_system", tmp_path / "north.toml")
    run("import_observations", tmp_path / "figures.csv", "--system", "north", "--create")


def run(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def test_a_table_of_a_small_system(tmp_path: Path) -> None:
    load(tmp_path)
    said = run("backtest", "--system", "north", "--horizon", 6, "--trials", 200)
    assert "Backtest of north, figures known on 2023-01-20" in said
    assert "AGREED PATHS THAT HAVE ENDED" in said
    assert "36 paths on 36 series" in said
    assert "these rules" in said
    assert "5 %/10 % of the path" in said
    assert "Brier score" in said
    assert "75 % of the plan delivered over 6 periods" in said
    assert not Judgment.objects.exists()


def test_the_same_figures_as_json_and_the_same_again(tmp_path: Path) -> None:
    load(tmp_path)
    words = ("backtest", "--system", "north", "--horizon", 6, "--trials", 200, "--json")
    found: dict[str, Any] = json.loads(run(*words))
    assert found == json.loads(run(*words))
    assert (found["system"], found["trials"]["trials"]) == ("north", 200)
    assert found["agreed"]["series"] == 36
    assert found["agreed"]["likelihood"]["auc"] > 0.75


def test_what_its_own_record_teaches(tmp_path: Path) -> None:
    load(tmp_path)
    said = run("backtest", "--system", "north", "--learn")
    assert "36 agreed paths have ended with a likelihood on the way" in said
    assert "choose kappa = " in said
    assert "standard error" in said
    found = json.loads(run("backtest", "--system", "north", "--learn", "--json"))
    assert (found["paths"], found["split"]) == (36, "series")
    assert not Policy.objects.exists()


def test_a_small_record_teaches_nothing_and_says_so(tmp_path: Path) -> None:
    load(tmp_path, months=20)
    said = run("backtest", "--system", "north", "--learn")
    assert "0 agreed paths have ended" in said
    assert "too small to learn from: 30 ended paths are needed" in said


def test_nothing_to_test_is_refused(tmp_path: Path) -> None:
    load(tmp_path, months=12)
    with pytest.raises(CommandError, match="Import more past figures, or choose a shorter"):
        run("backtest", "--system", "north")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--system", "moon"), "no system “moon”"),
        (("--system", "north", "--horizon", "1"), "--horizon is 1: give 2 periods or more"),
        (("--system", "north", "--trials", "0"), "--trials is 0: give 1 or more"),
        (("--system", "north", "--seed", "-1"), "--seed is -1: give 0 or more"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    load(tmp_path, months=2)
    with pytest.raises(CommandError, match=said):
        run("backtest", *words)


def test_the_page_says_what_the_command_takes_and_where_trials_end() -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "backtest.md").read_text(encoding="utf-8")
    parser = Command().create_parser("manage.py", "backtest")
    own = [a for a in parser._actions if a.dest in {"system", "horizon", "trials", "seed", "learn"}]
    assert len(own) == 5
    assert [a for a in own if f"\n| `{a.option_strings[0]}` |" not in page] == []
    assert f"| `--trials` | {LIMIT:,} |" in page
    for name, spans in HORIZONS.items():
        row = f"{name.replace('_', '-')}s | {', '.join(map(str, spans))} |"
        assert f"| {row}" in page
