"""The hash of everything a judgment rests on, so that the same inputs write nothing new."""

import hashlib
import json
from dataclasses import asdict
from typing import Any

import numpy as np

from aspirations.analysis.block import Block
from aspirations.analysis.result import BlockJudgment

ENGINE_VERSION = "1"


def input_hash(block: Block, i: int, freshness: str) -> str:
    """SHA-256 over row i: observations with their ordinals, path, stretches, direction, policy,
    engine and freshness state, but not the clock. Floats count by their exact bytes."""
    observed = np.flatnonzero(~np.isnan(block.actual[i]))
    content = {
        "engine": ENGINE_VERSION,
        "frequency": block.frequency.value,
        "year_starts": block.year_starts,
        "actual": [[block.first + k, _exact(block.actual[i, k])] for k in observed.tolist()],
        "sign": int(block.sign[i]),
        "band": [_exact(value) for value in block.band[i]],
        "bounds": [_exact(value) for value in block.bounds[i]],
        "path": _path(block, i),
        "has_target": bool(block.has_target[i]),
        "rebases": sorted(set(block.rebases[i])),
        "expected_months": sorted(block.expected_months[i]),
        "grade_d": bool(block.grade_d[i]),
        "policy": {name: _exact(value) for name, value in block.policy.as_values().items()},
        "freshness": freshness,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def input_hashes(block: Block, result: BlockJudgment) -> list[str]:
    """The hash of every row, with the freshness found by its judgment."""
    return [input_hash(block, i, str(result.freshness[i])) for i in range(len(block))]


def _path(block: Block, i: int) -> Any:
    path = block.paths[i]
    if path is None:
        return None
    values = asdict(path) | {"parameters": dict(path.parameters)}
    return _exact_all(values)


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
