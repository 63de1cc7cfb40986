"""The evidence chart as SVG: what is drawn in which layer, and that no word covers another."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations

import numpy as np
import pytest

from aspirations.analysis import periods
from aspirations.analysis.engine import Block, Track, track
from aspirations.analysis.trajectories import Path
from aspirations.charts.drawing import Drawing, Tick
from aspirations.charts.evidence_drawing import Scene, drawings
from aspirations.charts.flags import Marked, rows
from aspirations.charts.parts import Ahead, Words
from aspirations.charts.places import WIDE_LETTER, Box, touch

MONTH = periods.Frequency.MONTH
START = periods.ordinal(MONTH, date(2024, 1, 1))
VALUES = [54.0, 55.2, 53.8, 54.9, 55.1, 54.4, 56.0, 57.5, 58.0, 60.1, 61.0, 62.4]
TICKS = [
    Tick(date(2024, 1, 1), date(2025, 1, 1), "2024"),
    Tick(date(2025, 1, 1), date(2026, 1, 1), "2025"),
]
WORDS = Words(
    actual="62.4% actual", path="Path", target="Target 72%<br>Dec 2025",
    forecast="Forecast 71%<br>68.0 to 74.0", limits=["Natural limits, 12 points"],
    gap="0.4 points ahead of path", earlier=["Before: 68%"], suffix="%",
)  # fmt: skip


def tracked(values: Sequence[float], low: float | None = None, high: float | None = None) -> Track:
    path = Path("linear", START, values[0], START + 23, 72.0, low=low, high=high)
    return track(Block(
        frequency=MONTH, first=START, actual=np.array([values]), sign=np.array([1]), paths=[path],
        as_of=date(2025, 6, 30),
    ))  # fmt: skip


def drawn(values: Sequence[float] = VALUES, **more: object) -> list[Drawing]:
    of = tracked(values, 66.0, 76.0)
    days = [periods.start(MONTH, of.first + k) for k in range(of.actual.shape[1])]
    ahead = Ahead(days[-1], 72.0, 71.0, 68.0, 74.0)
    return drawings(Scene(of, days, ahead, WORDS, TICKS, **more))  # type: ignore[arg-type]


def layers(drawing: Drawing) -> set[str]:
    return {layer.name for layer in drawing.layers}


def boxes(drawing: Drawing) -> list[tuple[str, Box]]:
    """The room that each word takes, at the width of most fonts."""
    found = []
    for layer in drawing.layers:
        for word in layer.words:
            wide, x, y = len(word.words) * WIDE_LETTER, float(word.x), float(word.y)
            left = {"start": x, "end": x - wide, "middle": x - wide / 2}[word.anchor]
            found.append((word.words, (left, y - 10, left + wide, y + 2)))
    return found


def test_a_wide_and_a_narrow_drawing_are_made() -> None:
    assert [drawing.name for drawing in drawn()] == ["wide", "narrow"]


def test_each_layer_that_can_be_switched_is_apart() -> None:
    ghost = np.linspace(54.0, 68.0, 24)
    events = [Marked(1, "circle", date(2024, 5, 3))]
    wide, narrow = drawn(ghosts=[ghost], events=events)
    wanted = {"grid", "range", "variation", "events", "earlier", "forecast", "path", "actual"}
    assert wanted <= layers(wide)
    assert wanted <= layers(narrow)


def test_what_is_not_there_has_no_layer() -> None:
    wide, _narrow = drawn()
    assert {"events", "earlier"}.isdisjoint(layers(wide))


def test_a_band_has_its_edges_and_no_range() -> None:
    wide, _narrow = drawn(band=(50.0, 60.0))
    assert "range" not in layers(wide)
    path = next(layer for layer in wide.layers if layer.name == "path")
    assert len(path.strokes) == 2


def test_a_missing_period_has_no_point_and_the_line_runs_on() -> None:
    wide, _narrow = drawn([*VALUES[:4], float("nan"), *VALUES[5:]])
    actual = next(layer for layer in wide.layers if layer.name == "actual")
    strokes = {stroke.kind: stroke.d for stroke in actual.strokes}
    assert strokes["p-act"].count("M") == len(VALUES) - 1
    assert strokes["l-act"].count("M") == 1


@pytest.mark.parametrize("values", [VALUES, VALUES[::-1], [60.0] * 12, [54.0, 71.9]])
def test_no_word_covers_another(values: list[float]) -> None:
    ghost = np.linspace(54.0, 70.0, 24)
    for drawing in drawn(values, ghosts=[ghost]):
        for (one, first), (other, second) in combinations(boxes(drawing), 2):
            assert not touch(first, second), f"{drawing.name}: “{one}” and “{other}”"


def test_words_stay_in_the_box() -> None:
    for drawing in drawn():
        for words, (left, _top, right, _bottom) in boxes(drawing):
            assert left >= 0, words
            assert right <= float(drawing.width) + 4, words


def test_words_are_plain_where_plotly_would_have_them_escaped() -> None:
    of = tracked(VALUES)
    days = [periods.start(MONTH, of.first + k) for k in range(of.actual.shape[1])]
    words = Words(path="A &amp; B &lt;i&gt;")
    wide, _narrow = drawings(Scene(of, days, None, words, TICKS))
    assert "A & B <i>" in [word.words for layer in wide.layers for word in layer.words]


@pytest.mark.parametrize(
    ("what", "places", "expected"),
    [
        ("apart", [0, 30, 60], [0, 0, 0]),
        ("too near for one row", [0, 5, 30], [0, 1, 0]),
        ("three at once", [0, 1, 2], [0, 1, 2]),
        ("more than there are rows", [0, 1, 2, 3, 4], [0, 1, 2, 3, 3]),
        ("none", [], []),
    ],
)
def test_numbers_of_events_stand_clear(what: str, places: list[float], expected: list[int]) -> None:
    assert rows(places) == expected, what


def test_events_outside_the_chart_are_not_drawn_on_it() -> None:
    events = [Marked(1, "circle", date(2020, 1, 1)), Marked(2, "square", date(2024, 6, 1)),
              Marked(3, "diamond", date(2031, 1, 1))]  # fmt: skip
    wide, _narrow = drawn(events=events)
    flags = [flag for layer in wide.layers for flag in layer.flags]
    assert [(flag.number, flag.shape) for flag in flags] == [("2", "square")]


def test_a_series_with_one_figure_is_drawn() -> None:
    of = track(Block(
        frequency=MONTH, first=START, actual=np.array([[5.0]]), sign=np.array([1]), paths=[None],
        as_of=date(2025, 6, 30),
    ))  # fmt: skip
    found = drawings(Scene(of, [date(2024, 1, 1)], None, Words(actual="5"), TICKS[:1]))
    assert len(found) == 2
