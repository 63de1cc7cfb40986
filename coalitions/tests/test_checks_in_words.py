"""The checks of a group in words, the map and the circles; nothing of it asks the database."""

import re
from typing import Any

import pytest

from coalitions.analysis.balance import Seat
from coalitions.models import (
    Appraisal,
    Candidate,
    Circle,
    Coalition,
    Difficulty,
    Level,
    Power,
    Standing,
    Status,
)
from coalitions.pages.balance import Checks, Line, group_checks
from coalitions.pages.choosing import finding
from coalitions.pages.drawings import circles_figure, power_figure
from coalitions.services.considered import Considered
from coalitions.tests.analysis.seats import SHORT_LIST, THIRTEEN
from people.models import Actor

STATUS = {"B": Status.EXCLUDED}


def one(seat: Seat, status: str = "", **said: str) -> Considered:
    """A candidate with the seat's levels, under the seat's letter."""
    number = ord(seat.key) - ord("A") + 1
    actor = Actor(pk=100 + number, name=f"Office {seat.key}", sphere=seat.sphere)
    view = Appraisal(
        alignment=str(seat.alignment), potential=str(seat.potential), power=str(seat.power),
        powers=",".join(seat.powers),
    )  # fmt: skip
    place = Standing(status=status or Status.PROPOSED, **said)
    return Considered(Candidate(number=number, actor=actor), [view], [place])


def mock_up() -> list[Considered]:
    """Thirteen, eight of them on the short list, B excluded."""
    found = []
    for seat in THIRTEEN:
        if seat.key == "B":
            said = {"reason": "very low now and possible", "plan": "The budget hearing."}
            found.append(one(seat, Status.EXCLUDED, **said))
        else:
            found.append(one(seat, Status.SHORTLISTED if seat in SHORT_LIST else ""))
    return found


def pair(first: str, second: str, **said: Any) -> Difficulty:
    keys = sorted(100 + ord(letter) - ord("A") + 1 for letter in (first, second))
    return Difficulty(between=f"{keys[0]},{keys[1]}", note="n", **said)


def line(checks: Checks, what: str) -> Line:
    (found,) = [row for row in (*checks.before, *checks.after) if row.what == what]
    return found


def checked(rows: list[Considered], *pairs: Difficulty, **more: Any) -> Checks:
    return group_checks(Coalition(sphere_limit=40), rows, pairs, **more)


def test_the_mock_up_in_words() -> None:
    checks = checked(mock_up(), pair("A", "C", plan="The Superintendent meets both."))
    assert checks.title == "Group checks, a group of 8"
    assert line(checks, "Size is right") == Line("8", "Size is right", ("Seven to ten.",))
    powers = line(checks, "All kinds of power present")
    assert powers.mark == "5/5"
    assert powers.said == ("Rests on one person: leadership, expertise.",)
    assert line(checks, "Spheres of influence").said == (
        "None above 40%.",
        "On the long list, and with nobody here: Employers, Families, Legislature, Treasury.",
    )
    assert line(checks, "Difficult pair").said == ("A and C. The Superintendent meets both.",)
    assert line(checks, "To win over").said == ("A, C: low now, and able to be high.",)
    assert line(checks, "Excluded, with a reason").said == (
        "B: very low now and possible. How we work around it: The budget hearing.",
    )
    warned = [row.what for row in checks.warnings]
    assert warned == ["All kinds of power present", "Difficult pair"]


def test_the_tally_holds_letters_and_words() -> None:
    rows = [(row.kind, "".join(row.main), row.said) for row in checked(mock_up()).tally]
    assert rows == [
        ("Leadership", "D", "rests on one person"),
        ("Management", "FG", "2 people"),
        ("Position", "AE", "2 people"),
        ("Expertise", "H", "rests on one person"),
        ("Credibility", "CI", "2 people"),
    ]


def test_whether_it_resembles_those_it_serves_is_asked_and_never_scored() -> None:
    for rows in ([], mock_up()):
        asked = checked(rows).after[-1]
        assert (asked.mark, asked.warns) == ("?", False)
        assert asked.what.endswith("?")


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "7 fewer than seven"), (6, "1 fewer than seven"), (7, "Size is right"),
     (10, "Size is right"), (11, "1 more than ten")],
)  # fmt: skip
def test_size(size: int, words: str) -> None:
    chosen = frozenset(row.number for row in mock_up()[:size])
    assert checked(mock_up(), chosen=chosen).before[0].what == words


def test_a_choice_is_checked_as_if_it_were_kept() -> None:
    checks = checked(mock_up(), pair("A", "C"), chosen=frozenset({1, 2}))
    assert checks.balance.size == 2
    assert line(checks, "No difficult pair inside the group").mark == "0"
    around = line(checks, "Unlikely ever to support it")
    assert around.warns
    assert around.said == ("B: very low now and at best. Work around them, however powerful.",)
    absent = line(checks, "Not all kinds of power are there")
    assert absent.said == (
        "Nobody brings: leadership, management, expertise.",
        "Only beside another kind: credibility.",
        "Rests on one person: credibility.",
    )


