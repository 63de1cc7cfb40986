"""`python -m benchmarks [GROUP …] [--quick] [--strict]`: print a table of ratios.

A group is a module of this folder with `rows(sizes)`, imported when it is wanted, so that the
arithmetic can be measured where nothing else is set up.
"""

import argparse
import importlib
import os
import platform
import sys
from collections.abc import Sequence

import numpy as np

from benchmarks.rows import FULL, QUICK, Row, Sizes, table

GROUPS = ("kernel", "per_series", "memory", "database", "dashboard")


def main(arguments: Sequence[str]) -> int:
    """0, or with --strict 1 where a ratio does not keep its limit."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    unknown = [group for group in asked.groups if group not in GROUPS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}: choose of {', '.join(GROUPS)}.")
    sizes = QUICK if asked.quick else FULL
    sys.stdout.write(f"{machine()}\n\n")
    found = [row for group in asked.groups or GROUPS for row in measured(group, sizes)]
    sys.stdout.write(f"\n{table(found)}\n")
    return int(asked.strict and not all(row.kept for row in found))


def measured(group: str, sizes: Sizes) -> list[Row]:
    """The ratios of one group, each told as soon as it is known: a full run takes minutes."""
    found: list[Row] = importlib.import_module(f"benchmarks.{group}").rows(sizes)
    for row in found:
        sys.stdout.write(f"{group}: {row.name}: {row.ratio:.3g} ({row.figures})\n")
    sys.stdout.flush()
    return found


def machine() -> str:
    """What was measured on: two runs compare on one machine only."""
    cores = os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = f"Python {platform.python_version()}, numpy {np.__version__}"
    return f"{cores} cores ({platform.machine()}), {memory:.0f} GiB of memory, {versions}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"of {', '.join(GROUPS)}")
    parser.add_argument("--quick", action="store_true", help="small sizes, for a first look")
    parser.add_argument("--strict", action="store_true", help="fail where a limit is not kept")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
