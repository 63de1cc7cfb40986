"""A judgment as plain values: the figures of each series, and the evidence for its light.

Sentences are rendered elsewhere from the rule codes and figures given here. A block is turned
into values column by column, since one value at a time would cost more than the judgment did.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import fields
from operator import itemgetter
from typing import Any

import numpy as np

from aspirations.analysis.arrays import Days, Float, Int
from aspirations.analysis.lights import LIGHTS, letter, words
from aspirations.analysis.result import NO_PERIOD, BlockJudgment

_LIGHTS = ("pending", "likelihood_light", "distance_light", "would_move_to")
_ORDINALS = (
    "period", "first_telling", "would_move_period", "target_period", "suggested_rebase",
)  # fmt: skip
NOTHING = 1e-9
"""Share of the planned change below which nothing of it is left unexplained but rounding."""
_EARLIER = ("period", "light", "pending", "likelihood", "actual")
_DELIVERED = ("tolerance", "delivered_at", "target_period", "planned")
_THRESHOLDS = ("green", "amber_green", "amber_red")
# Read from the end, the code for not judged is the last: a light of its own, else none.
_OWN, _ELSE = (*LIGHTS, letter(-1)), (*LIGHTS, None)

Entry = dict[str, Any]
Told = Callable[[int], Any]
"""What a period is called: its ordinal, unless someone has a better name for it."""


def row(result: BlockJudgment, i: int) -> Entry:
    """All figures of row i, JSON-able: None for NaN, letters for lights, ordinals for periods."""
    return next(rows(chosen(result, slice(i, i + 1))))


def evidence(result: BlockJudgment, i: int) -> list[Entry]:
    """What speaks for the light of row i: rule code, light or None, and figures."""
    return findings(row(result, i))


def rows(result: BlockJudgment, told: Told = int) -> Iterator[Entry]:
    """All figures of every row, as `row` gives them of one; `told` names the periods."""
    told = _remembered(told)
    names = [field.name for field in fields(result) if field.name not in ("policy", *_before())]
    columns = [_column(name, getattr(result, name), told) for name in names]
    for cells, before in zip(zip(*columns, strict=True), _earlier(result, told), strict=True):
        figures = dict(zip(names, cells, strict=True))
        figures["earlier"], figures["policy"] = before, result.policy
        yield figures


def chosen(result: BlockJudgment, places: Int | slice) -> BlockJudgment:
    """The judgment of some rows alone."""
    arrays = {field.name: getattr(result, field.name) for field in fields(result)}
    policy = arrays.pop("policy")
    return BlockJudgment(**{name: a[places] for name, a in arrays.items()}, policy=policy)


def _remembered(told: Told) -> Told:
    """Each period is named once for the whole block; none where there is no period."""
    names: dict[int, Any] = {NO_PERIOD: None}

    def name(ordinal: int) -> Any:
        if ordinal not in names:
            names[ordinal] = told(ordinal)
        return names[ordinal]

    return name


def _column(name: str, array: Any, told: Told) -> list[Any]:
    if name == "light" or name in _LIGHTS:
        letters = _OWN if name == "light" else _ELSE
        return [letters[code] for code in array.tolist()]
    if name in _ORDINALS:
        return [told(ordinal) for ordinal in array.tolist()]
    if array.dtype.kind == "M":
        return _days(array)
    return _numbers(array) if array.dtype.kind == "f" else list(array.tolist())


def _numbers(array: Float) -> list[float | None]:
    """None stands for what is not a number."""
    cells: list[float | None] = array.tolist()
    for place in np.flatnonzero(~np.isfinite(array)).tolist():
        cells[place] = None
    return cells


def _days(array: Days) -> list[str | None]:
    return [None if day == "NaT" else day for day in np.datetime_as_string(array).tolist()]


def _before() -> list[str]:
    return [f"earlier_{name}" for name in _EARLIER]


def _earlier(result: BlockJudgment, told: Told) -> Iterator[list[Entry]]:
    """The last five observed periods of each row, oldest first; fewer where fewer were."""
    period: Int = result.earlier_period
    columns = [period.ravel().tolist()]
    columns += [
        _column(name, getattr(result, f"earlier_{name}").ravel(), told) for name in _EARLIER[1:]
    ]
    cells = zip(*columns, strict=True)
    for _ in range(len(period)):
        five = [next(cells) for _ in range(period.shape[1])]
        yield [
            {"period": told(cell[0]), **dict(zip(_EARLIER[1:], cell[1:], strict=True))}
            for cell in five
            if cell[0] >= 0
        ]


# --- evidence ------------------------------------------------------------------------------


def findings(figures: Entry) -> list[Entry]:
    """The evidence of one row, from its figures."""
    judged = figures["light"] != "N"
    entries = _verdict(figures) if judged else [_reason(figures)]
    if judged:
        entries += _notes(figures)
    entries.append(_entry("direction", None, _DIRECTION(figures)))
    entries.append(_entry("data", None, _DATA(figures)))
    entries += _statements(figures)
    return entries + (_beside(figures) if judged else [])


def _entry(rule: str, light: str | None, figures: Entry | None = None) -> Entry:
    return {"rule": rule, "light": light, "figures": figures or {}}


def _picker(*names: str) -> Callable[[Entry], Entry]:
    """Takes these figures out of a row; it is made once, for many rows."""
    get = itemgetter(*names)
    return lambda figures: dict(zip(names, get(figures), strict=True))


_STATE = _picker("state", "actual", "expected", "gap", "spread", *_DELIVERED)
_LIKELIHOOD = _picker(
    "likelihood", "level", "drift", "spread", "errors", "to_come", "centre_gap", "deviation",
    "hold", "season", "forecast", "likely_low", "likely_high", "straight_line", *_DELIVERED,
)  # fmt: skip
_DISTANCE = _picker("actual", "expected", "gap", "relative", "journey", "noise", "planned", "hold")
_FEW = _picker("errors", "to_come")
_EARLY = _picker("first_telling", "to_come", "level", "spread", "expected", "planned")
_LATEST = _picker("period", "due")
_DIRECTION = _picker("direction", "signal", "points", "lower", "centre", "upper", "trial")
_DATA = _picker("freshness", "period", "due")
_LAST_YEAR = _picker("actual", "last_year")
_LADDERS = {
    rule: tuple(f"{rule}_{name}" for name in reversed(_THRESHOLDS))
    for rule in ("likelihood", "distance", "hold")
}


def _verdict(figures: Entry) -> list[Entry]:
    """The evidence that decides, in the order in which it decides."""
    entries = []
    if figures["state"]:
        entries.append(_entry("verdict", figures["light"], _STATE(figures)))
    if figures["likelihood"] is not None:
        entries.append(_likelihood(figures))
    return [*entries, _distance(figures)]


def _likelihood(figures: Entry) -> Entry:
    light, known = figures["likelihood_light"], _LIKELIHOOD(figures)
    known["words"] = words(figures["likelihood"])
    return _entry("likelihood", light, known | _crossed(figures, "likelihood", light))


def _distance(figures: Entry) -> Entry:
    """Where the level is held, the thresholds are those of the gap in noise units."""
    light, kind = figures["distance_light"], "hold" if figures["hold"] else "distance"
    entry = _entry("distance", light, _DISTANCE(figures) | _crossed(figures, kind, light))
    if figures["ahead"] != figures["gap"]:  # on the way into a band
        entry["figures"]["ahead"] = figures["ahead"]
    return entry


def _crossed(figures: Entry, rule: str, light: str | None) -> Entry:
    """The threshold that was reached and the next better one that was not."""
    if light is None:
        return {"reached": None, "missed": None}
    ladder, code = _LADDERS[rule], LIGHTS.index(light)
    policy = figures["policy"]
    return {
        "reached": policy[ladder[code - 1]] if code > 0 else None,
        "missed": policy[ladder[code]] if code < 3 else None,
    }


def _notes(figures: Entry) -> list[Entry]:
    """What must be said beside the light."""
    notes = []
    if figures["likelihood"] is None and not figures["state"]:
        share = figures["policy"]["cap_share"]
        few = _FEW(figures) | {"cap_share": share, "capped": figures["cap"]}
        few["errors_needed"] = figures["policy"]["errors_needed"]
        notes.append(_entry("too_few_points", "AG" if figures["cap"] else None, few))
    if figures["rule_changed"]:
        notes.append(_entry("rule_changed", None))
    if figures["pending"]:
        notes.append(_entry("pending", figures["pending"]))
    pair = (figures["likelihood_light"], figures["distance_light"])
    if None not in pair and pair[0] != pair[1]:
        both = {"likelihood": pair[0], "distance": pair[1]}
        notes.append(_entry("difference", None, both))
    return notes


def _reason(figures: Entry) -> Entry:
    """Why there is no light: the reason is the rule, with the figures of 'too early'."""
    reason = figures["not_judged"]
    return _entry(reason, None, (_EARLY if reason == "too_early" else _LATEST)(figures))


def _statements(figures: Entry) -> list[Entry]:
    """What is said with or without a light: what no intervention explains, and a new level."""
    entries = []
    left, planned = figures["unexplained"], figures["planned"]
    if left is not None and abs(left) > NOTHING * (planned or 0.0):
        share = abs(left) / planned if planned else math.inf
        told = share if math.isfinite(share) else None
        plan = {"unexplained": left, "planned": planned, "share": told}
        entries.append(_entry("plan", None, plan))
    if figures["suggested_rebase"] is not None:
        before, after = figures["suggested_before"], figures["suggested_after"]
        told = {"period": figures["suggested_rebase"], "before": before, "after": after}
        entries.append(_entry("rebase_suggested", None, told))
    return entries


def _beside(figures: Entry) -> list[Entry]:
    """Captions without weight: straight line, last year, what would move it."""
    entries = []
    if figures["straight_line"] is not None:
        entries.append(_entry("straight_line", None, {"ends_at": figures["straight_line"]}))
    if figures["last_year"] is not None:
        entries.append(_entry("last_year", None, _LAST_YEAR(figures)))
    if figures["would_move"] is not None or figures["would_move_none"]:
        entries.append(_entry("would_move", figures["would_move_to"], _would_move(figures)))
    return entries


def _would_move(figures: Entry) -> Entry:
    return {
        "value": figures["would_move"],
        "period": figures["would_move_period"],
        "none_suffices": figures["would_move_none"],
    }
