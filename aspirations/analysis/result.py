"""What comes out of a judgment: one array per figure, one entry per series."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from aspirations.analysis.arrays import Bool, Codes, Days, Float, Int, Text
from aspirations.analysis.variation import READINGS, SIGNALS

NOT_JUDGED = -1
NO_PERIOD = -1


@dataclass
class BlockJudgment:
    """Lights are codes 0..3 (Red, Amber-Red, Amber-Green, Green) and −1 for not judged.

    Figures are NaN, ordinals −1 and texts '' where there is nothing to say. Unless said
    otherwise an array has shape (n,).
    """

    light: Int
    pending: Int
    """Light that comes up but is not confirmed yet."""
    likelihood: Float
    likelihood_light: Int
    distance_light: Int
    state: Text
    """At the target period and after: delivered, held, missed, lost."""
    direction: Text
    """improving, steady, deteriorating, neutral; '' without limits."""
    signal: Text
    """outside, trend, two_of_three, shift: of the latest observation."""
    period: Int
    """Ordinal of the latest observed period."""
    actual: Float
    expected: Float
    gap: Float
    relative: Float
    journey: Float
    noise: Float
    ahead: Float
    """What the light is made of: the gap, or for a band how far ahead of the path into it."""
    forecast: Float
    likely_low: Float
    likely_high: Float
    straight_line: Float
    would_move: Float
    would_move_to: Int
    would_move_period: Int
    would_move_none: Bool
    """No value of the next period would bring a better light."""
    not_judged: Text
    first_telling: Int
    freshness: Text
    due: Days
    earlier_period: Int
    """(n, 5) the last five observed periods, oldest first, the latest included."""
    earlier_light: Int
    earlier_likelihood: Float
    earlier_actual: Float
    earlier_pending: Int
    rule_changed: Bool
    """A likelihood appeared for the first time."""
    cap: Bool
    """Too few points for a likelihood, so at most Amber-Green while much is to come."""
    hold: Bool
    """The aim is to hold the level."""
    season: Bool
    """Seasonal indices were taken out."""
    last_year: Float
    """Same period of last year, where a seasonal metric has too short a history."""
    # figures behind the likelihood, so that it can be checked by hand
    level: Float
    drift: Float
    spread: Float
    """Noise S of the one-step errors; NaN below the number of errors needed."""
    errors: Int
    to_come: Float
    """u, the share of the planned change still to come."""
    planned: Float
    """J = |G − B|, or the baseline's distance to the band."""
    centre_gap: Float
    """μ, expected gap at the target period."""
    deviation: Float
    """σ of that gap."""
    tolerance: Float
    """Shortfall that still counts as delivered, in the metric's unit."""
    delivered_at: Float
    """The value that just counts as delivered."""
    unexplained: Float
    """G − T(K), what the path itself leaves open at the target period."""
    target_period: Int
    points: Int
    """Observations in the stretch that made the natural limits."""
    lower: Float
    centre: Float
    upper: Float
    trial: Bool
    suggested_rebase: Int
    """Ordinal at which a new level began that holds, so that limits might start anew."""
    suggested_before: Float
    """Mean of the stretch before it, and since; of what each period added to a running total."""
    suggested_after: Float
    policy: dict[str, Any]

    def __len__(self) -> int:
        return len(self.light)


@dataclass
class Moments:
    """What the same rules, with today's inputs, say at every observed period after the baseline
    from the data up to it: matrices (n, m) over the periods of the block, −1 or NaN elsewhere."""

    light: Int
    """As adopted."""
    raw: Int
    """Before confirmation; −1 also while it is too early to tell."""
    pending: Int
    likelihood: Float
    likelihood_light: Int
    distance_light: Int
    early: Bool
    expected: Float
    ahead: Float
    k0: Int
    """(n,) ordinals of baseline and target, −1 without a path; the planned change (n,)."""
    k1: Int
    planned: Float

    def __len__(self) -> int:
        return len(self.light)


@dataclass
class Track:
    """Matrices (n, m') from the first observation of the block to the later of the latest
    observation and the latest target; NaN or '' where there is nothing to show."""

    first: int
    actual: Float
    expected: Float
    low: Float
    """Range of the path."""
    high: Float
    gap: Float
    relative: Float
    journey: Float
    noise: Float
    centre: Float
    """Natural limits of the values; a running total has none, its signals are those of what each
    period added."""
    lower: Float
    upper: Float
    signal_codes: Codes
    reading_codes: Codes
    limits: Sequence[list[dict[str, Any]]]
    """Per row the stretches: start (ordinal), n, centre, lower, upper, trial."""

    @cached_property
    def signal(self) -> Text:
        """outside, trend, two_of_three, shift, or ''."""
        return np.array(SIGNALS)[self.signal_codes]

    @cached_property
    def reading(self) -> Text:
        """improving, deteriorating, neutral, or ''."""
        return np.array(READINGS)[self.reading_codes]
