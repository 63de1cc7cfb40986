"""The commands a person types, from file to light."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from aspirations.models import Judgment, Observation, Policy, Series
from people.models import System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

TOML = """
[system]
slug = "north"
name = "North"
reporting_date = 2025-01-20

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
baseline = { period = "2024-01" }
target = { period = "2026-01", value = 90 }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "north.toml").write_text(TOML)
    rows = [f"waits,{place},2024-{month:02},{60 + month}" for place in ("all", "lake")
            for month in range(1, 13)]  # fmt: skip
    (tmp_path / "figures.csv").write_text("metric,segment,period,value\n" + "\n".join(rows))
    return tmp_path


def run(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def test_from_a_file_to_a_light(folder: Path) -> None:
    assert "north: " in run("load_system", folder / "north.toml")
    said = run("import_observations", folder / "figures.csv", "--system", "north", "--create")
    assert "24 rows; 24 added, 0 changed, 0 unchanged" in said
    assert "Created 0 metrics and 1 segments." in said
    said = run("judge", "--system", "north")
    assert "Judged 2 series; 2 new judgments, 0 parked." in said
    lights = Series.objects.values_list("current_judgment__light", flat=True)
    assert set(lights) <= {"R", "AR", "AG", "G"}


def test_again_changes_nothing(folder: Path) -> None:
    for _ in range(2):
        run("load_system", folder / "north.toml")
        run("import_observations", folder / "figures.csv", "--system", "north", "--create")
        run("judge", "--all")
    assert (Observation.objects.count(), Judgment.objects.count()) == (24, 2)


def test_a_look_back_shows_and_stores_nothing(folder: Path) -> None:
    run("load_system", folder / "north.toml")
    run("import_observations", folder / "figures.csv", "--system", "north", "--create")
    said = run("judge", "--as-of", "2024-07-15")
    assert "actual 66.0" in said
    assert not Judgment.objects.exists()
    assert System.objects.get().reporting_date == date(2025, 1, 20)


def test_a_look_back_leaves_out_what_was_published_later(folder: Path) -> None:
    run("load_system", folder / "north.toml")
    run("import_observations", folder / "figures.csv", "--system", "north", "--create")
    Observation.objects.filter(period=date(2024, 6, 1)).update(published_on=date(2024, 9, 1))
    assert "actual 65.0" in run("judge", "--as-of", "2024-07-15")


def test_parked_series_are_named_with_their_reason(folder: Path) -> None:
    run("load_system", folder / "north.toml")
    Policy.objects.create(system=System.objects.get(), values={"tau": 9}, reason="By hand.")
    run("judge")
    said = run("judge")
    assert "1 series are parked. Mend the cause" in said
    assert "Waits, North: PolicyError: tau is 9" in said


REFUSED = [
    (("load_system", "nowhere.toml"), "cannot be read"),
    (("import_observations", "figures.csv", "--system", "moon"), "no system “moon”"),
    (("judge", "--system", "moon"), "no system “moon”"),
]


@pytest.mark.parametrize(("words", "said"), REFUSED)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(*words)


def test_a_file_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[system\nslug=")
    with pytest.raises(CommandError, match=r"bad.toml is not valid TOML.*Nothing was written"):
        run("load_system", tmp_path / "bad.toml")


def test_a_refused_file_leaves_nothing(folder: Path) -> None:
    run("load_system", folder / "north.toml")
    (folder / "figures.csv").write_text("metric,segment,period,value\nwaits,all,2024-01,many\n")
    with pytest.raises(CommandError, match=r"Row 2, value, “many”: is not a number"):
        run("import_observations", folder / "figures.csv", "--system", "north")
    assert not Observation.objects.exists()
