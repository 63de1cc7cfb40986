"""The evidence chart as plain data: what is drawn, what is left out, what cannot be injected."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from aspirations.analysis import periods
from aspirations.analysis.engine import Block, Track, track
from aspirations.analysis.trajectories import Path
from aspirations.charts.axis import nice_step, spread, step_decimals, value_range
from aspirations.charts.evidence import axis_ends, evidence_figure
from aspirations.charts.parts import Ahead, Words, escaped

MONTH = periods.Frequency.MONTH
START = periods.ordinal(MONTH, date(2024, 1, 1))
NAN = np.nan


def tracked(values: list[float], rebases: tuple[int, ...] = (), sign: int = 1) -> Track:
    return track(
        Block(
            frequency=MONTH,
            first=START,
            actual=np.array([values]),
            sign=np.array([sign]),
            paths=[Path("linear", START, values[0], START + 23, 72.0)],
            rebases=[[START + step for step in rebases]],
            as_of=date(2025, 6, 30),
        )
    )


def days(of: Track) -> list[date]:
    return [periods.start(MONTH, of.first + k) for k in range(of.actual.shape[1])]


def drawn(of: Track, ahead: Ahead | None = None, words: Words | None = None) -> dict[str, Any]:
    return evidence_figure(of, days(of), ahead, words or Words())


def named(figure: dict[str, Any], **meta: str) -> list[dict[str, Any]]:
    return [
        trace
        for trace in figure["data"]
        if meta.items() <= {**trace.get("meta", {}), "symbol": symbol(trace)}.items()
    ]


def symbol(trace: dict[str, Any]) -> Any:
    return trace.get("marker", {}).get("symbol", "")


STEADY = [54.0, 55.0, 53.5, 54.5, NAN, 54.0, 55.5, 53.0, 54.0, 55.0]


def test_actual_is_solid_and_a_missing_period_is_no_point() -> None:
    figure = drawn(tracked(STEADY))
    (actual,) = [trace for trace in figure["data"] if trace["mode"] == "lines+markers"]
    assert actual["y"][4] is None
    assert actual["y"][:4] == STEADY[:4]
    assert actual["line"]["color"] == "--ink"
    assert "dash" not in actual["line"]


def test_the_range_of_a_path_is_filled_between_two_edges_without_lines() -> None:
    path = Path("linear", START, 54.0, START + 23, 72.0, low=68.0, high=75.0)
    block = Block(
        frequency=MONTH, first=START, actual=np.array([STEADY]), sign=np.array([1]),
        paths=[path], as_of=date(2025, 6, 30),
    )  # fmt: skip
    figure = drawn(track(block))
    low, high = named(figure, role="range")
    assert (low["y"][-1], high["y"][-1]) == (68.0, 75.0)
    assert (high["fill"], high["fillcolor"], high["line"]["width"]) == ("tonexty", "--c-band", 0.0)
    assert figure["data"].index(high) == 1, "beneath everything else"
    assert figure["layout"]["yaxis"]["range"][1] >= 75.0
    assert named(drawn(tracked(STEADY)), role="range") == []


def test_earlier_paths_are_drawn_faintly_and_held_by_the_axis() -> None:
    of = tracked(STEADY)
    ghost = np.linspace(54.0, 90.0, of.actual.shape[1])
    figure = evidence_figure(of, days(of), None, Words(), ghosts=[ghost])
    (line,) = named(figure, role="ghost")
    assert (line["y"][-1], line["line"]["color"]) == (90.0, "--ink-3")
    assert figure["layout"]["yaxis"]["range"][1] >= 90.0
    assert axis_ends(of, None, ghosts=[ghost])[1] >= 90.0


def test_path_is_dashed_and_runs_to_the_target() -> None:
    figure = drawn(tracked(STEADY), Ahead(date(2025, 12, 1), 72.0))
    (path,) = [t for t in figure["data"] if t.get("line", {}).get("dash") == "dash"]
    assert (path["x"][0], path["y"][0]) == ("2024-01-01", 54.0)
    assert (path["x"][-1], path["y"][-1]) == ("2025-12-01", 72.0)
    (target,) = named(figure, role="target")
    assert target["marker"]["symbol"] == "diamond"
    assert (target["x"], target["y"]) == (["2025-12-01"], [72.0])


def test_forecast_is_a_layer_with_a_whisker_over_the_likely_range() -> None:
    figure = drawn(tracked(STEADY), Ahead(date(2025, 12, 1), 72.0, 60.0, 57.0, 64.0))
    line, end = named(figure, layer="forecast")
    assert (line["x"], line["y"]) == (["2024-10-01", "2025-12-01"], [55.0, 60.0])
    assert (end["error_y"]["arrayminus"], end["error_y"]["array"]) == ([3.0], [4.0])


def test_without_a_forecast_nothing_points_ahead() -> None:
    figure = drawn(tracked(STEADY), Ahead(date(2025, 12, 1), 72.0))
    assert named(figure, layer="forecast") == []
    assert named(drawn(tracked(STEADY)), role="target") == []


def test_limits_break_between_stretches_and_stop_at_the_latest_figure() -> None:
    of = tracked([54.0, 55.0, 53.5, 54.5, 54.0, 60.0, 61.0, 59.5, 60.5, 60.0], rebases=(5,))
    centre, lower, upper = named(drawn(of), layer="variation")[:3]
    assert centre["x"][-1] == "2024-10-01"
    assert centre["y"][5] is None
    assert centre["x"][5] == centre["x"][6]
    assert centre["y"][4] == pytest.approx(54.2)
    assert centre["y"][6] == pytest.approx(60.2)
    assert lower["y"][0] < 54.2 < upper["y"][0]


@pytest.mark.parametrize(
    ("sign", "leap", "shape", "colour"),
    [
        (1, 85.0, "triangle-up", "--c-better"),
        (-1, 85.0, "triangle-down", "--c-worse"),
        (1, 23.0, "triangle-down", "--c-worse"),
    ],
)
def test_real_changes_are_told_apart_by_shape(
    sign: int, leap: float, shape: str, colour: str
) -> None:
    quiet = [50.0, 58.0] * 7
    (marks,) = [
        trace
        for trace in drawn(tracked([*quiet, leap], sign=sign))["data"]
        if "reading" in trace.get("meta", {})
    ]
    assert marks["marker"]["symbol"] == shape
    assert marks["marker"]["color"] == colour
    assert marks["y"] == [leap]


def test_everything_drawn_fits_the_axis() -> None:
    figure = drawn(tracked(STEADY), Ahead(date(2025, 12, 1), 72.0, 60.0, 40.0, 90.0))
    low, high = figure["layout"]["yaxis"]["range"]
    heights = [y for trace in figure["data"] for y in trace["y"] if y is not None]
    assert low <= min(*heights, 40.0)
    assert high >= max(*heights, 90.0)


def test_labels_at_the_target_stand_apart() -> None:
    words = Words(target="Target", forecast="Forecast")
    figure = drawn(tracked(STEADY), Ahead(date(2025, 12, 1), 72.0, 71.5, 70.0, 73.0), words)
    labels = {label["name"]: label for label in figure["layout"]["annotations"]}
    heights = [labels[name]["y"] for name in ("target", "forecast")]
    low, high, _ = value_range([*(v for v in STEADY if v == v), 73.0])
    assert heights[0] - heights[1] > 0.1 * (high - low)


def test_the_narrow_drawing_leaves_out_what_would_not_fit() -> None:
    words = Words(actual="55%", limits=("Natural limits, 9 points",))
    figure = drawn(tracked(STEADY), None, words)
    wide = {label["name"] for label in figure["layout"]["annotations"]}
    narrow = {label["name"] for label in figure["narrow"]["annotations"]}
    assert wide - narrow == {"variation", "path"}
    assert figure["narrow"]["height"] < figure["layout"]["height"]


def test_the_figure_is_valid_json() -> None:
    figure = drawn(tracked(STEADY), Ahead(date(2025, 12, 1), 72.0, 60.0, 57.0, 64.0))
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


def test_colours_are_names_the_page_resolves() -> None:
    text = json.dumps(drawn(tracked(STEADY), Ahead(date(2025, 12, 1), 72.0, 60.0, 57.0, 64.0)))
    assert "#" not in text
    assert '"--c-traj"' in text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("%{y}", "%&#123;y}"),
        ("$x^2$", "&#36;x^2&#36;"),
        ("Reading & writing", "Reading &amp; writing"),
    ],
)
def test_labels_are_shown_not_run(text: str, safe: str) -> None:
    assert escaped(text) == safe


@pytest.mark.parametrize(
    ("values", "axis"),
    [
        ([51.0, 74.0], (50.0, 75.0, 5.0)),
        ([58.9, 61.2, 72.0], (55.0, 75.0, 5.0)),
        ([3.0, 38.0], (0.0, 40.0, 10.0)),
        ([22.0, 31.0], (20.0, 32.0, 2.0)),
        ([50.0, 100.0], (40.0, 100.0, 10.0)),
        ([90.0, 100.0], (88.0, 100.0, 2.0)),
        ([-3.0, 4.0], (-4.0, 4.0, 2.0)),
        ([0.0, 0.0], (-1.5, 1.0, 0.5)),
        ([], (0.0, 1.0, 0.2)),
    ],
)
def test_axis(values: list[float], axis: tuple[float, float, float]) -> None:
    assert value_range(values) == pytest.approx(axis)


def test_axis_ends_are_what_the_layout_uses() -> None:
    of = tracked(STEADY)
    low, high = axis_ends(of, None)
    assert drawn(of)["layout"]["yaxis"]["range"] == [low, pytest.approx(high, rel=0.01)]


@pytest.mark.parametrize(
    ("span", "step"), [(10.0, 2.0), (11.0, 2.5), (0.03, 0.01), (1000.0, 200.0), (26.0, 10.0)]
)
def test_steps_are_round(span: float, step: float) -> None:
    assert nice_step(span) == pytest.approx(step)


@pytest.mark.parametrize(("step", "decimals"), [(5.0, 0), (2.5, 1), (0.25, 2), (0.1, 1), (200, 0)])
def test_tick_decimals(step: float, decimals: int) -> None:
    assert step_decimals(step) == decimals


def test_spread_moves_no_more_than_it_must() -> None:
    assert spread([1.0, 5.0], 2.0) == [1.0, 5.0]
    near = spread([5.0, 4.5], 2.0)
    assert near[0] - near[1] == pytest.approx(2.0)
    assert sum(near) == pytest.approx(9.5)
    assert spread([], 2.0) == []


def test_a_band_is_drawn_by_its_edges() -> None:
    of = tracked(STEADY)
    figure = evidence_figure(of, days(of), None, Words(), band=(50.0, 56.0))
    edges = [t["y"] for t in figure["data"] if t.get("line", {}).get("dash") == "dash"]
    assert [set(edge) for edge in edges] == [{50.0}, {56.0}]


def test_long_numbers_have_room_beside_the_chart() -> None:
    of = tracked([value * 1e12 for value in STEADY])
    ahead = Ahead(date(2025, 12, 1), 7.2e13)
    short = Words(target="Target 72<br>Dec 2025")
    long = Words(target="Target 72,000,000,000,000 people<br>Dec 2025")
    room = [drawn(of, ahead, words)["layout"]["margin"]["r"] for words in (short, long)]
    assert room[0] == 124
    assert room[1] > 200
    assert (
        drawn(of)["narrow"]["margin"]["l"] > 100 > drawn(tracked(STEADY))["narrow"]["margin"]["l"]
    )
