"""The evidence chart as SVG: the same lines, marks and words as the figure that plotly explores.

Two drawings are made of it, a wide and a narrow one, so that words keep their size on both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from aspirations.analysis.arrays import Float
from aspirations.analysis.engine import Track
from aspirations.charts.axis import tick_width, value_range
from aspirations.charts.drawing import (
    Drawing,
    Frame,
    Layer,
    Stroke,
    Tick,
    dots,
    grid,
    lines,
    time_axis,
)
from aspirations.charts.evidence import Band, finite, heights, paths
from aspirations.charts.flags import Marked, flags, room
from aspirations.charts.labels import (
    end_labels,
    latest_column,
    line_labels,
    margin_width,
    narrow_labels,
)
from aspirations.charts.parts import EARLIER, EVENTS, FORECAST, RANGE_LAYER, VARIATION, Ahead, Words
from aspirations.charts.places import Named, named, placed
from aspirations.charts.sparkline import Point, line

MANY = 90
"""Points beyond which each is drawn smaller."""
READINGS = {
    "improving": ("better", "l5.5 9.5h-11z", -6.0),
    "deteriorating": ("worse", "l5.5 -9.5h-11z", 6.0),
    "neutral": ("changed", "l5 5-5 5-5-5z", -5.0),
}
"""Kind of a signal's mark, its outline, and where it starts above or below its point."""


@dataclass(frozen=True)
class Scene:
    """All that is drawn. `days` holds the first day of each column of the track."""

    track: Track
    days: Sequence[date]
    ahead: Ahead | None
    words: Words
    ticks: Sequence[Tick]
    events: Sequence[Marked] = ()
    band: Band = None
    ghosts: Sequence[Float] = ()

    @property
    def axis(self) -> tuple[float, float, float]:
        return value_range(
            [*heights(self.track, self.ahead, 0, self.band), *finite(self.ghosts)]
        )  # fmt: skip

    def places(self, frame: Frame, values: Float) -> list[Point | None]:
        """Where each column's value stands; None where there is none."""
        return [
            frame.put(day, float(value)) if np.isfinite(value) else None
            for day, value in zip(self.days, values, strict=True)
        ]


def drawings(scene: Scene) -> list[Drawing]:
    """The wide drawing and the narrow one."""
    return [drawing(scene, frame) for frame in (wide(scene), narrow(scene))]


def wide(scene: Scene) -> Frame:
    axis, x = scene.axis, [day.isoformat() for day in scene.days]
    labels = end_labels(scene.track, x, scene.ahead, scene.words, 0, axis[1] - axis[0])
    right = margin_width([label for label in labels if label["x"] == x[-1]])
    left = max(40.0, tick_width(axis, scene.words.suffix))
    return framed(scene, Frame(
        "wide", 900, 430, left, min(right, 220.0), 14, 36, scene.days[0], scene.days[-1], axis
    ))  # fmt: skip


def narrow(scene: Scene) -> Frame:
    axis = scene.axis
    left = max(36.0, tick_width(axis, scene.words.suffix))
    return framed(scene, Frame(
        "narrow", 360, 330, left, 14, 26, 34, scene.days[0], scene.days[-1], axis
    ))  # fmt: skip


def framed(scene: Scene, frame: Frame) -> Frame:
    """The box made taller by what the numbers of the events need."""
    more = room(scene.events, frame)
    return replace(frame, top=frame.top + more, height=frame.height + more)


def drawing(scene: Scene, frame: Frame) -> Drawing:
    layers = [
        grid(frame, scene.words.suffix),
        time_axis(frame, scene.ticks),
        *ranges(scene, frame),
        *earlier(scene, frame),
        variation(scene, frame),
        Layer(EVENTS, flags=flags(scene.events, frame)),
        Layer("path", [
            Stroke("l-traj", lines(scene.places(frame, values)))
            for values in paths(scene.track, 0, scene.band)
        ]),
        *forecast(scene, frame),
        actual(scene, frame),
        signals(scene, frame),
        *goal(scene, frame),
        *words(scene, frame),
    ]  # fmt: skip
    size = {"width": f"{frame.width:.0f}", "height": f"{frame.height:.0f}"}
    return Drawing(frame.name, layers=[layer for layer in layers if filled(layer)], **size)


def filled(layer: Layer) -> bool:
    return bool(layer.words or layer.flags or any(stroke.d for stroke in layer.strokes))


def ranges(scene: Scene, frame: Frame) -> list[Layer]:
    """The range the path was planned with: along its high edge and back along its low one."""
    if scene.band is not None:
        return []
    low, high = (
        [place for place in scene.places(frame, edge) if place]
        for edge in (scene.track.low[0], scene.track.high[0])
    )
    outline = f"{line([*high, *reversed(low)])}Z" if low and high else ""
    return [Layer(RANGE_LAYER, [Stroke("band", outline)])]


def earlier(scene: Scene, frame: Frame) -> list[Layer]:
    """Paths agreed before, each with an open diamond at the target it had."""
    strokes = []
    for values in scene.ghosts:
        places = scene.places(frame, values)
        seen = [place for place in places if place]
        strokes.append(Stroke("l-ghost", lines(places)))
        if seen:
            x, y = seen[-1]
            strokes.append(Stroke("tgt-ghost", f"M{x:.1f} {y - 5:.1f}l5 5-5 5-5-5z"))
    return [Layer(EARLIER, strokes)] if strokes else []


