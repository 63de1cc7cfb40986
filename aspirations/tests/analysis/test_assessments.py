"""What several human lights say together, as tables."""

from datetime import date

import pytest

from aspirations.analysis.assessments import (
    Comparison,
    Spread,
    Standing,
    comparison,
    is_opposite,
    is_warning,
    rank_faults,
    spread,
    standing,
    steps,
)

TODAY = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("lights", "found", "to_discuss"),
    [
        ([], None, None),
        (["N"], None, None),
        (["AG"], Spread("AG", "AG", 0), False),
        (["AG", "AG", "AG"], Spread("AG", "AG", 0), False),
        (["AG", "AR"], Spread("AR", "AG", 1), False),
        (["G", "AR", "AG"], Spread("AR", "G", 2), True),
        (["R", "G"], Spread("R", "G", 3), True),
        (["N", "R", "AR"], Spread("R", "AR", 1), False),
    ],
)
def test_how_far_apart_sheets_are(
    lights: list[str], found: Spread | None, to_discuss: bool | None
) -> None:
    assert spread(lights) == found
    assert (found.to_discuss if found else None) == to_discuss


@pytest.mark.parametrize(
    ("human", "computed", "apart", "found", "warning", "watermelon"),
    [
        ("G", "G", 0, Comparison.SAME, False, False),
        ("R", "R", 0, Comparison.SAME, False, False),
        ("G", "AG", 1, Comparison.DIFFERENT, False, False),
        ("AR", "AG", -1, Comparison.DIFFERENT, False, False),
        ("G", "AR", 2, Comparison.APART, True, False),
        ("R", "AG", -2, Comparison.APART, True, False),
        ("G", "R", 3, Comparison.WATERMELON, True, True),
        ("R", "G", -3, Comparison.REVERSE, True, True),
        ("N", "G", None, Comparison.NOTHING, False, False),
        ("G", "N", None, Comparison.NOTHING, False, False),
        ("", "R", None, Comparison.NOTHING, False, False),
        ("G", "", None, Comparison.NOTHING, False, False),
    ],
)
def test_how_people_stand_to_the_rules(
    human: str, computed: str, apart: int | None, found: Comparison, warning: bool,
    watermelon: bool,
) -> None:  # fmt: skip
    assert steps(human, computed) == apart
    assert comparison(human, computed) == found
    assert is_warning(human, computed) == warning
    assert is_opposite(human, computed) == watermelon


@pytest.mark.parametrize(
    ("expires_on", "newer", "found"),
    [
        (date(2026, 3, 15), 0, Standing.CURRENT),
        (date(2026, 3, 15), 1, Standing.ONE_NEWER),
        (date(2026, 3, 15), 2, Standing.LAPSED),
        (date(2026, 3, 15), 9, Standing.LAPSED),
        (date(2026, 3, 14), 0, Standing.LAPSED),
        (date(2026, 3, 13), 0, Standing.LAPSED),
        (date(2026, 9, 1), 0, Standing.CURRENT),
    ],
)
def test_when_an_assessment_lapses(expires_on: date, newer: int, found: Standing) -> None:
    assert standing(TODAY, expires_on, newer) == found


@pytest.mark.parametrize(
    ("ranks", "missing", "twice"),
    [
        ([], 0, []),
        ([1, 2, 3], 0, []),
        ([3, 7], 0, []),
        ([1, None, 2], 1, []),
        ([1, 1, 2, 2, 2, 3], 0, [1, 2]),
        ([None, None], 2, []),
    ],
)
def test_faults_of_an_order(ranks: list[int | None], missing: int, twice: list[int]) -> None:
    assert rank_faults(ranks) == (missing, twice)
