"""The arithmetic against the least it could cost: writing down its own results."""

import mmap
from typing import Any

import numpy as np
import numpy.typing as npt

from aspirations.analysis import engine
from benchmarks import figures
from benchmarks.rows import Row, Sizes, interleaved

LIMIT = 10.0


def rows(sizes: Sizes) -> list[Row]:
    """Judging, and judging with everything a chart needs."""
    given = figures.block(sizes.series, sizes.periods)
    judged, drawn = arrays(engine.judge(given)), arrays(engine.track(given))
    judge, track, vectors, matrices = interleaved(
        lambda: engine.judge(given),
        lambda: engine.track(given),
        lambda: written(judged),
        lambda: written(drawn),
    )
    size = f"{sizes.series} series of {sizes.periods} periods"
    return [
        _row(f"judge and track, {size}", judge + track, vectors + matrices, LIMIT),
        _row(f"track alone, {size}", track, matrices, LIMIT),
        _row(f"judge alone, {size}", judge, vectors, None),
    ]


def _row(name: str, taken: float, writing: float, most: float | None) -> Row:
    said = f"{taken:.2f} s; writing its results takes {writing:.3f} s"
    return Row(name, taken / writing, said, most=most)


def arrays(result: Any) -> list[npt.NDArray[Any]]:
    """Everything a result holds by series or by series and period."""
    return [value for value in vars(result).values() if isinstance(value, np.ndarray)]


def written(results: list[npt.NDArray[Any]]) -> None:
    """Allocate and fill every array byte for byte, in memory that nobody has used before."""
    for result in results:
        source = np.ascontiguousarray(result).view(np.uint8).reshape(-1)
        with mmap.mmap(-1, max(source.nbytes, 1)) as fresh:
            place = np.frombuffer(fresh, dtype=np.uint8, count=source.nbytes)
            np.copyto(place, source)
            del place
