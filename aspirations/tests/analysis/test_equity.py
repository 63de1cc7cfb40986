"""The gap of a group to a reference: signs, what is missing, and where a ratio is undefined."""

import numpy as np
import pytest

from aspirations.analysis.equity import best, gap, nearest_known, outside

NAN = np.nan
BAND = (18.0, 22.0)


def rows(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


@pytest.mark.parametrize(
    ("what", "reference", "group", "sign", "band", "absolute", "relative"),
    [
        ("higher is better, group lower", 100.0, 90.0, 1, None, 10.0, 100 / 90),
        ("the same absolute gap, another relative", 20.0, 10.0, 1, None, 10.0, 2.0),
        ("higher is better, group higher", 90.0, 100.0, 1, None, -10.0, 0.9),
        ("lower is better, group higher", 10.0, 25.0, -1, None, 15.0, 0.4),
        ("lower is better, group lower", 25.0, 10.0, -1, None, -15.0, 2.5),
        ("level", 50.0, 50.0, 1, None, 0.0, 1.0),
        ("band, both inside", 19.0, 21.0, 0, BAND, 0.0, 19 / 21),
        ("band, group below it", 20.0, 15.0, 0, BAND, 3.0, 20 / 15),
        ("band, group above it", 20.0, 25.0, 0, BAND, 3.0, 0.8),
        ("band, one on either side alike", 17.0, 23.0, 0, BAND, 0.0, 17 / 23),
        ("no direction: as it stands", 12.0, 10.0, 0, None, 2.0, 1.2),
        ("group at nought has no ratio", 5.0, 0.0, 1, None, 5.0, NAN),
        ("reference at nought", 0.0, 5.0, -1, None, 5.0, 0.0),
        ("both at nought", 0.0, 0.0, -1, None, 0.0, NAN),
        ("on either side of nought", 4.0, -2.0, 1, None, 6.0, NAN),
        ("both below nought", -2.0, -4.0, 1, None, 2.0, 0.5),
        ("group missing or suppressed", 50.0, NAN, 1, None, NAN, NAN),
        ("reference missing", NAN, 40.0, 1, None, NAN, NAN),
        ("band, group missing", 20.0, NAN, 0, BAND, NAN, NAN),
        ("band, reference missing", NAN, 15.0, 0, BAND, NAN, NAN),
    ],
)
def test_the_gap_of_one_period(
    what: str, reference: float, group: float, sign: int, band: tuple[float, float] | None,
    absolute: float, relative: float,
) -> None:  # fmt: skip
    found = gap(rows(reference), rows(group), sign, band)
    assert found.absolute[0] == pytest.approx(absolute, nan_ok=True), what
    assert found.relative[0] == pytest.approx(relative, nan_ok=True), what


def test_periods_are_kept_apart() -> None:
    found = gap(rows(60, NAN, 62, 63), rows(50, 51, NAN, 51), 1)
    assert found.known == [0, 3]
    assert found.absolute[[0, 3]].tolist() == [10.0, 12.0]


@pytest.mark.parametrize(("column", "expected"), [(0, 0), (1, 3), (3, 3), (4, None)])
def test_a_gap_is_counted_from_the_first_period_that_has_one(
    column: int, expected: int | None
) -> None:
    found = gap(rows(60, NAN, 62, 63, 64), rows(50, 51, NAN, 51, NAN), 1)
    assert nearest_known(found, column) == expected


@pytest.mark.parametrize(
    ("what", "groups", "sign", "band", "values", "leaders"),
    [
        ("higher is better", [(1, 5), (2, 4)], 1, None, (2, 5), [1, 0]),
        ("lower is better", [(1, 5), (2, 4)], -1, None, (1, 4), [0, 1]),
        ("nearest to the band", [(17, 30), (25, 23)], 0, BAND, (17, 23), [0, 1]),
        ("one is missing", [(NAN, 5), (2, NAN)], 1, None, (2, 5), [1, 0]),
        ("all are missing", [(NAN, 5), (NAN, 4)], 1, None, (NAN, 5), [None, 0]),
        ("of equals the first", [(3, 3), (3, 4)], 1, None, (3, 4), [0, 1]),
    ],
)
def test_the_best_group_is_found_period_by_period(
    what: str, groups: list[tuple[float, float]], sign: int, band: tuple[float, float] | None,
    values: tuple[float, float], leaders: list[int | None],
) -> None:  # fmt: skip
    found, named = best([rows(*one) for one in groups], sign, band)
    assert found.tolist() == pytest.approx(list(values), nan_ok=True), what
    assert named == leaders


@pytest.mark.parametrize(
    ("value", "expected"), [(17.0, 1.0), (18.0, 0.0), (20.0, 0.0), (23.5, 1.5)]
)
def test_how_far_outside_a_band(value: float, expected: float) -> None:
    assert outside(rows(value), BAND)[0] == expected
