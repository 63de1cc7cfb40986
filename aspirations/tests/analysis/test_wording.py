"""Two wordings, word by word."""

import pytest

from aspirations.analysis.wording import pieces

CASES = [
    ("", "", ""),
    ("Every child reads", "Every child reads", "Every child reads"),
    ("", "Read", "[+Read]"),
    ("Read", "", "[-Read]"),
    ("Every child reads", "Every pupil reads", "Every [-child] [+pupil] reads"),
    ("reads", "Every child reads", "[+Every child] reads"),
    ("Every child reads well", "Every child reads", "Every child reads [-well]"),
    ("a  b\nc", "a b c", "a b c"),
    ("one two", "three four", "[-one two] [+three four]"),
]
SIGNS = {"same": "{}", "out": "[-{}]", "in": "[+{}]"}


@pytest.mark.parametrize(("before", "after", "shown"), CASES)
def test_what_stayed_went_and_came(before: str, after: str, shown: str) -> None:
    found = [SIGNS[part.kind].format(part.text) for part in pieces(before, after)]
    assert " ".join(found) == shown


def test_a_word_met_often_still_matches() -> None:
    long = " ".join(["the"] * 300)
    assert [part.kind for part in pieces(f"{long} end", f"{long} start")] == [
        "same", "out", "in",
    ]  # fmt: skip
