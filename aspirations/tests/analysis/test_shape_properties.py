"""What holds for paths of every shape, whatever their figures."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aspirations.analysis.trajectories import (
    Effect,
    Path,
    Paths,
    SeasonalForm,
    at,
    check,
    ends,
    expected,
    ranges,
    unexplained,
)

RATES = ("linear", "compound", "s_curve", "early_gain", "late_gain")
VALUES = st.floats(0.5, 1000.0)
FORMS = {
    None: None,
    "index": SeasonalForm("index", (1.2, 0.9, 0.9, 1.0)),
    "offset": SeasonalForm("offset", (2.0, -1.0, -1.5, 0.5)),
}


CHANGES = st.floats(-10.0, 10.0)


@st.composite
def effects(draw: st.DrawFn, k0: int) -> Effect:
    """A rise or a fall; its cases go up, go down, or are not told."""
    low, mid, high = sorted(draw(st.tuples(CHANGES, CHANGES, CHANGES)))
    cases = draw(st.sampled_from([(low, high), (high, low), (None, None), (None, high)]))
    return Effect(
        start=k0 + draw(st.integers(0, 20)),
        mid=mid,
        low=cases[0],
        high=cases[1],
        lag=draw(st.integers(0, 5)),
        ramp=draw(st.integers(0, 12)),
        attribution=draw(st.floats(0.0, 1.0)),
    )


@st.composite
def sums(draw: st.DrawFn) -> Path:
    k0, baseline, target = draw(st.integers(0, 40)), draw(VALUES), draw(VALUES)
    path = Path(
        "interventions", k0, baseline, k0 + draw(st.integers(2, 40)), target,
        parameters=draw(st.sampled_from([{}, {"drift": 0.25}])),
        effects=tuple(draw(st.lists(effects(k0), min_size=1, max_size=4))),
        season=FORMS[draw(st.sampled_from([None, "index", "offset"]))],
    )  # fmt: skip
    check(path)
    return path


@st.composite
def paths(draw: st.DrawFn, shapes: tuple[str, ...] = (*RATES, "points", "step")) -> Path:
    shape = draw(st.sampled_from(shapes))
    k0, length = draw(st.integers(0, 40)), draw(st.integers(2, 40))
    points: tuple[tuple[int, float], ...] = ()
    if shape in ("points", "step"):
        inside = st.integers(k0 + 1, k0 + length - 1)
        times = sorted(draw(st.sets(inside, min_size=1, max_size=5)))
        points = tuple((k, draw(VALUES)) for k in times)
    season = FORMS[draw(st.sampled_from([None, "index", "offset"]))]
    target = draw(VALUES)
    reach = draw(st.floats(0.0, 50.0))
    path = Path(
        shape, k0, draw(VALUES), k0 + length, target, points=points, season=season,
        low=target - reach, high=target + reach,
    )  # fmt: skip
    check(path)
    return path


@given(path=paths())
def test_it_passes_through_baseline_and_target_and_stays_there(path: Path) -> None:
    drawn = expected([path], path.k0 - 2, path.k1 - path.k0 + 6)[0]
    assert np.isnan(drawn[:2]).all()
    assert drawn[2] == path.baseline
    assert (drawn[-4:] == path.target).all()
    assert np.isfinite(drawn[2:]).all()


@given(path=paths(), scale=st.sampled_from([0.001, 0.5, 3.0, 1000.0]))
def test_another_unit_scales_the_path(path: Path, scale: float) -> None:
    form = path.season
    if form and form.kind == "offset":
        form = SeasonalForm("offset", tuple(value * scale for value in form.values))
    scaled = Path(
        path.shape, path.k0, path.baseline * scale, path.k1, path.target * scale,
        points=tuple((k, value * scale) for k, value in path.points), season=form,
    )  # fmt: skip
    k = np.arange(path.k0, path.k1 + 1)[None]
    np.testing.assert_allclose(at([scaled], k), scale * at([path], k), rtol=1e-9)


@given(
    path=paths(shapes=("linear", "s_curve", "early_gain", "late_gain", "points", "step")),
    shift=st.floats(-500, 500),
)
def test_another_origin_shifts_the_path(path: Path, shift: float) -> None:
    form = None if path.season and path.season.kind == "index" else path.season
    moved = [
        Path(
            path.shape, path.k0, path.baseline + by, path.k1, path.target + by,
            points=tuple((k, value + by) for k, value in path.points), season=form,
        )
        for by in (0.0, shift)
    ]  # fmt: skip
    k = np.arange(path.k0, path.k1 + 1)[None]
    np.testing.assert_allclose(at([moved[1]], k), at([moved[0]], k) + shift, atol=1e-7)


@given(path=paths(shapes=RATES))
def test_without_season_it_never_turns_back(path: Path) -> None:
    bare = Path(path.shape, path.k0, path.baseline, path.k1, path.target)
    steps = np.diff(expected([bare], path.k0, path.k1 - path.k0 + 1)[0])
    way = np.sign(path.target - path.baseline)
    assert (way * steps >= -1e-9 * max(path.baseline, path.target)).all()


@given(path=sums(), scale=st.sampled_from([0.001, 3.0]), shift=st.floats(-500, 500))
def test_another_unit_and_origin_move_a_sum_of_interventions(
    path: Path, scale: float, shift: float
) -> None:
    moved = Path(
        path.shape, path.k0, path.baseline * scale + shift, path.k1, path.target * scale + shift,
        parameters={name: value * scale for name, value in path.parameters.items()},
        effects=tuple(replace(effect, mid=effect.mid * scale) for effect in path.effects),
    )  # fmt: skip
    bare = replace(path, season=None)
    k = np.arange(path.k0, path.k1 + 3)[None]
    np.testing.assert_allclose(at([moved], k), scale * at([bare], k) + shift, atol=1e-7)
    np.testing.assert_allclose(unexplained([moved]), scale * unexplained([bare]), atol=1e-7)


@given(path=sums())
def test_a_sum_of_interventions_and_its_remainder_reach_the_target(path: Path) -> None:
    drawn = expected([path], path.k0, path.k1 - path.k0 + 1)[0]
    assert drawn[0] == path.baseline
    assert drawn[-1] == path.target
    np.testing.assert_allclose(ends([path]) + unexplained([path]), path.target)
    assert np.isfinite(drawn).all()


@given(path=paths() | sums())
def test_its_range_holds_it(path: Path) -> None:
    drawn = expected([path], path.k0, path.k1 - path.k0 + 3)
    low, high = ranges([path], path.k0, path.k1 - path.k0 + 3)
    cases = [case for effect in path.effects for case in (effect.low, effect.high)]
    if path.low is None and all(case is None for case in cases):
        assert np.isnan(low).all()
        assert np.isnan(high).all()
        return
    assert (low <= drawn).all()
    assert (drawn <= high).all()


@settings(max_examples=50)
@given(rows=st.lists(st.none() | paths() | sums(), min_size=1, max_size=12), data=st.data())
def test_many_at_once_are_as_one_at_a_time(rows: list[Path | None], data: st.DataObject) -> None:
    every = Paths.of(rows)
    together, ended, spread = expected(every, 0, 60), ends(every), ranges(every, 0, 60)
    order = data.draw(st.permutations(range(len(rows))))
    taken = expected(every.take(np.array(order)), 0, 60)
    np.testing.assert_array_equal(taken, together[order])
    for i, row in enumerate(rows):
        np.testing.assert_array_equal(expected([row], 0, 60)[0], together[i])
        np.testing.assert_array_equal(ends([row])[0], ended[i])
        for alone, among in zip(ranges([row], 0, 60), spread, strict=True):
            np.testing.assert_array_equal(alone[0], among[i])
        assert every[i] == row


@given(
    work=st.lists(
        st.builds(
            Effect,
            start=st.integers(0, 20),
            mid=st.floats(0.0, 10.0),
            lag=st.integers(0, 5),
            ramp=st.integers(0, 12),
            attribution=st.floats(0.0, 1.0),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_interventions_that_add_never_take_away(work: list[Effect]) -> None:
    path = Path("interventions", 0, 10.0, 30, 100.0, effects=tuple(work))
    drawn = expected([path], 0, 30)[0]
    assert (np.diff(drawn) >= -1e-9).all()
    first = min(effect.start + effect.lag for effect in work)
    assert (drawn[: min(first, 30)] == 10.0).all()
