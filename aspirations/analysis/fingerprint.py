"""The hash of everything a judgment rests on, so that the same inputs write nothing new."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from aspirations.analysis.arrays import Text
from aspirations.analysis.block import Block
from aspirations.analysis.paths import SHAPE_NAMES, Path
from aspirations.analysis.result import BlockJudgment

ENGINE_VERSION = "2"

_PLAIN = np.dtype(
    [
        ("sign", "i1"), ("has_target", "?"), ("grade_d", "?"), ("cumulative", "?"),
        ("lag_days", "<i8"), ("band", "<f8", 2), ("bounds", "<f8", 2), ("freshness", "S8"),
        ("expected_months", "<u2"), ("rebases", "<u4"), ("observed", "<u4"), ("details", "<u4"),
        ("shape", "S16"), ("k0", "<i8"), ("baseline", "<f8"), ("k1", "<i8"), ("target", "<f8"),
    ]
)  # fmt: skip
"""What every row has; its three counts say how much follows, so that no two rows run together."""
_SEEN = np.dtype([("k", "<i8"), ("value", "<f8")])
# Code −1, no path, is the last.
_SHAPES = np.array([*SHAPE_NAMES, ""], dtype="S16")


def input_hash(block: Block, i: int, freshness: str) -> str:
    """The hash of row i alone, with this freshness."""
    return next(_hashes(block.take(np.array([i])), np.array([freshness])))


def input_hashes(block: Block, result: BlockJudgment) -> list[str]:
    """SHA-256 of every row, with the freshness found by its judgment.

    It covers observations with their ordinals, the path with everything in it, stretches,
    direction, band, bounds, kind, lag, expected months, quality, policy, engine and freshness
    state, but not the clock. Numbers count by their exact bytes, −0 as 0. Columns before the
    first and after the last observation do not matter.
    """
    return list(_hashes(block, result.freshness))


def _hashes(block: Block, freshness: Text) -> Iterator[str]:
    common = hashlib.sha256(_common(block))
    known = {row: _details(path) for row, path in block.paths.details.items()}
    details = [known.get(row, b"") for row in range(len(block))]
    plain = _plain(block, freshness, details)
    counts = plain["observed"].tolist()
    cells, seen = memoryview(plain.tobytes()), memoryview(_seen(block))
    begin = 0
    for i, count in enumerate(counts):
        one = common.copy()
        end = begin + count * _SEEN.itemsize
        one.update(cells[i * _PLAIN.itemsize : (i + 1) * _PLAIN.itemsize])
        one.update(seen[begin:end])
        one.update(_stretches(block.rebases[i]))
        one.update(details[i])
        begin = end
        yield one.hexdigest()


def _common(block: Block) -> bytes:
    """What all rows of the block share."""
    policy = {name: _exact(value) for name, value in block.policy.as_values().items()}
    return _canonical([ENGINE_VERSION, block.frequency.value, block.year_starts, policy])


def _plain(block: Block, freshness: Text, details: Sequence[bytes]) -> Any:
    rows = np.zeros(len(block), dtype=_PLAIN)
    for name in ("sign", "has_target", "grade_d", "cumulative", "lag_days"):
        rows[name] = getattr(block, name)
    for name in ("band", "bounds"):
        rows[name] = _same_bytes(getattr(block, name))
    rows["shape"] = _SHAPES[block.paths.shape]
    rows["k0"], rows["k1"] = block.paths.k0, block.paths.k1
    for name in ("baseline", "target"):
        rows[name] = _same_bytes(getattr(block.paths, name))
    rows["freshness"] = freshness
    masks = {months: sum(1 << month for month in months) for months in set(block.expected_months)}
    rows["expected_months"] = [masks[months] for months in block.expected_months]
    rows["rebases"] = [len(set(starts)) for starts in block.rebases]
    rows["observed"] = (~np.isnan(block.actual)).sum(axis=1)
    rows["details"] = [len(content) for content in details]
    return rows


def _same_bytes(values: Any) -> Any:
    """One byte pattern for each number: −0 as 0, and one NaN for none."""
    return np.where(np.isnan(values), np.nan, values + 0.0)


def _seen(block: Block) -> bytes:
    """(ordinal, value) of every observation, row by row."""
    row, column = np.nonzero(~np.isnan(block.actual))
    seen = np.empty(len(row), dtype=_SEEN)
    seen["k"] = block.first + column
    seen["value"] = block.actual[row, column] + 0.0
    return seen.tobytes()


def _stretches(starts: Sequence[int]) -> bytes:
    return np.array(sorted(set(starts)), dtype="<i8").tobytes() if starts else b""


def _details(path: Path) -> bytes:
    """What a path says beyond its two ends; what an intervention is called says nothing."""
    season = path.season and [path.season.kind, path.season.values]
    effects = [{**vars(effect), "name": ""} for effect in path.effects]
    return _canonical([path.points, dict(path.parameters), season, path.low, path.high, effects])


def _canonical(content: Any) -> bytes:
    return json.dumps(_exact_all(content), sort_keys=True, separators=(",", ":")).encode()


def _exact_all(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _exact_all(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_exact_all(inner) for inner in value]
    return _exact(value)


def _exact(value: Any) -> Any:
    """A float as its exact hexadecimal form (−0 as 0), a whole number given for one likewise."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.floating):
        return value
    return (float(value) + 0.0).hex()
