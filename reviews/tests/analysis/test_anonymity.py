"""Which figures of one element are published, as tables; `test_anonymity_reviews` tries it out."""

from collections.abc import Mapping

import pytest

from reviews.analysis.anonymity import (
    EVERYONE,
    Cell,
    Frozen,
    Given,
    Part,
    freeze,
    word_beside_signed,
)
from reviews.models import EVERYONE as GROUP_OF_EVERYONE
from reviews.models import GROUPS
from reviews.tests.analysis.closings import close

Values = Mapping[str, tuple[int, ...]]
Says = str | tuple[float | None, float | None, str]
FROM = dict.fromkeys(GROUPS, 0) | {name: 100 * n for n, name in enumerate(GROUPS, 1)}


def cell(
    values: Values, *, first: int = 1, signed: Mapping[str, int | None] | None = None,
    silent: frozenset[str] = frozenset(), points: int = 4,
) -> Cell:  # fmt: skip
    """The n-th rater of a group is the same in every cell; score keys start anew from `first`."""
    given = frozenset(
        Given(FROM[group] + n, group, 1000 * first + FROM[group] + n, value)
        for group, row in values.items()
        for n, value in enumerate(row)
    )
    return Cell(points, given, frozenset(values) | silent, signed or {})


def shown(figures: Mapping[str, Frozen]) -> dict[str, float | None]:
    """The medians that are shown, of the groups."""
    return {
        name: figures[name].median for name in GROUPS if figures[name].state == "shown"
    }  # fmt: skip


def test_everyone_has_one_name() -> None:
    assert EVERYONE == GROUP_OF_EVERYONE


def test_a_group_needs_four_who_gave_a_value() -> None:
    now = cell({"self": (2, 2, 3, 3), "interviewee": (1, 1, 1)}, silent=frozenset({"survey"}))
    figures = freeze(now, [], GROUPS)
    assert shown(figures) == {"self": 2.5}
    assert {name: figures[name].state for name in GROUPS} == {
        "self": "shown", "interviewee": "confidential", "survey": "confidential",
        "focus_group": "none",
    }  # fmt: skip
    assert figures["interviewee"] == Frozen("confidential")


# What the row of everyone says of each element's values: (low, high, word) or its state.
OF_EVERYONE: list[tuple[Values, Says]] = [
    ({}, "none"),
    ({"self": (1, 1, 4)}, "confidential"),
    # a group of four by itself: nothing to compare it with
    ({"self": (2, 2, 3, 3)}, "confidential"),
    # five: the word; six: the middle half
    ({"self": (2, 2, 2, 3, 3)}, (None, None, "close")),
    ({"self": (1, 2, 2, 3, 3)}, (None, None, "discuss")),
    ({"self": (1, 2, 2, 3, 3, 4)}, (2, 3, "discuss")),
    ({"self": (2, 2, 2, 3, 3, 3)}, (2, 3, "close")),
    # groups too small each, together enough
    ({"self": (1, 2, 2), "interviewee": (3, 3, 4)}, (2, 3, "discuss")),
    ({"self": (3, 3), "interviewee": (3,), "survey": (4,)}, "confidential"),
    # two groups: from the lowest to the highest of what they say
    ({"self": (3, 3, 4, 4), "interviewee": (1, 1, 2, 2)}, (1.5, 3.5, "discuss")),
    ({"self": (3, 3, 3, 4), "interviewee": (2,) * 6}, (2, 3, "close")),
    # of a rest of three the row of everyone knows nothing
    ({"self": (3, 3, 3, 3, 3, 3), "survey": (1, 1, 1)}, (3, 3, "close")),
]
SIGNED: list[dict[str, int | None]] = [
    {}, {"unit": None}, {"unit": 1, "independent": 4}, {"unit": 4, "independent": 4},
]  # fmt: skip


@pytest.mark.parametrize("signed", SIGNED)
@pytest.mark.parametrize(("values", "says"), OF_EVERYONE)
def test_what_the_row_of_everyone_says_whatever_is_signed(
    values: Values, signed: dict[str, int | None], says: Says
) -> None:
    one = freeze(cell(values, signed=signed), [], GROUPS)[EVERYONE]
    assert one.median is None
    assert (one.state if one.state != "shown" else (one.low, one.high, one.spread)) == says


def test_signed_scores_are_shown_as_they_are() -> None:
    figures = freeze(cell({}, signed={"unit": 4, "independent": None}), [], GROUPS)
    assert figures["unit"] == Frozen("shown", 4.0)
    assert figures["independent"] == Frozen("shown"), "the body says that it cannot judge"


@pytest.mark.parametrize(
    ("word", "ends", "signed", "says"),
    [
        # word, ends of what is shown, signed scores, word for who reads these too
        ("", [], [], ""),
        ("", [], [3], ""),
        ("", [], [3, 2], "close"),
        ("", [], [4, 2], "discuss"),
        ("", [2.5], [4], "close"),
        ("", [2], [4], "discuss"),
        ("", [1.5], [], ""),
        ("close", [2, 2, 3], [], "close"),
        ("close", [2, 2, 3], [4], "discuss"),
        ("close", [], [4], "close"),
        ("discuss", [1, 3], [2], "discuss"),
    ],
)
def test_who_reads_signed_scores_sees_them_in_the_word(
    word: str, ends: list[float], signed: list[float], says: str
) -> None:
    assert word_beside_signed(word, ends, signed) == says


