"""What a benchmark says: one ratio a line, and whether it keeps its limit."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

RUNS = 5


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    series: int
    periods: int
    sample: int
    """Series of the versions that take one at a time."""


FULL = Sizes(series=100_000, periods=60, sample=50)
QUICK = Sizes(series=5_000, periods=60, sample=5)


@dataclass(frozen=True)
class Row:
    """A ratio that should stay below `most`, or reach `least`; neither is a mere statement."""

    name: str
    ratio: float
    figures: str
    """The measurements behind the ratio, with their units."""
    most: float | None = None
    least: float | None = None

    @property
    def limit(self) -> str:
        if self.most is not None:
            return f"at most {self.most:g}"
        return "" if self.least is None else f"at least {self.least:g}"

    @property
    def kept(self) -> bool:
        low = self.least is None or self.ratio >= self.least
        return low and (self.most is None or self.ratio <= self.most)

    @property
    def verdict(self) -> str:
        if not self.limit:
            return ""
        return "kept" if self.kept else "NOT KEPT"


def interleaved(*works: Callable[[], object], runs: int = RUNS) -> list[float]:
    """Median seconds of processor time of each work, in turns, so that a slow moment meets all.

    The works stay in this process; what else the machine does is not counted.
    """
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, times in zip(works, taken, strict=True):
            begun = time.process_time()
            work()
            times.append(time.process_time() - begun)
    return [median(times) for times in taken]


def table(rows: Sequence[Row]) -> str:
    """The rows in columns, for reading and for the manual."""
    cells = [("benchmark", "ratio", "limit", "verdict", "measured")]
    cells += [(r.name, f"{r.ratio:.3g}", r.limit, r.verdict, r.figures) for r in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    lines = [
        " | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
    lines.insert(1, "-|-".join("-" * width for width in widths))
    return "\n".join(lines)
