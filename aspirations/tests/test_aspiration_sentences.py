"""What is said of an aspiration."""

import pytest

from aspirations.sentences import aspirations as words


@pytest.mark.parametrize(
    ("status", "light", "headlines", "said"),
    [
        ("adopted", "R", 1, "“Read” is Red and needs a decision."),
        ("adopted", "AR", 1, "“Read” is Amber-Red and needs attention."),
        ("draft", "AG", 2, "“Read” is close to plan."),
        ("adopted", "G", 2, "“Read” is on course."),
        ("adopted", "N", 1, "“Read” cannot be judged yet."),
        ("adopted", "N", 0, "“Read” has no headline metric yet, so nothing says how it stands."),
        ("retired", "R", 1, "“Read” is retired."),
    ],
)
def test_its_finding(status: str, light: str, headlines: int, said: str) -> None:
    assert words.finding("Read", status, light, headlines) == said


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ([], ""),
        (["headline"], "It lacks a headline outcome."),
        (["headline", "early"], "It lacks a headline outcome and a leading or process metric."),
        (
            ["headline", "early", "balancing"],
            "It lacks a headline outcome, a leading or process metric and a balancing metric.",
        ),
    ],
)
def test_what_it_lacks(lacking: list[str], said: str) -> None:
    assert words.missing_text(lacking) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ((6, 8), (3, 8), "up from 3 of 8"),
        ((6, 8), (30, 40), "as before, 30 of 40"),
        ((1, 8), (2, 8), "down from 2 of 8"),
    ],
)
def test_how_a_probe_moved(now: tuple[int, int], before: tuple[int, int], said: str) -> None:
    assert words.probe_change(now, before) == said


def test_a_review_names_its_weakest_criteria() -> None:
    names = {"a": "Ambitious", "b": "Focused"}
    assert words.review_text("alter", {"a": 2, "b": 2}, names) == (
        "To be altered; weakest: Ambitious, Focused, 2 of 4."
    )
    assert words.review_text("endorse", {"a": 4, "b": 4}, names) == (
        "Endorsed as it stands; strong on every criterion."
    )
    assert words.review_text("redefine", {}, names) == "To be redefined."


@pytest.mark.parametrize(
    ("now", "intended", "said"),
    [
        ("", "", ""),
        ("Status quo", "", "Now in “Status quo”. Where it is meant to be has not been said."),
        ("Status quo", "Status quo", "It is where it is meant to be: Status quo."),
        ("Status quo", "Transformation", "Now in “Status quo”; meant for “Transformation”."),
    ],
)
def test_its_place_on_the_map(now: str, intended: str, said: str) -> None:
    assert words.place_text(now, intended) == said
