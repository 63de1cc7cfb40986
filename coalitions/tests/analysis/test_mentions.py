"""Whether a text names an office."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalitions.analysis.mentions import names_one_of

WORDS = st.text("abc ’'-éÉ.,", max_size=30)


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Ask the Board chair first.", ["Board chair"], True),
        ("ask the BOARD  \n chair", ["Board chair"], True),
        ("the teachers’ union leader", ["Teachers' union leader"], True),
        ("the teachers' union leader", ["Teachers’ union leader"], True),
        ("Ministère de l’Éducation", ["ministere de l'education"], True),
        ("the vice-chair", ["vice–chair"], True),
        ("(Board chair)", ["Board chair"], True),
        ("Whiteboard chairs", ["Board chair"], False),
        ("the Board’s chair", ["Board chair"], False),
        ("nothing of the kind", ["Board chair"], False),
        ("formerly the Reading Tsar", ["Board chair", "reading tsar"], True),
        ("a (b) [c] d.e", ["(b) [c]"], True),
        ("axb", ["a.b"], False),
        ("", ["Board chair"], False),
        ("anything", [""], False),
        ("anything", [], False),
    ],
)
def test_names_are_found_as_whole_words(text: str, names: list[str], found: bool) -> None:
    assert names_one_of(text, names) is found


@given(WORDS, WORDS)
def test_a_name_between_other_words_is_found(before: str, after: str) -> None:
    assert names_one_of(f"{before} quillon warden {after}", ["Quillon Warden"])


@given(WORDS)
def test_a_text_without_it_names_nobody(text: str) -> None:
    assert not names_one_of(text, ["Quillon Warden"])
