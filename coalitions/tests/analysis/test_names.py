"""Names on several lists: which are one, which may be, and that no order tells whose they are."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalitions.analysis.names import close_to, is_close, most_written, name_key, unique_names

ONE = [
    ("Budget director", "budget  DIRECTOR"),
    ("The Budget Director", "Budget director"),
    ("Teachers' union leader", "Teachers’ Union Leader"),
    ("Governor’s education adviser", "Governors education adviser"),
    ("Co-chair, State Board", "Cochair State Board"),
    ("Research & planning", "Research and Planning"),
    ("San José superintendent", "San Jose Superintendent"),
    ("The", "the"),
    ("Straße", "strasse"),
]
CLOSE = [
    ("Board of Education chair", "Chair of the Board of Education"),
    ("Chair, Senate education", "Senate Education Chair"),
    ("Superintendant of schools", "Superintendent of schools"),
    ("Principals’ association chair", "Principals association chairs"),
    ("Deputy Superintendent", "Deputy Superintendents"),
]
APART = [
    ("Budget director", "Business council lead"),
    ("Senate education chair", "House education chair"),
    ("Deputy Superintendent", "Superintendent"),
    ("Teachers’ union leader", "Administrators’ union leader"),
    ("!!!", "???"),
    ("The", "Of the"),
    ("", "Budget director"),
]
NAMES = st.text(st.characters(codec="utf-8"), max_size=30)


@pytest.mark.parametrize(("one", "other"), ONE)
def test_these_are_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert len(unique_names([one, other])) == 1
    assert not is_close(one, other)


@pytest.mark.parametrize(("one", "other"), CLOSE)
def test_these_may_be_one_and_a_person_says_so(one: str, other: str) -> None:
    assert is_close(one, other)
    assert len(unique_names([one, other])) == 2


@pytest.mark.parametrize(("one", "other"), APART)
def test_these_are_two(one: str, other: str) -> None:
    assert not is_close(one, other)
    assert len(unique_names([one, other])) == 2


def test_the_places_of_all_who_wrote_it_are_kept() -> None:
    names = ["Mayor", "Budget director", "the mayor", "MAYOR", "the mayor"]
    [budget, mayor] = unique_names(names)
    assert (budget.name, budget.at) == ("Budget director", (1,))
    assert (mayor.name, mayor.at) == ("the mayor", (0, 2, 3, 4))


def test_it_is_written_as_most_wrote_it_else_by_the_alphabet() -> None:
    assert most_written(["mayor", "Mayor", "mayor"]) == "mayor"
    assert most_written(["mayor", "Mayor "]) == "Mayor"


def test_close_ones_are_found_by_their_place() -> None:
    others = ["Senate education chair", "Mayor", "Education chair of the Senate"]
    assert close_to("Chair, Senate education", others) == [0, 2]
    assert close_to("Mayor", others) == []


@given(NAMES)
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@given(NAMES)
def test_only_what_is_blank_has_no_key(name: str) -> None:
    assert bool(name_key(name)) == bool(name.strip())


@given(NAMES, NAMES)
def test_closeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    assert is_close(one, other) == is_close(other, one)


@given(NAMES)
def test_nothing_is_close_to_itself(name: str) -> None:
    assert not is_close(name, name)


@given(st.lists(NAMES, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_no_name(names: list[str], dice: random.Random) -> None:
    mixed = list(names)
    dice.shuffle(mixed)
    assert [one.name for one in unique_names(mixed)] == [one.name for one in unique_names(names)]


@given(st.lists(NAMES, max_size=12))
def test_every_place_is_under_one_name(names: list[str]) -> None:
    places = [place for one in unique_names(names) for place in one.at]
    assert sorted(places) == list(range(len(names)))
