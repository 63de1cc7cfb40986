"""`judge` by other clocks, and `judge --verify`."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from aspirations.models import Judgment, Observation, Series
from aspirations.tests.commands.test_commands import TOML, run
from people.models import System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

LOADED = datetime(2025, 2, 3, 9, tzinfo=UTC)
CORRECTED = datetime(2025, 2, 10, 9, tzinfo=UTC)


def figures(value: float) -> str:
    """Twelve months, the last of which has this value."""
    values = [*(60 + month for month in range(1, 12)), value]
    rows = [f"waits,all,2024-{month:02},{v}" for month, v in enumerate(values, start=1)]
    return "\n".join(["metric,segment,period,value", *rows])


@pytest.fixture
def story(tmp_path: Path) -> Path:
    """Loaded and judged on 3 February 2025; December corrected from 72 to 30 on the 10th."""
    (tmp_path / "north.toml").write_text(TOML)
    for moment, value in ((LOADED, 72.0), (CORRECTED, 30.0)):
        (tmp_path / "figures.csv").write_text(figures(value))
        with time_machine.travel(moment):
            run("load_system", tmp_path / "north.toml")
            run(
                "import_observations",
                tmp_path / "figures.csv",
                "--system",
                "north",
                "--create",
                "--reason",
                "December was counted anew.",
            )
            run("judge")
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "2025-01-20"], "actual 30.0"),
        (["--as-of", "2025-01-20", "--known-at", "2025-02-04"], "actual 72.0"),
        (["--as-of", "2025-01-20", "--known-at", "2025-02-11"], "actual 30.0"),
        (["--as-of", "2024-12-30", "--known-at", "2025-02-04"], "actual 71.0"),
        (["--known-at", "2025-02-09"], "actual 72.0"),
        (["--known-at", "2025-02-10"], "actual 30.0"),
        (["--known-at", "2025-02-10T08:59:59Z"], "actual 72.0"),
        (["--known-at", "2025-02-10T11:30:00+02:00"], "actual 30.0"),
        (["--known-at", "2025-02-02"], "(no_target)"),
    ],
)
def test_it_shows_what_follows_by_these_clocks(story: Path, words: list[str], said: str) -> None:
    judgments = Judgment.objects.count()
    assert said in run("judge", *words)
    assert Judgment.objects.count() == judgments


def test_the_day_of_the_moment_stands_for_as_of(story: Path) -> None:
    """In a system with a reporting date only where the day is not later."""
    assert "actual 30.0" in run("judge", "--known-at", "2025-08-01")
    System.objects.update(reporting_date=None)
    assert "(stale)" in run("judge", "--known-at", "2025-08-01")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-of", "yesterday"], "“yesterday” is not a date from 1900 to 2200"),
        (["--as-of", "20240101"], "“20240101” is not a date"),
        (["--as-of", "2024-02-30"], "“2024-02-30” is not a date"),
        (["--known-at", "03/04/2024"], "“03/04/2024” is not a date"),
        (
            ["--known-at", "2024-04-01T09:30:00"],
            "is not a moment. Write it as 2024-04-01T09:30:00Z",
        ),
        (["--known-at", "2024-04-01T25:00:00Z"], "is not a moment"),
        (["--known-at", "2150-01-01"], "--known-at: “2150-01-01” has not come yet"),
        (["--known-at", "2150-01-01T00:00:00Z"], "has not come yet"),
        (["--verify", "--as-of", "2025-01-20"], "--verify does not go with --as-of or --known-at"),
        (["--all", "--known-at", "2025-01-20"], "--all does not go with"),
        (["--stale", "--all"], "not allowed with argument"),
    ],
)
def test_what_cannot_be_meant_is_refused(story: Path, words: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said.replace("(", r"\(")):
        run("judge", *words)


def test_stale_is_the_name_of_the_usual_way(story: Path) -> None:
    assert "Judged 0 series" in run("judge", "--stale")
    Series.objects.all().mark_stale()
    assert "Judged 1 series; 0 new judgments" in run("judge", "--stale")


def test_the_record_can_be_made_again(story: Path) -> None:
    said = run("judge", "--verify", "--system", "north")
    assert said == "1 judgments were made again; 0 differ.\n"


def test_a_judgment_that_comes_out_other_is_named_and_fails(story: Path) -> None:
    Observation.objects.filter(period="2024-12-01").update(value=90.0)
    out = StringIO()
    with pytest.raises(CommandError, match="1 judgments are not what their inputs give"):
        call_command("judge", "--verify", stdout=out)
    assert "Waits, North (2): " in out.getvalue()
    assert "actual 30.0, now 90.0" in out.getvalue()
    assert out.getvalue().endswith("1 judgments were made again; 1 differ.\n")
