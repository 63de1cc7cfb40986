"""Lights that stand together: the lowest leads, none is left out."""

import pytest

from aspirations.analysis.standing import counts, lowest, rank, urgency


@pytest.mark.parametrize(
    ("lights", "expected"),
    [
        ([], "N"),
        (["N"], "N"),
        (["N", "N"], "N"),
        (["G"], "G"),
        (["G", "N"], "G"),
        (["G", "AG", "G"], "AG"),
        (["AG", "AR", "N", "G"], "AR"),
        (["G", "G", "G", "R"], "R"),
    ],
)
def test_the_lowest_light_leads(lights: list[str], expected: str) -> None:
    assert lowest(lights) == expected
    assert lowest(reversed(lights)) == expected


def test_every_light_is_counted_lowest_first() -> None:
    found = counts(["G", "N", "R", "G", "", "N"])
    assert list(found.items()) == [("R", 1), ("AR", 0), ("AG", 0), ("G", 2), ("N", 3)]


def test_not_judged_never_ranks_with_green() -> None:
    assert [rank(light) for light in ("R", "AR", "AG", "G", "N")] == [0, 1, 2, 3, 4]


def test_the_most_urgent_comes_first() -> None:
    rows = [
        ("not judged", "N", None, None),
        ("green", "G", 0.9, 0.1),
        ("red, further behind", "R", None, -0.5),
        ("red, a small chance", "R", 0.05, 0.2),
        ("red, nearer", "R", None, -0.4),
        ("red, a smaller chance", "R", 0.01, 0.3),
        ("amber-red", "AR", 0.2, -0.2),
    ]
    found = [name for name, *key in sorted(rows, key=lambda row: urgency(*row[1:]))]
    assert found == [
        "red, a smaller chance",
        "red, a small chance",
        "red, further behind",
        "red, nearer",
        "amber-red",
        "green",
        "not judged",
    ]
