"""One report: agreed paths, trials, plans put to work, pure noise, and plans of known truth."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aspirations.analysis.backtest import plans
from aspirations.analysis.backtest.draws import HISTORY, Settings, trials
from aspirations.analysis.backtest.records import record, records
from aspirations.analysis.backtest.sections import horizons, quarters, section
from aspirations.analysis.backtest.trials import Trials, ended
from aspirations.analysis.block import Block

AT_WORK = (0.0, 0.5, 0.75, 1.0)
"""Shares of the planned change that are put into the figures of a series."""
AT_WORK_DISTANCE = (2.0, 6.0)
"""A plan that is worth making reaches beyond the noise."""


class NothingToTest(ValueError):
    """No path has ended and no trial can be set; says what is missing and what to do."""


def report(sources: Sequence[Block], settings: Settings) -> dict[str, Any]:
    """All figures as plain values; NothingToTest where there are none."""
    agreed = [ended(block) for block in sources]
    drawn = trials(sources, settings)
    if not any(map(len, [*agreed, *drawn])):
        raise NothingToTest(
            "Nothing can be tested: no agreed path has ended with a figure, and no series has "
            f"the {HISTORY} figures before and {shortest(sources, settings)} periods after a "
            "baseline that a trial needs. Import more past figures, or choose a shorter horizon."
        )
    known = plans.most(sources)
    return {
        "settings": _settings(sources, settings),
        "agreed": _agreed(agreed),
        "trials": _section(drawn),
        "at_work": _section(trials(sources, at_work(settings))),
        "noise": _section(trials([_noise(known, settings)], settings)),
        "plans": made(known, settings),
    }


def shortest(sources: Sequence[Block], settings: Settings) -> int:
    """The fewest periods from baseline to target of any trial; 0 without a block."""
    return min((min(settings.horizons_of(block.frequency)) for block in sources), default=0)


def at_work(settings: Settings) -> Settings:
    """The same trials with a share of the plan put into the figures."""
    return replace(settings, shares=AT_WORK, distance=AT_WORK_DISTANCE)


def made(known: Block, settings: Settings) -> list[dict[str, Any]]:
    """Lights by quarter of the way on made-up plans, by the share of them that is delivered."""
    spans = settings.horizons_of(known.frequency)
    horizon = max(spans[len(spans) // 2], 4)
    return [
        {
            "share": share,
            "horizon": horizon,
            "quarters": quarters(record(plans.plan(known, horizon, share, settings.seed))),
        }
        for share in plans.SHARES
    ]


def _noise(known: Block, settings: Settings) -> Block:
    return plans.noise(known, max(settings.horizons_of(known.frequency)), settings.seed)


def _agreed(blocks: Sequence[Trials]) -> dict[str, Any] | None:
    """The scores, and by quarter of the way the lights of what was delivered and what was not."""
    found, heard = _section(blocks), records(blocks)
    if found is None:
        return None
    ways = {"delivered": heard.delivered, "missed": ~heard.delivered}
    return {**found, "way": {name: quarters(heard.where(own)) for name, own in ways.items()}}


def _section(blocks: Sequence[Trials]) -> dict[str, Any] | None:
    """Scores of the trials of some blocks; None where nothing was judged."""
    heard = records(blocks)
    if not heard.judged.any():
        return None
    return {**section(heard), "horizons": horizons(heard)}


def _settings(sources: Sequence[Block], settings: Settings) -> dict[str, Any]:
    return {
        "series": sum(len(block) for block in sources),
        "horizons": {
            block.frequency.value: list(settings.horizons_of(block.frequency)) for block in sources
        },
        "limit": settings.limit,
        "seed": settings.seed,
        "distance": list(settings.distance),
    }