def test_four_on_a_scale_of_two_say_too_much() -> None:
    assert shown(freeze(cell({"self": (1, 2, 2, 2)}, points=2), [], GROUPS)) == {}
    assert shown(freeze(cell({"self": (1, 1, 2, 2, 2)}, points=2), [], GROUPS)) == {"self": 2}


# A first closing, the values after it, from where on scores are new, and what is shown then.
AGAIN: list[tuple[str, Values, Values, int, dict[str, float]]] = [
    ("all gave others", {"self": (1, 1, 2, 2)}, {"self": (3, 3, 4, 4)}, 0, {"self": 3.5}),
    ("three changed", {"self": (1, 1, 2, 2)}, {"self": (3, 3, 4, 2)}, 0, {"self": 1.5}),
    ("all saved again", {"self": (1, 1, 2, 2)}, {"self": (1, 1, 2, 2)}, 0, {"self": 1.5}),
    ("four of five", {"self": (1, 1, 1, 2, 2)}, {"self": (4, 4, 4, 4, 2)}, 4, {"self": 1}),
    ("four joined", {"self": (1, 1, 1, 2, 2)}, {"self": (1, 1, 1, 2, 2, 4, 4, 4, 4)}, 5,
     {"self": 1}),
    ("four joined who said the same again", {"self": (1, 1, 1, 2, 2)},
     {"self": (1, 1, 1, 2, 2, 4, 4, 4, 4)}, 0, {"self": 1}),
    ("all left", {"self": (1, 1, 2, 2)}, {}, 0, {"self": 1.5}),
    ("one more makes four", {"self": (1, 1, 2)}, {"self": (1, 1, 2, 2)}, 3, {"self": 1.5}),
    ("told of in a pool", {"self": (1, 1, 2), "survey": (2, 2)},
     {"self": (1, 1, 2, 2), "survey": (2, 2)}, 3, {}),
    ("another group", {"self": (1, 1, 2, 2)}, {"self": (1, 1, 2, 2), "survey": (3, 3, 3, 3)}, 4,
     {"self": 1.5, "survey": 3}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "same", "medians"), [row[1:] for row in AGAIN], ids=[r[0] for r in AGAIN]
)
def test_after_a_reopening(
    before: Values, after: Values, same: int, medians: dict[str, float]
) -> None:
    first = cell(before)
    later = cell(after, first=2)
    kept = {one.rater: one.score for one in first.given if one.rater % 100 < same}
    given = frozenset(
        Given(one.rater, one.group, kept.get(one.rater, one.score), one.value)
        for one in later.given
    )
    now = Cell(4, given, later.groups | first.groups)
    told: list[Part] = []
    close(first, told)
    assert shown(freeze(now, told, GROUPS)) == medians


def test_who_joined_is_told_of_in_the_row_of_everyone() -> None:
    first = cell({"self": (1, 1, 1, 2, 2)})
    told: list[Part] = []
    close(first, told)
    joined = frozenset(Given(500 + n, "self", 900 + n, 4) for n in range(4))
    now = Cell(4, first.given | joined, first.groups)
    figures = close(now, told)
    assert shown(figures) == {"self": 1}
    everyone = figures[EVERYONE]
    assert (everyone.low, everyone.high, everyone.spread) == (1, 3.5, "discuss")
    assert everyone.scores == {one.score for one in now.given}
    assert close(now, told) == figures


def test_who_was_told_of_in_a_pool_stays_there() -> None:
    """Others joined them: the new figure would tell of the same raters once more."""
    first = cell({"self": (1, 1, 2), "survey": (2, 2)})
    told: list[Part] = []
    before = close(first, told)[EVERYONE]
    now = cell({"self": (3, 3, 4, 4), "survey": (2, 2)}, first=2)
    figures = freeze(now, told, GROUPS)
    assert shown(figures) == {}
    assert figures[EVERYONE] == before


@pytest.mark.parametrize(("joined", "left"), [(1, 0), (0, 1)])
def test_new_values_beside_other_raters_are_not_told(joined: int, left: int) -> None:
    """All of four think again, and one comes or goes: the two figures could give one away."""
    first = cell({"self": (1, 1, 2, 2, 2)[: 4 + left]})
    told: list[Part] = []
    close(first, told)
    now = cell({"self": (4, 4, 4, 4, 4)[: 4 + joined]}, first=2)
    assert shown(freeze(now, told, GROUPS)) == {"self": 1.5 if not left else 2}


def test_a_figure_is_told_anew_once() -> None:
    told: list[Part] = []
    for number, values in enumerate([(1, 1, 2, 2), (3, 3, 4, 4), (1, 1, 1, 1)], 1):
        figures = close(cell({"self": values}, first=number), told)
    assert shown(figures) == {"self": 3.5}
