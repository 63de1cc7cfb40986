"""Two rounds are compared only where both ask the same."""

import pytest

from reviews.analysis.comparison import Asked, Movement, Sheet, alike, compare, counts

SCALE = (("Red", "weak"), ("Green", "strong"))


def asked(code: str, value: int | None = None, words: str = "same") -> Asked:
    return Asked(code, f"Title {code}", (words, "weak", "strong"), value)


def sheet(*rows: Asked, rubric: str = "capacity", scale: object = SCALE) -> Sheet:
    return Sheet(rubric, scale, rows)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("earlier", "now", "movement", "steps"),
    [
        (1, 3, "stronger", 2),
        (3, 2, "weaker", -1),
        (2, 2, "same", 0),
        (None, 2, "open", 0),
        (2, None, "open", 0),
        (None, None, "open", 0),
    ],
)
def test_how_one_element_moved(
    earlier: int | None, now: int | None, movement: str, steps: int
) -> None:
    (pair,) = compare(sheet(asked("1A", earlier)), sheet(asked("1A", now)))
    assert (pair.movement, pair.steps) == (movement, steps)


@pytest.mark.parametrize(
    ("earlier", "now", "found"),
    [
        # earlier                  now                         what is said of each
        ([("1A", "a")],            [("1A", "a")],              {"1A": "same"}),
        ([("1A", "a")],            [("1A", "b")],              {"1A": "reworded"}),
        ([("1A", "a")],            [("9Z", "a")],              {"9Z": "same"}),
        ([("1A", "a")],            [("1A", "a"), ("1B", "b")], {"1A": "same", "1B": "new"}),
        ([("1A", "a"), ("1B", "b")], [("1A", "a")],            {"1A": "same", "1B": "removed"}),
        # two elements changed places: the words count, not the code
        ([("1A", "a"), ("1B", "b")], [("1A", "b"), ("1B", "a")], {"1A": "same", "1B": "same"}),
        # one was worded anew under its code while its words went to a new one
        ([("1A", "a")],            [("1A", "b"), ("1B", "a")], {"1A": "new", "1B": "same"}),
        # all ask the same words: then the codes tell them apart
        ([("1A", "a"), ("1B", "a")], [("1B", "a"), ("1A", "a")], {"1A": "same", "1B": "same"}),
        ([],                       [("1A", "a")],              {"1A": "new"}),
        ([("1A", "a")],            [],                         {"1A": "removed"}),
    ],
)  # fmt: skip
def test_which_elements_ask_the_same(
    earlier: list[tuple[str, str]], now: list[tuple[str, str]], found: dict[str, str]
) -> None:
    before, after = (
        sheet(*(asked(code, 2, words) for code, words in rows)) for rows in (earlier, now)
    )
    assert {pair.code: pair.movement for pair in compare(before, after)} == found


def test_a_moved_element_keeps_its_own_judgment() -> None:
    before = sheet(asked("1A", 1, "a"), asked("1B", 4, "b"))
    pairs = compare(before, sheet(asked("1A", 3, "b"), asked("1B", 3, "a")))
    assert [(pair.code, pair.steps) for pair in pairs] == [("1A", -1), ("1B", 2)]


@pytest.mark.parametrize(
    "scale",
    [
        (("Red", "weak"), ("Amber", "mixed"), ("Lime", "mostly"), ("Green", "strong")),
        (("Red", "weak"), ("Green", "very strong")),
        (("Poor", "weak"), ("Green", "strong")),
    ],
)
def test_on_another_scale_nothing_compares(scale: object) -> None:
    (pair,) = compare(sheet(asked("1A", 1)), sheet(asked("1A", 2), scale=scale))
    assert pair.movement == Movement.RESCALED
    assert pair.steps == 0


def test_with_another_rubric_nothing_compares() -> None:
    pairs = compare(sheet(asked("1A", 1), rubric="place"), sheet(asked("1A", 2)))
    assert [pair.movement for pair in pairs] == [Movement.OTHER]


def test_they_come_in_the_order_of_now_and_what_is_gone_comes_last() -> None:
    before = sheet(asked("0X", 1, "x"), asked("1A", 1, "a"))
    pairs = compare(before, sheet(asked("2B", 1, "b"), asked("1A", 1, "a")))
    assert [pair.code for pair in pairs] == ["2B", "1A", "0X"]


def test_headlines_count_and_never_average() -> None:
    before = sheet(asked("1A", 1), asked("1B", 1, "b"), asked("1C", 4, "c"), asked("1D", 2, "d"))
    now = sheet(asked("1A", 4), asked("1B", 1, "b"), asked("1C", 3, "c"), asked("1D", None, "d"))
    pairs = compare(before, now)
    assert counts(pairs) == {"stronger": 1, "same": 1, "weaker": 1, "open": 1}
    assert alike(pairs) == 4