def test_a_kind_held_only_beside_another_is_told_apart() -> None:
    (seat,) = [seat for seat in THIRTEEN if seat.key == "D"]
    checks = checked([one(seat, Status.MEMBER)])
    management = checks.tally[list(Power).index(Power.MANAGEMENT)]
    assert (management.said, management.warns) == ("only beside another: D", True)
    assert "Only beside another kind: management." in checks.before[1].said


def test_too_many_from_one_sphere() -> None:
    rows = [one(Seat(key, 3, 4, 3, ("position",), "Board"), Status.MEMBER) for key in "ABC"]
    spheres = line(checked(rows), "Sphere of influence")
    assert spheres.warns
    assert spheres.said == ("Board: 100%, more than 40% of the group (A, B, C).",)


@pytest.mark.parametrize(
    ("found", "counted"),
    [
        (pair("A", "C"), True),
        (pair("A", "C", settled_on="2025-01-01"), False),
        (pair("A", "B"), False),
        (pair("A", "Z"), False),
    ],
)
def test_only_open_pairs_within_the_group_count(found: Difficulty, counted: bool) -> None:
    checks = checked(mock_up(), found)
    assert bool(checks.balance.conflicts) == counted
    if counted:
        said = line(checks, "Difficult pair").said
        assert said == ("A and C. Nobody deals with it yet: say who will.",)


def test_who_finds_it_hard_with_somebody_outside_is_named() -> None:
    found = [pair("C", "B"), pair("D", "Z"), pair("E", "B", settled_on="2025-01-01")]
    checks = checked(mock_up(), *found)
    none = line(checks, "No difficult pair inside the group")
    assert none == Line("0", none.what, ("Noted with others outside it: C, D.",))
    both = line(checked(mock_up(), *found, pair("A", "C")), "Difficult pair")
    assert both.said[1:] == ("Noted with others outside it: C, D.",)


def test_spheres_of_the_map_with_nobody_on_the_long_list_are_named() -> None:
    known = ["Press", " treasury", "press", *(row.sphere for row in mock_up())]
    said = line(checked(mock_up(), on_map=known), "Spheres of influence").said
    assert said[-1] == "On the map, and nobody on the long list: Press."


def test_whom_nobody_judged_counts_for_size_and_is_named() -> None:
    rows = mock_up()
    unjudged = Considered(rows[0].candidate, [], [Standing(status=Status.MEMBER)])
    checks = checked([unjudged, *rows[1:]])
    assert checks.balance.size == 8
    assert line(checks, "Not judged yet").said == (
        "A: judge alignment, potential and power first.",
    )
    assert power_figure([unjudged]).notes == ("Not on the map, for nobody has judged them yet: A.",)


@pytest.mark.parametrize(
    ("rows", "chosen", "words"),
    [
        ([], set(), "There is nobody to choose from yet."),
        (mock_up(), set(), "Nobody is chosen yet."),
        (mock_up(), {1, 3, 4, 5, 6, 7, 8, 9}, "A group of eight, and one check to talk about"),
        (mock_up(), {1}, "A group of one, and three checks to talk about"),
    ],
)
def test_the_heading_says_what_the_choice_comes_to(
    rows: list[Considered], chosen: set[int], words: str
) -> None:
    checks = checked(rows, chosen=frozenset(chosen))
    assert finding(checks, rows).startswith(words)


def test_a_group_that_no_check_warns_of() -> None:
    kinds = [kind.value for kind in Power] * 2
    rows = [
        one(Seat(key, 3, 4, 3, (kind,), f"Sphere {key}"), Status.MEMBER)
        for key, kind in zip("ABCDEFGHIJ", kinds, strict=True)
    ]
    checks = checked(rows)
    assert checks.warnings == ()
    assert finding(checks, rows) == "A group of ten, and no check warns of anything."


def test_the_map_shows_all_but_those_who_left() -> None:
    rows = [*mock_up()[:3], one(THIRTEEN[3], Status.LEFT)]
    figure = power_figure(rows)
    assert figure.title == "Power and alignment, 3 candidates"
    assert re.findall(r"<title>(\w) Office \w</title>", figure.svg) == ["A", "B", "C"]
    assert [str(label) in figure.svg for label in Level.labels] == [True] * 4
    assert figure.label in figure.svg


def test_the_circles_say_in_words_what_they_draw() -> None:
    rings = [Circle(name="Principals", size=1215), Circle(name="<b>Families</b>")]
    figure = circles_figure(8, rings)
    assert figure.label == (
        "Circles of leadership. Coalition of 8 people at the centre; Principals: 1,215; "
        "<b>Families</b>."
    )
    assert "<b>" not in figure.svg
    assert len(re.findall("<circle", circles_figure(8, [Circle(name="x")] * 12).svg)) == 10


def test_nothing_of_it_shows_where_a_fault_prints_what_a_page_was_given() -> None:
    checks, figure = checked(mock_up()), power_figure(mock_up())
    for shown in (checks, figure, *checks.before, *checks.tally, *checks.after):
        assert re.fullmatch(r"<coalitions\.pages\.\w+\.\w+ object at 0x\w+>", repr(shown))
