"""Labels beside the lines they name, so that the chart needs no legend."""

import html
from collections.abc import Sequence
from typing import Any

import numpy as np

from aspirations.analysis.engine import Track
from aspirations.charts.axis import LETTER, spread
from aspirations.charts.parts import FORECAST, INK, QUIET, SLATE, VARIATION, Ahead, Words

Label = dict[str, Any]
End = tuple[str, float, str, str]
LONG = 16
APART = 0.12
"""Least distance of two labels in the margin, as a share of the value axis."""


def latest_column(track: Track, row: int) -> int | None:
    observed = np.flatnonzero(np.isfinite(track.actual[row]))
    return int(observed[-1]) if observed.size else None


def end_labels(
    track: Track, x: Sequence[str], ahead: Ahead | None, words: Words, row: int, span: float
) -> list[Label]:
    """Target, forecast and latest value; those at the right edge stand in the margin, apart."""
    ends = _at_target(ahead, words)
    last = latest_column(track, row)
    if last is not None:
        at_edge = (len(x) - last) * 6 <= len(x)
        day = x[-1] if at_edge else x[last]
        ends.append((day, float(track.actual[row][last]), words.actual, "actual"))
    edge = [i for i, end in enumerate(ends) if end[0] == x[-1]]
    moved = dict(zip(edge, spread([ends[i][1] for i in edge], APART * span), strict=True))
    return [
        _label(day, moved[i], text, name, xshift=12)
        if i in moved
        else _label(day, height, text, name, yanchor="top", xshift=4, yshift=-8)
        for i, (day, height, text, name) in enumerate(ends)
    ]


def margin_width(labels: Sequence[Label]) -> float:
    """Room in pixels right of the chart for the longest line that stands there."""
    lines = [line for label in labels for line in html.unescape(label["text"]).split("<br>")]
    return min(max(124.0, 20 + LETTER * max(map(len, lines), default=0)), 320.0)


def narrow_labels(
    track: Track, x: Sequence[str], ahead: Ahead | None, words: Words, row: int, span: float
) -> list[Label]:
    """Without a margin the higher label stands above its mark and the lower one below.

    A forecast too near the target to be told apart is left to the text of the page.
    """
    ends = _at_target(ahead, words)
    if len(ends) == 2 and abs(ends[0][1] - ends[1][1]) < APART * span:
        ends = ends[:1]
    labels = [_above_or_below(end, ends, ahead) for end in ends]
    last = latest_column(track, row)
    if last is None:
        return labels
    latest = (x[last], float(track.actual[row][last]), words.actual, "actual")
    # A long figure leans to the left as soon as it would run over the right edge.
    if last < (0.7 if len(words.actual) < LONG else 0.4) * len(x):
        return [*labels, _label(*latest, yanchor="top", yshift=-8)]
    seen = track.actual[row][np.isfinite(track.actual[row])]
    rising = bool(seen[-1] >= seen[0])
    free: dict[str, Any] = (
        {"yanchor": "bottom", "yshift": 8} if rising else {"yanchor": "top", "yshift": -8}
    )
    return [*labels, _label(*latest, xanchor="right", **free)]


def _above_or_below(end: End, ends: Sequence[End], ahead: Ahead | None) -> Label:
    """A label beside the right edge, clear of the whisker of the forecast."""
    day, height, text, name = end
    above = all(height >= other[1] for other in ends)
    whisker = None if ahead is None else (ahead.high if above else ahead.low)
    if name == FORECAST and whisker is not None:
        height = whisker
    free: dict[str, Any] = (
        {"yanchor": "bottom", "yshift": 8} if above else {"yanchor": "top", "yshift": -8}
    )
    return _label(day, height, text, name, xanchor="right", align="right", xshift=10, **free)


def _at_target(ahead: Ahead | None, words: Words) -> list[End]:
    """(day, height, text, name) of the target and of the forecast where there is one."""
    if ahead is None:
        return []
    day = ahead.day.isoformat()
    ends = [(day, ahead.target, words.target, "target")]
    if ahead.forecast is not None:
        ends.append((day, ahead.forecast, words.forecast, FORECAST))
    return ends


def line_labels(track: Track, x: Sequence[str], words: Words, row: int) -> list[Label]:
    """Names of the path and of each stretch's limits."""
    return [*_path_label(track, x, words, row), *_limit_labels(track, x, words, row)]


def _path_label(track: Track, x: Sequence[str], words: Words, row: int) -> list[Label]:
    """Beside the path, three fifths of the way from the latest figure to its end."""
    last = latest_column(track, row) or 0
    column = last + round((len(x) - 1 - last) * 0.6)
    height = float(track.expected[row][column])
    if column == last or not np.isfinite(height):
        return []
    rising = height >= float(track.expected[row][last])
    side = {"xanchor": "right", "xshift": -6} if rising else {"xshift": 6}
    return [_label(x[column], height, words.path, "path", yanchor="bottom", yshift=2, **side)]


def _limit_labels(track: Track, x: Sequence[str], words: Words, row: int) -> list[Label]:
    """At the start of a stretch: above its upper limit, or below the lower one if it falls."""
    labels = []
    for text, limits in zip(words.limits, track.limits[row], strict=False):
        column = int(limits["start"]) - track.first
        if not text or limits["upper"] is None or not 0 <= column < len(x):
            continue
        below = _falls(track, column, int(limits["n"]), limits["upper"] - limits["lower"], row)
        place = {"yanchor": "top", "yshift": -2} if below else {"yanchor": "bottom", "yshift": 2}
        height = limits["lower"] if below else limits["upper"]
        labels.append(_label(x[column], float(height), text, VARIATION, **place))
    return labels


def _falls(track: Track, column: int, count: int, width: float, row: int) -> bool:
    """Whether the stretch ends more than a third of the width of its limits below its start."""
    values = track.actual[row][column:]
    seen = values[np.isfinite(values)][:count]
    return bool(seen.size) and float(seen[0] - seen[-1]) > width / 3


def _label(day: str, height: float, text: str, name: str, **place: Any) -> Label:
    colour = {VARIATION: QUIET, "path": SLATE}.get(name, INK)
    return {
        "name": name, "x": day, "y": height, "text": text, "showarrow": False, "align": "left",
        "xanchor": "left", "yanchor": "middle", "font": {"size": 12, "color": colour}, **place,
    }  # fmt: skip
