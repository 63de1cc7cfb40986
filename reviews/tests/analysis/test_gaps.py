"""Where those inside see themselves otherwise than those outside do."""

import pytest

from reviews.analysis.gaps import is_apart, widest


@pytest.mark.parametrize(
    ("figures", "group", "points"),
    [
        ({"self": 3.0, "interviewee": 2.0}, "interviewee", 1.0),
        ({"self": 3.0, "interviewee": 2.5, "independent": 1.0}, "independent", 2.0),
        ({"self": 2.0, "survey": 4.0, "focus_group": 1.5}, "survey", -2.0),
        ({"self": 3.5, "interviewee": 3.0}, "interviewee", 0.5),
        # the unit is no view from outside
        ({"self": 4.0, "unit": 1.0, "interviewee": 3.5}, "interviewee", 0.5),
    ],
)
def test_the_widest_gap(figures: dict[str, float], group: str, points: float) -> None:
    gap = widest(figures)
    assert gap is not None
    assert (gap.group, gap.points) == (group, points)
    assert is_apart(gap) is (abs(points) >= 1)


@pytest.mark.parametrize(
    "figures", [{}, {"self": 3.0}, {"interviewee": 3.0}, {"self": 4.0, "unit": 1.0}]
)
def test_without_both_views_there_is_none(figures: dict[str, float]) -> None:
    assert widest(figures) is None
    assert not is_apart(widest(figures))
