"""A judgment as plain values: the figures of one series, and the evidence for its light.

Sentences are rendered elsewhere from the rule codes and figures given here.
"""

import math
from typing import Any

import numpy as np

from aspirations.analysis.lights import LIGHTS, NOT_JUDGED, letter, words
from aspirations.analysis.result import BlockJudgment

_LIGHTS = ("light", "pending", "likelihood_light", "distance_light", "would_move_to")
_EARLIER = ("earlier_period", "earlier_light", "earlier_likelihood", "earlier_actual")
_ORDINALS = ("period", "first_telling", "would_move_period", "target_period")
_DELIVERED = ("tolerance", "delivered_at", "target_period", "planned")
_THRESHOLDS = ("green", "amber_green", "amber_red")

Entry = dict[str, Any]


def row(result: BlockJudgment, i: int) -> Entry:
    """All figures of row i, JSON-able: None for NaN, letters for lights, ordinals for periods."""
    skipped = {"policy", "earlier_pending", *_EARLIER}
    figures = {name: _plain(name, value[i]) for name, value in _arrays(result, skipped)}
    return figures | {"earlier": _earlier(result, i), "policy": result.policy}


def _arrays(result: BlockJudgment, skipped: set[str]) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in vars(result).items() if name not in skipped]


def _plain(name: str, value: Any) -> Any:
    if name in _LIGHTS:
        return _letter(name, int(value))
    if name in _ORDINALS:
        return int(value) if value >= 0 else None
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    if isinstance(value, np.floating):
        return _number(float(value))
    return value.item()


def _letter(name: str, code: int) -> str | None:
    """Not judged is a light of its own; elsewhere its code means that there is none."""
    return letter(code) if code != NOT_JUDGED or name == "light" else None


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _earlier(result: BlockJudgment, i: int) -> list[Entry]:
    """The last five observed periods, oldest first; fewer where fewer were observed."""
    return [
        {
            "period": int(result.earlier_period[i, j]),
            "light": letter(int(result.earlier_light[i, j])),
            "pending": _letter("pending", int(result.earlier_pending[i, j])),
            "likelihood": _number(float(result.earlier_likelihood[i, j])),
            "actual": _number(float(result.earlier_actual[i, j])),
        }
        for j in range(result.earlier_period.shape[1])
        if result.earlier_period[i, j] >= 0
    ]


# --- evidence ------------------------------------------------------------------------------


def evidence(result: BlockJudgment, i: int) -> list[Entry]:
    """What speaks for the light of row i: rule code, light or None, and figures."""
    figures = row(result, i)
    judged = figures["light"] != "N"
    entries = _verdict(figures) if judged else [_reason(figures)]
    if judged:
        entries += _notes(figures)
    entries += [_direction(figures), _data(figures)]
    return entries + (_beside(figures) if judged else [])


def _entry(rule: str, light: str | None, **figures: Any) -> Entry:
    return {"rule": rule, "light": light, "figures": figures}


def _pick(figures: Entry, *names: str) -> Entry:
    return {name: figures[name] for name in names}


def _verdict(figures: Entry) -> list[Entry]:
    """The evidence that decides, in the order in which it decides."""
    entries = []
    if figures["state"]:
        entries.append(
            _entry(
                "verdict",
                figures["light"],
                **_pick(figures, "state", "actual", "expected", "gap", "spread", *_DELIVERED),
            )
        )
    if figures["likelihood"] is not None:
        entries.append(_likelihood(figures))
    return [*entries, _distance(figures)]


def _likelihood(figures: Entry) -> Entry:
    names = "likelihood level drift spread errors to_come centre_gap deviation hold season"
    more = "forecast likely_low likely_high straight_line"
    return _entry(
        "likelihood",
        figures["likelihood_light"],
        **_pick(figures, *names.split(), *more.split(), *_DELIVERED),
        words=words(figures["likelihood"]),
        **_crossed(figures, "likelihood", figures["likelihood_light"]),
    )


def _distance(figures: Entry) -> Entry:
    """Where the level is held, the thresholds are those of the gap in noise units."""
    names = "actual expected gap relative journey noise planned hold"
    kind = "hold" if figures["hold"] else "distance"
    return _entry(
        "distance",
        figures["distance_light"],
        **_pick(figures, *names.split()),
        **_crossed(figures, kind, figures["distance_light"]),
    )


def _crossed(figures: Entry, rule: str, light: str | None) -> Entry:
    """The threshold that was reached and the next better one that was not."""
    if light is None:
        return {"reached": None, "missed": None}
    ladder: list[Any] = [None]
    ladder += [figures["policy"][f"{rule}_{name}"] for name in reversed(_THRESHOLDS)]
    code = LIGHTS.index(light)
    return {"reached": ladder[code], "missed": ladder[code + 1] if code < 3 else None}


def _notes(figures: Entry) -> list[Entry]:
    """What must be said beside the light."""
    notes = []
    if figures["likelihood"] is None and not figures["state"]:
        share = figures["policy"]["cap_share"]
        few = _pick(figures, "errors", "to_come") | {"cap_share": share, "capped": figures["cap"]}
        few["errors_needed"] = figures["policy"]["errors_needed"]
        notes.append(_entry("too_few_points", "AG" if figures["cap"] else None, **few))
    if figures["rule_changed"]:
        notes.append(_entry("rule_changed", None))
    if figures["pending"]:
        notes.append(_entry("pending", figures["pending"]))
    pair = (figures["likelihood_light"], figures["distance_light"])
    if None not in pair and pair[0] != pair[1]:
        notes.append(_entry("difference", None, likelihood=pair[0], distance=pair[1]))
    return notes


def _reason(figures: Entry) -> Entry:
    """Why there is no light: the reason is the rule, with the figures of 'too early'."""
    names: tuple[str, ...] = ("period", "due")
    if figures["not_judged"] == "too_early":
        names = ("first_telling", "to_come", "level", "spread", "expected", "planned")
    return _entry(figures["not_judged"], None, **_pick(figures, *names))


def _direction(figures: Entry) -> Entry:
    names = ("direction", "signal", "points", "lower", "centre", "upper", "trial")
    return _entry("direction", None, **_pick(figures, *names))


def _data(figures: Entry) -> Entry:
    return _entry("data", None, **_pick(figures, "freshness", "period", "due"))


def _beside(figures: Entry) -> list[Entry]:
    """Captions without weight: straight line, last year, what would move it."""
    entries = []
    if figures["straight_line"] is not None:
        entries.append(_entry("straight_line", None, ends_at=figures["straight_line"]))
    if figures["last_year"] is not None:
        entries.append(_entry("last_year", None, **_pick(figures, "actual", "last_year")))
    if figures["would_move"] is not None or figures["would_move_none"]:
        entries.append(
            _entry(
                "would_move",
                figures["would_move_to"],
                value=figures["would_move"],
                period=figures["would_move_period"],
                none_suffices=figures["would_move_none"],
            )
        )
    return entries
