"""The balance of a group, as tables: what the guide's own examples come to, and every edge."""

from collections.abc import Sequence

import pytest

from coalitions.analysis.balance import (
    KEEP_CLOSE,
    KINDS,
    LISTEN,
    RIGHT,
    TOO_FEW,
    TOO_MANY,
    WIN_OVER,
    WORK_AROUND,
    Seat,
    advice,
    balance,
)
from coalitions.tests.analysis.seats import (
    ADVISER,
    BY_KEY,
    CHAIR,
    DEPUTY,
    SHORT_LIST,
    THIRTEEN,
    UNION,
    seat,
)


def many(count: int, sphere: str = "") -> list[Seat]:
    """People who differ by key, and by sphere unless one is given."""
    return [seat(f"{number:03}", sphere=sphere or f"Sphere {number}") for number in range(count)]


# --------------------------------------------------------------------------- what levels come to
@pytest.mark.parametrize(
    ("who", "comes_to"),
    [(ADVISER, WIN_OVER), (CHAIR, WORK_AROUND), (UNION, WIN_OVER), (DEPUTY, WIN_OVER)],
    ids=lambda value: getattr(value, "key", value),
)
def test_the_four_of_the_exhibit_come_out_as_there(who: Seat, comes_to: str) -> None:
    assert advice(who) == comes_to


@pytest.mark.parametrize(
    ("comes_to", "keys"),
    [(WIN_OVER, "ACJN"), (WORK_AROUND, "B"), (KEEP_CLOSE, "DEFGHIKM"), (LISTEN, "")],
)
def test_the_thirteen_come_out_as_in_the_drawing(comes_to: str, keys: str) -> None:
    assert "".join(one.key for one in THIRTEEN if advice(one) == comes_to) == keys


@pytest.mark.parametrize(
    ("alignment", "potential", "comes_to"),
    [
        (1, 1, WORK_AROUND), (1, 2, LISTEN), (1, 3, WIN_OVER), (1, 4, WIN_OVER),
        (2, 1, LISTEN), (2, 2, LISTEN), (2, 3, WIN_OVER), (2, 4, WIN_OVER),
        (3, 1, KEEP_CLOSE), (3, 4, KEEP_CLOSE), (4, 2, KEEP_CLOSE), (4, 4, KEEP_CLOSE),
        (0, 0, LISTEN),
    ],
)  # fmt: skip
def test_every_pair_of_levels(alignment: int, potential: int, comes_to: str) -> None:
    assert {advice(seat("A", alignment, potential, power)) for power in (1, 4)} == {comes_to}


def test_disagreement_alone_excludes_nobody() -> None:
    assert advice(seat("A", alignment=1, potential=2)) != WORK_AROUND


# --------------------------------------------------------------------------- the mock-up's group
def test_the_short_list_of_eight() -> None:
    found = balance(
        SHORT_LIST, pairs=[("C", "A"), ("B", "A")], known_spheres=[s.sphere for s in THIRTEEN]
    )
    assert (found.size, found.verdict) == (8, RIGHT)
    assert [(check.kind, "".join(check.main)) for check in found.powers] == [
        ("leadership", "D"), ("management", "FG"), ("position", "AE"), ("expertise", "H"),
        ("credibility", "CI"),
    ]  # fmt: skip
    assert found.on_one == ("leadership", "expertise")
    assert (found.missing, found.beside_only) == ((), ())
    assert len(found.spheres) == 7
    assert found.over == ()
    assert found.missing_spheres == ("Employers", "Families", "Legislature", "Treasury")
    assert found.conflicts == (("A", "C"),)
    assert (found.to_win_over, found.to_work_around) == (("A", "C"), ())


def test_with_the_senate_chair_the_group_is_told_to_work_around_it() -> None:
    found = balance([*SHORT_LIST, BY_KEY["B"]])
    assert found.to_work_around == ("B",)
    assert found.verdict == RIGHT


# --------------------------------------------------------------------------- size
@pytest.mark.parametrize(
    ("size", "verdict"),
    [(0, TOO_FEW), (1, TOO_FEW), (6, TOO_FEW), (7, RIGHT), (10, RIGHT), (11, TOO_MANY),
     (40, TOO_MANY)],
)  # fmt: skip
def test_seven_to_ten(size: int, verdict: str) -> None:
    assert balance(many(size)).verdict == verdict


