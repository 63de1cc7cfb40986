"""Waiting times in A&E by trust: what the rules foretell there, beside the plain rules.

The figures are public sample data beside the project; HEADWAY_DATA names their folder.
"""

import csv
import os
from dataclasses import replace
from datetime import date
from pathlib import Path as File
from typing import Any

import numpy as np
import pytest

from aspirations.analysis.backtest.draws import Settings, trials
from aspirations.analysis.backtest.learning import learn
from aspirations.analysis.backtest.records import records
from aspirations.analysis.backtest.sections import section
from aspirations.analysis.backtest.trials import Trials, ended
from aspirations.analysis.block import Block
from aspirations.analysis.periods import Frequency, ordinal
from aspirations.analysis.trajectories import Path

ROOT = File(__file__).resolve().parents[4]
DATA = File(os.environ.get("HEADWAY_DATA", ROOT / ".." / "shared" / "data"))
FILE = DATA / "nhs_ae" / "tidy.csv"
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="not run: sample data absent")
START, SHARE = date(2016, 4, 1), "ae_pct_within_4h"
FIRST = ordinal(Frequency.MONTH, START)


def figures(*metrics: str) -> Block:
    """All series of some metrics (of all, where none is named), 36 months."""
    rows: dict[tuple[str, str], dict[int, float]] = {}
    with FILE.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["value"] and (not metrics or row["metric"] in metrics):
                k = ordinal(Frequency.MONTH, date.fromisoformat(row["period"] + "-01"))
                own = rows.setdefault((row["metric"], row["segment"]), {})
                own[k - FIRST] = float(row["value"])
    actual = np.full((len(rows), 36), np.nan)
    for place, key in enumerate(sorted(rows)):
        actual[place, list(rows[key])] = list(rows[key].values())
    top = [100.0 if key[0] == SHARE else np.inf for key in sorted(rows)]
    up = np.ones(len(rows), dtype=np.int64)
    return Block(
        frequency=Frequency.MONTH, first=FIRST, actual=actual, sign=up,
        paths=[None] * len(rows), bounds=np.c_[np.zeros(len(rows)), top], as_of=date(2019, 4, 30),
    )  # fmt: skip


def promised(start: date, end: date) -> Trials:
    """Every trust from its share in one month to 95 % in another."""
    source = figures(SHARE)
    k0, k1 = (ordinal(Frequency.MONTH, day) for day in (start, end))
    values = source.actual[:, k0 - FIRST].tolist()
    paths = [Path("linear", k0, v, k1, 95.0) if v == v else None for v in values]
    has_target = np.array([path is not None for path in paths])
    return ended(replace(source, paths=paths, has_target=has_target))


@pytest.fixture(scope="module")
def tried() -> dict[str, Any]:
    return section(records(trials([figures()], Settings())))


def test_the_light_foretells_more_than_the_plain_rules(tried: dict[str, Any]) -> None:
    rules = tried["rules"]
    assert tried["series"] > 1000
    assert tried["moments"] > 300_000
    assert rules["light"]["auc"] > 0.775
    assert rules["light"]["auc"] > 0.04 + max(
        rules[name]["auc"] for name in ("share_of_path", "on_path")
    )
    assert tried["likelihood"]["auc"] > 0.82


def test_lights_mean_something_and_hold_still(tried: dict[str, Any]) -> None:
    own, usual = (tried["rules"][name] for name in ("light", "share_of_path"))
    came = [own["lights"][name]["delivered"] for name in ("R", "AR", "AG", "G")]
    assert came == sorted(came)
    assert came[0] < 0.06 < usual["lights"]["R"]["delivered"]
    assert came[3] > 0.1 + usual["lights"]["G"]["delivered"]
    assert own["changes"] < 0.18 < usual["changes"]


def test_season_foretells_more() -> None:
    source = figures()
    plain = replace(source, policy=replace(source.policy, season="off"))
    scores = [
        section(records(trials([block], Settings(horizons=(6, 12), limit=6_000))))
        for block in (source, plain)
    ]
    seasoned, bare = (part["likelihood"] for part in scores)
    assert seasoned["auc"] > bare["auc"] + 0.01
    assert seasoned["skill"] > bare["skill"]


def test_last_years_promises_teach_what_to_expect_of_this_years() -> None:
    before = promised(date(2017, 3, 1), date(2018, 3, 1))
    after = promised(date(2018, 3, 1), date(2019, 3, 1))
    found = learn([before, after])
    assert (found.split, found.fitted, found.tested) == ("time", len(before), len(after))
    assert found.delta > 0.5
    assert found.supported
    assert found.after < found.before / 2
