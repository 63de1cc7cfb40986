"""Likelihoods as the engine finds them, and how they are held against the slow reference."""

from typing import Any

import numpy as np
import pytest

from aspirations.analysis.engine import judge
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import BlockJudgment
from aspirations.tests.analysis.makers import Row, block, linear
from aspirations.tests.analysis.slow_reference import Chance

NEVER_EARLY: dict[str, Any] = {"early_share": 1.0, "early_noise": 0.0}


def foretold(*rows: Row, k0: int, k1: int, target: float, **given: Any) -> BlockJudgment:
    """Rows on straight paths from their values at k0; never too early, no season unless given."""
    policy = Policy(**({"season": "off"} | NEVER_EARLY | given.pop("policy", {})))
    paths = [linear(k0, float(row[k0] or 0.0), k1, target) for row in rows]
    return judge(block(*rows, paths=paths, policy=policy, **given))


def assert_agrees(found: BlockJudgment, i: int, wanted: Chance) -> None:
    assert found.level[i] == pytest.approx(wanted.level, rel=1e-12, abs=1e-12)
    assert found.drift[i] == pytest.approx(wanted.drift, rel=1e-12, abs=1e-12)
    assert found.errors[i] == wanted.errors
    if wanted.likelihood is None:
        assert np.isnan(found.likelihood[i])
        return
    assert found.spread[i] == pytest.approx(wanted.noise, rel=1e-12)
    assert found.centre_gap[i] == pytest.approx(wanted.centre, rel=1e-12, abs=1e-12)
    assert found.deviation[i] == pytest.approx(wanted.deviation, rel=1e-12)
    assert found.likelihood[i] == pytest.approx(wanted.likelihood, rel=1e-12, abs=1e-12)