def variation(scene: Scene, frame: Frame) -> Layer:
    """Centre and limits of each stretch, as level lines as long as the stretch."""
    track, last = scene.track, latest_column(scene.track, 0)
    found = track.limits[0]
    starts = [int(limits["start"]) - track.first for limits in found]
    ends = [*starts[1:], last if last is not None else 0]
    centre = limit = ""
    for limits, start, end in zip(found, starts, ends, strict=True):
        if limits["centre"] is None or start < 0:
            continue
        left, right = (frame.across(scene.days[column]) for column in (start, end))
        centre += level(left, right, frame.up(limits["centre"]))
        for name in ("upper", "lower"):
            limit += level(left, right, frame.up(limits[name]))
    return Layer(VARIATION, [Stroke("spc-mean", centre), Stroke("spc-lim", limit)])


def level(left: float, right: float, y: float) -> str:
    return f"M{left:.1f} {y:.1f}H{right:.1f}"


def forecast(scene: Scene, frame: Frame) -> list[Layer]:
    """Dots to the forecast, and a whisker over its likely range."""
    ahead, last = scene.ahead, latest_column(scene.track, 0)
    if ahead is None or ahead.forecast is None or last is None:
        return []
    now = frame.put(scene.days[last], float(scene.track.actual[0][last]))
    end = frame.put(ahead.day, ahead.forecast)
    strokes = [Stroke("l-fc", line([now, end]))]
    if ahead.low is not None and ahead.high is not None:
        x, low, high = end[0], frame.up(ahead.low), frame.up(ahead.high)
        bars = f"M{x:.1f} {high:.1f}V{low:.1f}M{x - 4:.1f} {high:.1f}h8M{x - 4:.1f} {low:.1f}h8"
        strokes.append(Stroke("whisker", bars))
    rings = [Stroke("p-ring", dots([end])), Stroke("p-open", dots([end]))]
    return [Layer(FORECAST, [*strokes, *rings])]


def actual(scene: Scene, frame: Frame) -> Layer:
    """Points joined across missing periods; a missing one has no point. And the gap of today."""
    places = [place for place in scene.places(frame, scene.track.actual[0]) if place]
    small = " small" if len(places) > MANY else ""
    strokes = [Stroke("l-act", line(places))]
    strokes += [Stroke(f"p-rim{small}", dots(places)), Stroke(f"p-act{small}", dots(places))]
    return Layer("actual", [*strokes, Stroke("p-now", dots(places[-1:])), distance(scene, frame)])


def distance(scene: Scene, frame: Frame) -> Stroke:
    """A thin line from the latest figure to the path of its period."""
    last = latest_column(scene.track, 0)
    expected = np.nan if last is None else scene.track.expected[0][last]
    if last is None or scene.band is not None or not np.isfinite(expected):
        return Stroke("to-path", "")
    x, y = frame.put(scene.days[last], float(scene.track.actual[0][last]))
    return Stroke("to-path", f"M{x:.1f} {y:.1f}V{frame.up(float(expected)):.1f}")


def signals(scene: Scene, frame: Frame) -> Layer:
    """Real changes: the shape tells better from worse, the colour only repeats it."""
    readings = scene.track.reading[0]
    places = scene.places(frame, scene.track.actual[0])
    strokes = []
    for reading, (kind, outline, above) in READINGS.items():
        seen = [p for p, found in zip(places, readings, strict=True) if p and found == reading]
        strokes.append(
            Stroke(f"sc-{kind}", "".join(f"M{x:.1f} {y + above:.1f}{outline}" for x, y in seen))
        )
    return Layer(VARIATION, strokes)


def goal(scene: Scene, frame: Frame) -> list[Layer]:
    if scene.ahead is None:
        return []
    x, y = frame.put(scene.ahead.day, scene.ahead.target)
    return [Layer("target", [Stroke("tgt", f"M{x:.1f} {y - 7:.1f}l7 7-7 7-7-7z")])]


def words(scene: Scene, frame: Frame) -> list[Layer]:
    """Every line named beside it; what finds no room is left to the text of the page."""
    x, span = [day.isoformat() for day in scene.days], frame.axis[1] - frame.axis[0]
    told = (scene.track, x, scene.ahead, scene.words, 0)
    if frame.name == "wide":
        labels = [*end_labels(*told, span), *line_labels(scene.track, x, scene.words, 0)]
    else:
        labels = narrow_labels(*told, span)
    found = [named(label, frame) for label in labels if label["text"]]
    found += [*distance_words(scene, frame), *earlier_words(scene, frame)]
    taken = [place for place in scene.places(frame, scene.track.actual[0]) if place]
    return [Layer(layer_of(name), words=texts) for name, texts in placed(found, taken, frame)]


def layer_of(name: str) -> str:
    return name if name in (VARIATION, FORECAST, EARLIER) else "words"


def distance_words(scene: Scene, frame: Frame) -> list[Named]:
    """“2.1 points behind path”, on the far side of the path, where the page is wide."""
    stroke, last = distance(scene, frame), latest_column(scene.track, 0)
    if frame.name != "wide" or not stroke.d or last is None or not scene.words.gap:
        return []
    x, y = frame.put(scene.days[last], float(scene.track.expected[0][last]))
    below = scene.track.actual[0][last] > scene.track.expected[0][last]
    return [Named("gap", [scene.words.gap], x - 8, y + 16 if below else y - 8, "end")]


def earlier_words(scene: Scene, frame: Frame) -> list[Named]:
    """The name of each earlier path at its end, where the page is wide."""
    if frame.name != "wide":
        return []
    found = []
    for text, values in zip(scene.words.earlier, scene.ghosts, strict=False):
        seen = [place for place in scene.places(frame, values) if place]
        if seen:
            found.append(Named(EARLIER, [text], seen[-1][0] - 10, seen[-1][1] - 8, "end"))
    return found
