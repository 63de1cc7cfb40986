"""What the rules said, or would have said, of an earlier moment: for people, so under the veil.

A figure that is suppressed or withheld today stays untold, whatever it was before. It is left
out before anything is computed, so that no light, limit or sum can tell it either.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aspirations.analysis import engine, periods
from aspirations.models import Observation, Series, Trajectory
from aspirations.services.blocks import Gathered, gather
from aspirations.services.clocks import Clocks
from aspirations.services.inputs import one_view
from aspirations.services.judging import Verdict, verdicts_in


@dataclass(frozen=True)
class Recalled:
    """A verdict of an earlier moment, the version of its path, and how many figures are veiled."""

    verdict: Verdict
    trajectory_version: int | None
    veiled: int


def verdicts_then(series: Sequence[Series], clocks: Clocks) -> list[Recalled]:
    """Verdicts by these clocks, in the order of the keys. Needs metric and system loaded."""
    found: list[tuple[Verdict, int]] = []
    with one_view() as moment:
        blocks = [under_veil(block, clocks) for block in gathered(series, clocks)]
        keys = {key for block, _ in blocks for key in block.trajectories if key}
        versions = dict(Trajectory.objects.filter(pk__in=keys).values_list("pk", "version"))
    for block, veiled in blocks:
        found += zip(verdicts_in(block, moment), veiled, strict=True)
    return [
        Recalled(verdict, versions.get(verdict.judgment.trajectory_id or 0), count)
        for verdict, count in sorted(found, key=lambda pair: pair[0].series.pk)
    ]


def track_then(series: Series, clocks: Clocks) -> tuple[engine.Track, int]:
    """The track of one series by these clocks, and how many figures are veiled."""
    with one_view():
        block, [veiled] = under_veil(next(gathered([series], clocks)), clocks)
    return engine.track(block.block), veiled


def gathered(series: Sequence[Series], clocks: Clocks) -> Iterator[Gathered]:
    return gather(series, clocks.as_of, clocks.known_at)


def under_veil(found: Gathered, clocks: Clocks) -> tuple[Gathered, list[int]]:
    """The block without what is hidden today, and how many figures that took from each row.

    What stands now has no hidden value, so nothing is veiled without `known_at`.
    """
    if clocks.known_at is None:
        return found, [0] * len(found.keys)
    block = found.block
    hidden = Observation.objects.filter(
        series__in=found.keys, missing_reason__in=Observation.HIDDEN
    )
    place = {key: row for row, key in enumerate(found.keys)}
    veil = np.zeros(block.actual.shape, dtype=bool)
    for key, day in hidden.values_list("series", "period"):
        column = periods.ordinal(block.frequency, day, block.year_starts) - block.first
        if 0 <= column < block.width:
            veil[place[key], column] = True
    veil &= ~np.isnan(block.actual)
    without = replace(block, actual=np.where(veil, np.nan, block.actual))
    return replace(found, block=without), [int(count) for count in veil.sum(axis=1)]
