"""Where those inside see themselves stronger, or weaker, than those outside do."""

from dataclasses import dataclass

from reviews.analysis import gaps
from reviews.pages.heat import Heat, Line


@dataclass(frozen=True)
class Brighter:
    """Elements that those inside see otherwise than others do, in one direction."""

    above: tuple[Line, ...]
    below: tuple[Line, ...]

    def __bool__(self) -> bool:
        return bool(self.above or self.below)


def own_view(heat: Heat) -> Brighter:
    """Where the self-view is a point or more from a view from outside, the widest first."""
    apart = [line for line in heat.lines if gaps.is_apart(line.gap)]
    apart.sort(key=lambda line: line.distance, reverse=True)
    above = tuple(line for line in apart if line.gap and line.gap.points > 0)
    return Brighter(above, tuple(line for line in apart if line not in above))
