"""A plausible past for the demonstration: knots joined by lines, with seeded noise."""

import csv
import io
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from aspirations.analysis import periods
from aspirations.analysis.periods import Frequency

CHECKS = frozenset({9, 11, 1, 2, 4, 6})
SCHOOL_MONTHS = frozenset({9, 10, 11, 12, 1, 2, 3, 4, 5, 6})


@dataclass(frozen=True)
class Past:
    """How one metric went: (period, value) knots, noise, months seen, and each group's distance.

    A group's distance from everyone runs from its first to its second number over the years.
    `season` has one offset a month, from January.
    """

    frequency: Frequency
    knots: tuple[tuple[str, float], ...]
    noise: float
    year_starts: int = 9
    months: frozenset[int] = frozenset()
    groups: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    season: tuple[float, ...] = ()


READING = {
    "low-income": (-6.2, -11.6), "not-low-income": (12.6, 9.3), "learning-english": (-15.0, -13.6),
    "disability": (-17.5, -20.0), "rural-north": (-3.6, -6.8), "metro-south": (3.4, 6.4),
}  # fmt: skip
SCHOOLS: dict[str, Past] = {
    "reading-grade-3": Past(
        Frequency.MONTH,
        (("2022-09", 53.8), ("2024-06", 54.2), ("2025-01", 58.2), ("2026-02", 57.2)),
        0.4, months=CHECKS, groups=READING,
    ),
    "reading-fluency-grade-2": Past(
        Frequency.MONTH,
        (("2022-09", 55.0), ("2024-06", 56.4), ("2026-02", 60.9)),
        0.4, months=CHECKS,
        groups={"low-income": (-8.0, -8.6), "rural-north": (-4.0, -7.0), "metro-south": (3.0, 4.2)},
    ),
    "phonics-grade-1": Past(
        Frequency.MONTH,
        (("2022-09", 68.0), ("2024-06", 72.0), ("2026-02", 82.6)),
        0.6, months=CHECKS,
        groups={"learning-english": (-9.0, -10.5), "low-income": (-5.0, -4.6)},
    ),
    "reading-gap-low-income": Past(
        Frequency.MONTH,
        (("2022-09", 20.6), ("2024-06", 20.9), ("2026-02", 20.2)),
        0.3, months=CHECKS,
    ),
    "graduate-in-four-years": Past(
        Frequency.YEAR,
        (("2014/15", 79.6), ("2021/22", 83.4), ("2024/25", 86.3)),
        0.25,
        groups={"low-income": (-8.4, -7.9), "learning-english": (-12.0, -12.6),
                "rural-north": (-2.0, -3.4), "metro-south": (2.2, 2.0)},
    ),
    "college-ready-diploma": Past(
        Frequency.YEAR,
        (("2014/15", 31.0), ("2021/22", 36.2), ("2024/25", 48.8)),
        0.5,
        groups={"low-income": (-10.0, -8.8), "rural-north": (-4.5, -6.1), "metro-south": (4, 3.8)},
    ),
    "chronic-absence": Past(
        Frequency.MONTH,
        (("2021-09", 27.2), ("2023-06", 28.0), ("2024-06", 25.2), ("2026-02", 20.6)),
        0.5, months=SCHOOL_MONTHS,
        groups={"low-income": (6.0, 6.4), "grade-9": (4.0, 7.2), "rural-north": (1.0, 2.2)},
    ),
    "attendance-priority-schools": Past(
        Frequency.MONTH,
        (("2021-09", 85.2), ("2023-06", 86.0), ("2025-06", 89.3), ("2026-01", 89.8)),
        0.3, months=SCHOOL_MONTHS,
        groups={"bus-routes": (-2.0, -3.6), "grade-9": (-1.4, -1.9)},
        season=(-0.9, -0.8, -0.2, 0.2, 0.3, 0.1, 0.1, 0.1, 0.9, 0.6, 0.2, -0.6),
    ),
    "posts-unfilled": Past(
        Frequency.MONTH,
        (("2021-09", 7.6), ("2023-09", 8.1), ("2024-09", 7.6), ("2024-10", 3.9), ("2026-02", 3.7)),
        0.22,
        groups={"special-education": (2.4, 3.4), "stem": (1.6, 1.4)},
    ),
    "first-year-teachers-stay": Past(
        Frequency.QUARTER,
        (("2020/21 Q1", 77.6), ("2024/25 Q4", 78.0), ("2025/26 Q1", 78.2)),
        0.9,
    ),
}  # fmt: skip


STATE: dict[str, Past] = {
    "adults-with-credential": Past(
        Frequency.YEAR, (("2010", 41.5), ("2021", 49.6), ("2025", 53.9)), 0.3, year_starts=1
    ),
    "adults-returning": Past(
        Frequency.QUARTER,
        (("2019-Q1", 3450.0), ("2022-Q4", 3520.0), ("2025-Q4", 4700.0)),
        110.0, year_starts=1,
    ),
    "posts-unfilled": Past(
        Frequency.MONTH,
        (("2021-09", 9.0), ("2023-09", 9.4), ("2024-09", 8.9), ("2024-10", 5.3), ("2026-02", 5.1)),
        0.12, year_starts=1,
    ),
}  # fmt: skip
COLLEGES: dict[str, Past] = {
    "second-year-return": Past(
        Frequency.YEAR,
        (("2011/12", 71.0), ("2020/21", 72.8), ("2024/25", 78.4)),
        0.5, groups={"low-income": (-6.0, -4.4), "part-time": (-14.0, -13.1)},
    ),
    "graduate-in-six-years": Past(
        Frequency.YEAR,
        (("2011/12", 51.0), ("2020/21", 55.4), ("2024/25", 56.6)),
        0.4, groups={"low-income": (-9.0, -8.2), "part-time": (-24.0, -23.5)},
    ),
    "posts-unfilled": Past(
        Frequency.MONTH,
        (("2021-09", 9.1), ("2023-09", 9.5), ("2024-09", 9.0), ("2024-10", 5.5), ("2026-02", 5.2)),
        0.3,
    ),
}  # fmt: skip


def tidy_csv(pasts: Mapping[str, Past]) -> bytes:
    """The whole history of a system as a tidy CSV file, the same bytes every time."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(["metric", "segment", "period", "value"])
    for metric, past in pasts.items():
        for segment, distance in {"all": (0.0, 0.0), **past.groups}.items():
            for label, value in figures(metric, segment, past, distance):
                out.writerow([metric, segment, label, f"{value:.1f}"])
    return text.getvalue().encode()


def figures(
    metric: str, segment: str, past: Past, distance: tuple[float, float]
) -> Iterator[tuple[str, float]]:
    """Label and value of each period that brings a figure."""
    places = [ordinal(label, past) for label, _ in past.knots]
    columns = np.arange(places[0], places[-1] + 1)
    level = np.interp(columns, places, [value for _, value in past.knots])
    level += np.linspace(*distance, len(columns))
    random = np.random.default_rng(zlib.crc32(f"{metric}|{segment}".encode()))
    level += random.normal(0.0, past.noise * (1.0 if segment == "all" else 1.4), len(columns))
    for column, value in zip(columns, level, strict=True):
        day = periods.start(past.frequency, int(column), past.year_starts)
        if not past.months or day.month in past.months:
            seasonal = past.season[day.month - 1] if past.season else 0.0
            yield periods.label(past.frequency, day, past.year_starts), float(value) + seasonal


def ordinal(label: str, past: Past) -> int:
    day = periods.parse(label, past.frequency, past.year_starts)
    return periods.ordinal(past.frequency, day, past.year_starts)