def test_other_bounds_can_be_given() -> None:
    assert balance(many(3), fewest=3, most=3).verdict == RIGHT
    assert balance(many(4), fewest=3, most=3).verdict == TOO_MANY


def test_nobody_is_a_group_too() -> None:
    found = balance([], pairs=[("A", "B")], known_spheres=["Board"])
    assert (found.size, found.spheres, found.conflicts) == (0, (), ())
    assert found.missing == KINDS
    assert found.missing_spheres == ("Board",)
    assert (found.on_one, found.to_win_over, found.to_work_around) == ((), (), ())


def test_one_key_stands_for_one_person() -> None:
    with pytest.raises(ValueError, match="share a key"):
        balance([seat("A"), seat("A")])


# --------------------------------------------------------------------------- powers
@pytest.mark.parametrize(
    ("powers", "missing", "beside_only", "on_one"),
    [
        ([], "LMPEC", "", ""),
        (["L"], "MPEC", "", "L"),
        (["LM"], "PEC", "M", "LM"),
        (["LM", "LM"], "PEC", "M", ""),
        (["LM", "ML"], "PEC", "", "LM"),
        (["L", "M", "P", "E", "C"], "", "", "LMPEC"),
        (["LMPEC", "CL"], "", "MPE", "LMPEC"),
        ([""], "LMPEC", "", ""),
    ],
)
def test_kinds_of_power(powers: Sequence[str], missing: str, beside_only: str, on_one: str) -> None:
    found = balance([seat(str(number), powers=kinds) for number, kinds in enumerate(powers)])

    def letters(kinds: Sequence[str]) -> str:
        return "".join(kind[0].upper() for kind in kinds)

    assert letters(found.missing) == missing
    assert letters(found.beside_only) == beside_only
    assert letters(found.on_one) == on_one
    assert len(found.present) + len(found.missing) == len(KINDS)


# --------------------------------------------------------------------------- spheres
@pytest.mark.parametrize(
    ("part", "size", "limit", "share", "over"),
    [
        (4, 10, 40, 40, False),
        (5, 10, 40, 50, True),
        (3, 7, 40, 43, True),
        (2, 5, 40, 40, False),
        (3, 8, 40, 38, False),
        (2, 7, 29, 29, False),
        (2, 7, 28, 29, True),
        (1, 3, 33, 33, True),
        (1, 1, 100, 100, False),
        (17, 42, 40, 40, True),
    ],
)
def test_no_more_than_the_limit_from_one_sphere(
    part: int, size: int, limit: int, share: int, over: bool
) -> None:
    others = [seat(f"x{number}", sphere=f"Other {number}") for number in range(size - part)]
    found = balance([*many(part, "Board"), *others], limit=limit)
    board = next(check for check in found.spheres if check.sphere == "Board")
    assert (board.share_percent, board.over) == (share, over)
    assert len(board.keys) == part


def test_capitals_and_spaces_make_no_other_sphere() -> None:
    found = balance(
        [seat("A", sphere="Board"), seat("B", sphere=" board ")],
        known_spheres=["BOARD", "Schools", "schools ", ""],
    )
    assert [(check.sphere, check.keys) for check in found.spheres] == [("Board", ("A", "B"))]
    assert found.missing_spheres == ("Schools",)


def test_the_largest_sphere_comes_first() -> None:
    found = balance(
        [seat("A", sphere="Board"), seat("B", sphere="Teachers"), seat("C", sphere="Teachers")]
    )
    assert [check.sphere for check in found.spheres] == ["Teachers", "Board"]


# --------------------------------------------------------------------------- pairs
@pytest.mark.parametrize(
    ("pairs", "conflicts"),
    [
        ([("A", "B")], (("A", "B"),)),
        ([("B", "A"), ("A", "B")], (("A", "B"),)),
        ([("A", "X")], ()),
        ([("A", "A")], ()),
        ([("AA", "B"), ("AA", "A")], (("A", "AA"), ("B", "AA"))),
    ],
)
def test_pairs_within_the_group(
    pairs: list[tuple[str, str]], conflicts: tuple[tuple[str, str], ...]
) -> None:
    assert balance([seat("A"), seat("B"), seat("AA")], pairs=pairs).conflicts == conflicts


def test_z_comes_before_aa() -> None:
    found = balance([seat("AA", 2), seat("Z", 2), seat("B", 2)])
    assert found.to_win_over == ("B", "Z", "AA")
