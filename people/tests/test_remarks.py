"""The sentences of the map of actors, by rules."""

from datetime import date

import pytest

from people.landscape import GENERAL, SOURCES, meet, prompts, words
from people.models import Actor, Relation, System
from people.pages.relations import MANNERS, listed, told
from people.pages.remarks import headline, remarks

TODAY = date(2025, 3, 14)
NAMES = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa".split()


def actors(count: int, spheres: int = 2) -> list[Actor]:
    return [Actor(pk=n, name=NAMES[n - 1], sphere=f"Sphere {n % spheres}")
            for n in range(1, count + 1)]  # fmt: skip


def related(*rows: tuple[int, int], kind: str = "authority") -> list[Relation]:
    return [Relation(source_id=source, target_id=target, kind=kind) for source, target in rows]


HEADLINES = [
    (0, 1, [], "Nobody is on the map yet. Who can say yes, and who can say no?"),
    (1, 1, [], "One actor is on the map so far: Alpha"),
    (3, 1, [], "Three actors in one sphere have a say; "
               "how they are related is still to be written down"),
    (10, 2, related((1, 2), (1, 3)), "10 actors in two spheres have a say; "
                                     "Alpha stands in authority over two"),
    (3, 2, related((1, 2), (3, 2)), "Three actors in two spheres have a say; "
                                    "no single one directs more than the others"),
    (4, 2, related((1, 2)), "Four actors in two spheres have a say; "
                            "two are related to none of the others"),
    (3, 2, related((1, 2), kind="funding"), "Three actors in two spheres have a say; "
                                            "one is related to none of the others"),
]  # fmt: skip


@pytest.mark.parametrize(("count", "spheres", "relations", "sentence"), HEADLINES)
def test_the_headline(count: int, spheres: int, relations: list[Relation], sentence: str) -> None:
    assert headline(actors(count, spheres), relations) == sentence


def test_whom_several_direct_and_who_stands_alone() -> None:
    assert remarks(actors(4), related((1, 3), (2, 3)), TODAY) == [
        "Gamma answers to two: Alpha and Beta.", "Delta is related to nobody on the map.",
    ]  # fmt: skip


def test_many_are_named_in_part() -> None:
    [alone] = remarks(actors(8), related((1, 2)), TODAY)
    assert alone == "Gamma, Delta, Epsilon and three more are related to nobody on the map."


TERMS = [
    (date(2025, 3, 13), ["The term of Alpha ended on 13 March 2025. Who holds it now?"]),
    (TODAY, ["The term of Alpha ends on 14 March 2025."]),
    (date(2026, 3, 14), ["The term of Alpha ends on 14 March 2026."]),
    (date(2026, 3, 15), []),
    (None, []),
]


@pytest.mark.parametrize(("day", "expected"), TERMS)
def test_terms_that_end_within_a_year(day: date | None, expected: list[str]) -> None:
    [actor] = actors(1)
    actor.term_ends = day
    assert remarks([actor], [], TODAY) == expected


def test_relations_are_told_from_where_one_stands() -> None:
    rows = [*related((1, 3), (1, 2), (4, 1)), *related((1, 2), (3, 1), kind="informal")]
    names = {actor.pk: actor.name for actor in actors(4)}
    assert told(actors(1)[0], rows, names) == (
        "Directs Beta and Gamma; has the ear of Beta; answers to Delta; listens to Gamma"
    )
    assert told(actors(1)[0], [], names) == ""


def test_every_kind_of_relation_has_words_and_a_letter_of_its_own() -> None:
    assert list(MANNERS) == Relation.Kind.values
    assert len({manner.letter for manner in MANNERS.values()}) == len(MANNERS)
    assert listed(["A", "B", "C"]) == "A, B and C"


MEETING = [
    ("Board", "State board", True),
    ("The Governor's office", "Governor’s office", True),
    ("Teachers’ union", "Teachers", True),
    ("School boards", "State board", False),
    ("", "Board", False),
]


@pytest.mark.parametrize(("one", "other", "is_one"), MEETING)
def test_spheres_that_are_called_alike_are_one_source(one: str, other: str, is_one: bool) -> None:
    assert meet(words(one), words(other)) is is_one


@pytest.mark.parametrize("kind", System.Kind.values)
def test_every_kind_of_system_has_prompts(kind: str) -> None:
    found = prompts(kind, [])
    assert len(found) >= 6
    assert not any(one.is_there for one in found)
    assert len({one.sphere for one in found}) == len(found)
    full = prompts(kind, [one.sphere.upper() for one in found])
    assert all(one.is_there for one in full)


def test_kinds_without_a_list_take_the_general_one() -> None:
    assert set(System.Kind.values) - set(SOURCES) == {"cross_sector", "other"}
    assert len(prompts("other", [])) == len(GENERAL)
