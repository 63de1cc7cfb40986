"""People in several coalitions, and when one group could serve two aspirations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalitions.analysis.overlap import overlap

GROUPS = st.dictionaries(
    st.sampled_from("abcdef"), st.frozensets(st.integers(1, 12), max_size=10), max_size=5
)


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (range(1, 11), range(4, 14), (7, 70, True)),
        (range(1, 11), range(5, 15), (6, 60, False)),
        (range(1, 11), range(1, 4), (3, 100, True)),
        (range(1, 8), range(1, 8), (7, 100, True)),
        (range(1, 4), range(2, 5), (2, 67, False)),
        (range(1, 4), [3, 9, 10, 11, 12], (1, 33, False)),
    ],
)
def test_share_of_the_smaller(
    first: range, second: range | list[int], found: tuple[int, int, bool]
) -> None:
    (row,) = overlap({"reading": frozenset(first), "attendance": frozenset(second)})
    assert (row.a, row.b) == ("attendance", "reading")
    assert (row.common, row.share_of_smaller, row.suggest_sharing) == found


def test_groups_with_nobody_in_common_are_left_out() -> None:
    assert overlap({"a": frozenset({1}), "b": frozenset({2}), "c": frozenset()}) == ()
    assert overlap({}) == ()


def test_the_closest_pair_comes_first() -> None:
    rows = overlap({"a": frozenset({1, 2}), "b": frozenset({2, 3}), "c": frozenset({2, 3, 4, 5})})
    assert [(row.a, row.b, row.share_of_smaller) for row in rows] == [
        ("b", "c", 100), ("a", "b", 50), ("a", "c", 50),
    ]  # fmt: skip


def test_a_rounded_share_suggests_nothing() -> None:
    """139 of 200 is 69.5: it reads as 70 and is less."""
    (row,) = overlap({"a": frozenset(range(200)), "b": frozenset(range(61, 300))})
    assert (row.common, row.share_of_smaller, row.suggest_sharing) == (139, 70, False)


@given(GROUPS, st.integers(1, 100))
def test_it_is_the_same_from_either_side(groups: dict[str, frozenset[int]], share: int) -> None:
    rows = overlap(groups, share)
    assert rows == overlap(dict(reversed(groups.items())), share)
    for row in rows:
        assert row.a < row.b
        assert row.common == len(groups[row.a] & groups[row.b])
        assert 0 < row.share_of_smaller <= 100
