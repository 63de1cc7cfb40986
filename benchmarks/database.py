"""From PostgreSQL through the arithmetic and back, against the least that could cost.

`python -m benchmarks.database judge [COUNT]` is one worker: it says when it is ready, waits for a
line, judges what is due (the first COUNT series only, if given), and tells what that took.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.rows import Row, Sizes
from benchmarks.server import begin, database

ROOT = Path(__file__).resolve().parent.parent


def rows(sizes: Sizes) -> list[Row]:
    """All ratios of the way from database to database, measured in one run."""
    with database():
        measured: list[Row] = with_models("judged").rows(sizes)
    return measured


def with_models(name: str) -> Any:
    """A module that reads models, which can be had only once Django is set up."""
    return import_module(f"benchmarks.{name}")


if __name__ == "__main__":
    begin()
    with_models("workers").work(int(sys.argv[2]) if len(sys.argv) > 2 else None)
