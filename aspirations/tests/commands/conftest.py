"""Files that more than one test of the bench reads."""

from pathlib import Path

import pytest

from aspirations.tests.commands.bench import MONTHS, WOBBLE, written


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
