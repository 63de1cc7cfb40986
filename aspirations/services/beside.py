"""The figures of several series of one metric, read together."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from aspirations.analysis import engine
from aspirations.analysis.arrays import Float
from aspirations.analysis.block import Block
from aspirations.models import Metric, Series
from aspirations.services.blocks import gather


@dataclass(frozen=True)
class Beside:
    """A block of series of one metric, found by their keys."""

    place: dict[int, int]
    block: Block

    def track(self, key: int) -> engine.Track:
        """The track of one series, as if it had been read alone."""
        return engine.track(self.block.take(np.array([self.place[key]])))

    def actual(self, key: int) -> Float:
        """(m,) values of one series over the periods of the block."""
        values: Float = self.block.actual[self.place[key]]
        return values

    @property
    def first(self) -> int:
        """Ordinal of the first period."""
        return self.block.first


def read(metric: Metric, keys: Collection[int]) -> Beside:
    """What is public of these series of the metric today; as many queries for one as for many."""
    # Only the keys are needed of them: nothing else of a series enters its figures.
    rows = [Series(pk=key, metric=metric) for key in sorted(set(keys))]
    found = next(gather(rows))
    return Beside({key: place for place, key in enumerate(found.keys)}, found.block)
