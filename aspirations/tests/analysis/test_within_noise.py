"""Whether a planned change could be told from chance: less than half of sigma could not."""

import numpy as np
import pytest

from aspirations.analysis.honesty import Plan, within_noise
from aspirations.analysis.paths import Path

# Moving ranges of 2, so sigma is 2 / 1.128 = 1.773 and half of it 0.887.
SWINGS = [50.0, 52.0, 50.0, 52.0, 50.0, 52.0]
nan = float("nan")


@pytest.mark.parametrize(
    ("history", "planned", "expected"),
    [
        (SWINGS, 0.88, True),
        (SWINGS, -0.88, True),
        (SWINGS, 0.89, False),
        (SWINGS, 10.0, False),
        (SWINGS[:4], 0.1, False),  # too few figures to know how they swing
        ([50.0, nan, 52.0, 50.0, nan, 52.0, 50.0], 0.88, True),  # missing ones are skipped
        ([50.0] * 6, 0.1, False),  # nothing ever swings, so any change would be seen
        ([], 0.1, False),
    ],
)
def test_half_a_sigma(history: list[float], planned: float, expected: bool) -> None:
    path = Path(shape="linear", k0=0, baseline=50.0, k1=12, target=50.0 + planned)
    plan = Plan(path=path, sign=1, per_year=12, history=np.array(history))
    assert within_noise(plan) is expected
