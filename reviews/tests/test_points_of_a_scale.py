"""How points of a scale are shown: lights where a rubric has them, slate and words elsewhere."""

import pytest

from reviews.models import Figure, Rubric
from reviews.pages.scales import Scale, scale_of

LIT = Scale(("Red", "Amber-Red", "Amber-Green", "Green"), ("",) * 4, lights=True)
SLATE = Scale(("Apart", "Linked", "Joined", "One"), ("",) * 4, lights=False)
SIX = Scale(tuple("abcdef"), ("",) * 6, lights=False)


@pytest.mark.parametrize(
    ("scale", "median", "bound", "text", "word", "light", "shade"),
    [
        (LIT, 1.0, "", "1", "Red", "R", "k1"),
        (LIT, 4.0, "", "4", "Green", "G", "k4"),
        (LIT, 2.5, "", "2.5", "between Amber-Red and Amber-Green", "", "mid-2"),
        (LIT, 3.5, "high", "3.5 or higher", "between Amber-Green and Green", "", "mid-3"),
        (LIT, 1.5, "low", "1.5 or lower", "between Red and Amber-Red", "", "mid-1"),
        (SLATE, 1.0, "", "1", "Apart", "", "n1"),
        (SLATE, 3.0, "", "3", "Joined", "", "n4"),
        (SLATE, 3.5, "", "3.5", "between Joined and One", "", "n5"),
        (SIX, 6.0, "", "6", "f", "", "n6"),
    ],
)
def test_a_median(
    scale: Scale, median: float, bound: str, text: str, word: str, light: str, shade: str
) -> None:
    cell = scale.figure(Figure(state="shown", median=median, bound=bound))
    assert (cell.text, cell.word, cell.light, cell.shade) == (text, word, light, shade)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (None, "–"),
        (Figure(state="none"), "–"),
        (Figure(state="confidential"), "Confidential"),
    ],
)
def test_what_is_not_shown_says_why(figure: Figure | None, text: str) -> None:
    cell = LIT.figure(figure)
    assert cell.text == text
    assert not cell.is_value


@pytest.mark.parametrize(
    ("lens", "points", "lights"),
    [("lights", 4, True), ("lights", 2, False), ("grid", 4, False), ("triangle", 4, False)],
)
def test_only_a_rubric_of_lights_with_a_light_for_each_point_shows_them(
    lens: str, points: int, lights: bool
) -> None:
    scale = [{"name": f"Point {number}"} for number in range(points)]
    assert scale_of(Rubric(lens=lens, scale=scale)).lights is lights


def test_a_round_without_a_rubric_has_no_points() -> None:
    assert scale_of(None).points == 0
