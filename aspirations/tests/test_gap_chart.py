"""The gap's drawing: no name is cut at its edge, and no words lie across its line."""

from datetime import date

import numpy as np

from aspirations.charts.axis import LETTER
from aspirations.charts.drawing import Drawing, Tick, Word
from aspirations.charts.gaps import GapLine, gap_drawings

YEARS = range(2015, 2026)
DAYS = [date(year, 9, 1) for year in YEARS]
TICKS = [
    Tick(date(year, 9, 1), date(year + 1, 9, 1), f"{year}/{year % 100 + 1}", at_start=True)
    for year in YEARS
]


def drawn(values: list[float]) -> list[Drawing]:
    line = GapLine(
        days=DAYS, values=np.array(values), none=1.0, ticks=TICKS, first_words="1.17",
        latest_words="1.19",
    )  # fmt: skip
    return gap_drawings(line)


def words(drawing: Drawing) -> list[Word]:
    return [word for layer in drawing.layers for word in layer.words]


def test_no_year_is_cut_at_the_edge() -> None:
    for drawing in drawn([1.17, 1.2] * 5 + [1.19]):
        years = [word for word in words(drawing) if "/" in word.words]
        assert years
        for word in years:
            half = len(word.words) * LETTER / 2
            assert half <= float(word.x) <= float(drawing.width) - half + 0.1


def test_the_first_words_rise_above_a_rising_line() -> None:
    level = drawn([1.17] + [1.17] * 9 + [1.19])
    rising = drawn([1.17] + [1.19] * 9 + [1.19])
    for flat, steep in zip(level, rising, strict=True):
        (low,) = [word for word in words(flat) if word.words == "1.17"]
        (high,) = [word for word in words(steep) if word.words == "1.17"]
        assert float(high.y) < float(low.y)
