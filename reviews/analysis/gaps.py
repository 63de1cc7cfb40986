"""Where those inside see themselves otherwise than those outside do.

One figure is set against one figure: nothing is averaged over groups. A median of which only
“this or higher” is known counts as that figure, so a gap is never said to be larger than it
surely is on that side.
"""

from collections.abc import Mapping
from dataclasses import dataclass

APART = 1.0
"""Points of the scale from which a difference is told."""
SELF = "self"
OUTSIDE = ("independent", "interviewee", "focus_group", "survey")


@dataclass(frozen=True)
class Gap:
    """How far the self-view lies above one outside view; negative where it lies below."""

    group: str
    own: float
    theirs: float

    @property
    def points(self) -> float:
        return self.own - self.theirs


def widest(figures: Mapping[str, float]) -> Gap | None:
    """Of one element the widest gap between the self-view and those outside; None without both."""
    own = figures.get(SELF)
    if own is None:
        return None
    found = [Gap(group, own, figures[group]) for group in OUTSIDE if group in figures]
    return max(found, key=lambda gap: abs(gap.points), default=None)


def is_apart(gap: Gap | None) -> bool:
    return gap is not None and abs(gap.points) >= APART
