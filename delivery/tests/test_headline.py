"""The dashboard's finding, light by light: honest when all is well, and when nobody can say."""

import pytest

from aspirations.analysis.standing import urgency
from delivery.board.headline import Standing, eyebrow, headline

TITLES = ("Reading", "Graduation", "Attendance", "Teachers", "Health", "Homes", "Jobs", "Roads")


def standings(*lights: str) -> list[Standing]:
    return [
        Standing(title, light, urgency(light, None, None))
        for title, light in zip(TITLES, lights, strict=False)
    ]


@pytest.mark.parametrize(
    ("lights", "expected"),
    [
        ([], "No aspiration has been set yet."),
        # one alone
        (["G"], "“Reading” is on course."),
        (["AG"], "“Reading” is close to plan."),
        (["AR"], "“Reading” is Amber-Red and needs attention."),
        (["R"], "“Reading” is Red and needs a decision."),
        (["N"], "“Reading” cannot be judged yet."),
        # all alike
        (["G", "G", "G", "G"], "All four aspirations are on course."),
        (["G", "AG", "G"], "All three aspirations are close to plan."),
        (["N", "N"], "None of the two aspirations can be judged yet."),
        (
            ["AR", "R", "AR"],
            "All three aspirations are off course. “Graduation” is in the deepest trouble: "
            "it is Red and needs a decision.",
        ),
        # one in trouble
        (
            ["AR", "AG", "AG", "G"],
            "Three of four aspirations are close to plan. "
            "“Reading” is Amber-Red and needs attention.",
        ),
        (
            ["G", "R"],
            "One of two aspirations is close to plan. “Graduation” is Red and needs a decision.",
        ),
        # several in trouble
        (
            ["AR", "G", "AR"],
            "One of three aspirations is close to plan. “Reading” is in the deepest trouble: "
            "it is Amber-Red and needs attention.",
        ),
        # not judged is neither near nor off, and is said
        (
            ["G", "G", "N"],
            "Two of three aspirations are close to plan. One cannot be judged yet.",
        ),
        (
            ["R", "N", "N"],
            "One of three aspirations is off course. “Reading” is Red and needs a decision. "
            "Two cannot be judged yet.",
        ),
        (
            ["AG", "AR", "N", "N"],
            "One of four aspirations is close to plan. “Graduation” is Amber-Red and needs "
            "attention. Two cannot be judged yet.",
        ),
    ],
)
def test_finding(lights: list[str], expected: str) -> None:
    assert headline(standings(*lights)) == expected


def test_the_deepest_trouble_is_the_lowest_chance_among_the_lowest_lights() -> None:
    rows = [
        Standing("Reading", "R", urgency("R", 0.08, -0.4)),
        Standing("Attendance", "AR", urgency("AR", 0.11, -0.9)),
        Standing("Teachers", "R", urgency("R", 0.02, -0.1)),
    ]
    assert "“Teachers” is in the deepest trouble" in headline(rows)


def test_nothing_unjudged_is_ever_called_near_its_plan() -> None:
    for good in range(1, 4):
        for unjudged in range(1, 4):
            text = headline(standings(*["G"] * good, *["N"] * unjudged))
            assert "cannot be judged yet" in text
            assert not text.startswith("All")


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, "No aspirations"), (1, "One aspiration"), (4, "Four aspirations"), (12, "12 aspirations")],
)
def test_eyebrow(count: int, expected: str) -> None:
    assert eyebrow(count) == expected
