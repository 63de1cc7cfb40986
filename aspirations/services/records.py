"""The row of a judgment: what is stored of a judged series, or shown and not stored."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

import numpy as np

from aspirations.analysis import engine, periods
from aspirations.analysis.evidence import Told, chosen, findings, rows
from aspirations.models import Judgment
from aspirations.services.blocks import Gathered

FIGURES = (
    "period", "light", "pending", "state", "freshness", "due", "likelihood", "likelihood_light",
    "distance_light", "direction", "signal", "actual", "expected", "gap", "relative", "journey",
    "noise", "forecast", "likely_low", "likely_high", "would_move", "would_move_to",
)  # fmt: skip
STORED = tuple(field.attname for field in Judgment._meta.concrete_fields if not field.primary_key)
"""Columns of a judgment in the order in which they are written."""
NEVER_NULL = frozenset(name for name in FIGURES if not Judgment._meta.get_field(name).null)
"""Texts that are empty where there is nothing to say."""
_take = itemgetter(*FIGURES)


def records(
    gathered: Gathered, result: engine.BlockJudgment, hashes: Sequence[str],
    places: Sequence[int], computed_at: datetime,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """By column the values of these rows of a judged block; only their `seq` is left open."""
    judged = chosen(result, np.array(places, dtype=np.int64))
    common = {
        "as_of": gathered.block.as_of, "computed_at": computed_at, "policy": result.policy,
        "engine_version": engine.ENGINE_VERSION,
    }  # fmt: skip
    for place, figures in zip(places, rows(judged, first_day(gathered)), strict=True):
        values = shown(figures)
        values["series_id"] = gathered.keys[place]
        values["trajectory_id"] = gathered.trajectories[place]
        values["input_hash"] = hashes[place]
        values.update(common)
        yield values


def shown(figures: dict[str, Any]) -> dict[str, Any]:
    values = dict(zip(FIGURES, _take(figures), strict=True))
    for name in NEVER_NULL:
        if values[name] is None:
            values[name] = ""
    values["not_judged_reason"] = figures["not_judged"]
    values["evidence"], values["earlier"] = findings(figures), figures["earlier"]
    return values


def first_day(gathered: Gathered) -> Told:
    """Counted periods become dates, so that the record reads without the engine."""
    block = gathered.block

    def told(ordinal: int) -> str:
        return periods.start(block.frequency, ordinal, block.year_starts).isoformat()

    return told
