"""Memory for many series taken in chunks: it must not grow with their number.

`python -m benchmarks.memory SERIES PERIODS` does the work and prints its peak in MiB.
"""

import resource
import subprocess
import sys
from pathlib import Path

from aspirations.analysis import engine
from benchmarks import figures
from benchmarks.rows import Row, Sizes

CHUNK = 4096
LIMIT = 1.1
STATUS = Path("/proc/self/status")


def rows(sizes: Sizes) -> list[Row]:
    few, many = sizes.series // 5, sizes.series
    low, high = (measured(series, sizes.periods) for series in (few, many))
    name = f"peak memory, {many} series over {few}"
    return [Row(name, high / low, f"{high:.0f} MiB and {low:.0f} MiB", most=LIMIT)]


def measured(series: int, periods: int) -> float:
    """Peak memory in MiB of a process that judges and draws so many series."""
    command = [sys.executable, "-m", __name__, str(series), str(periods)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def work(series: int, periods: int) -> None:
    """Judge and draw chunk after chunk, keeping nothing."""
    for seed, start in enumerate(range(0, series, CHUNK)):
        given = figures.block(min(CHUNK, series - start), periods, seed)
        engine.judge(given)
        engine.track(given)


def peak() -> float:
    """Peak memory of this process in MiB.

    Linux carries what getrusage says over from the process that started this one, so it is asked
    elsewhere there.
    """
    if STATUS.exists():
        told = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
        return int(told["VmHWM"].split()[0]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    work(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(f"{peak():.1f}\n")
