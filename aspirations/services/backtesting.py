"""A system's own figures, gathered for a backtest. Nothing is stored."""

from typing import Any

from aspirations.analysis.backtest import learning, report
from aspirations.analysis.backtest.draws import Settings
from aspirations.analysis.backtest.trials import ended
from aspirations.analysis.engine import Block
from aspirations.models import Series
from aspirations.services.blocks import gather
from people.models import System

AT_MOST = 5_000
"""Series read at most; of more, every n-th is taken."""


def backtest(system: System, settings: Settings) -> dict[str, Any]:
    """All figures of the report; NothingToTest where there is nothing to go by."""
    found = report.report(blocks_of(system), settings)
    return {"system": system.slug, "as_of": system.today().isoformat(), **found}


def lesson(system: System) -> learning.Lesson:
    """What the ended paths of the system say of its promises."""
    return learning.learn([ended(block) for block in blocks_of(system)])


def blocks_of(system: System) -> list[Block]:
    """The system's series as blocks, as the jobs would judge them today."""
    rows = Series.objects.filter(metric__system=system).order_by("pk")
    step = -(-rows.count() // AT_MOST) or 1
    chosen = rows.select_related("metric__system", "segment")[::step]
    return [gathered.block for gathered in gather(list(chosen))]
