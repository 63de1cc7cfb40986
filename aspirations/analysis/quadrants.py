"""The map of delivery: how bold an aspiration is, how well it is executed, and what that says.

Boldness runs upward and execution across, both from 1 to 4. The midline is 2.5 and a point on it
counts as low. The four fields are those of M. Barber, A. Moffit and P. Kihn, “Deliverology 101”
(2011); the midline and the rules for a portfolio are defaults of this program.
"""

from collections.abc import Sequence
from dataclasses import dataclass

MIDLINE = 2.5
LEAST_ACTIVE = 3
"""Active aspirations from which a portfolio can be judged as one."""
TRANSFORMATION, CONTROVERSY = "transformation", "controversy"
IMPROVED, STATUS_QUO = "improved", "status_quo"
LEFT = {CONTROVERSY, STATUS_QUO}
VERDICTS = ("too_risky", "lacks_ambition", "execution_gap", "managed_decline", "stuck")


@dataclass(frozen=True)
class Standing:
    """Where an active aspiration stands: fields of the map, "" for unknown.

    `intended` was agreed with it; `now` rests on the last locked round, `before` on the one
    before that.
    """

    intended: str = ""
    now: str = ""
    before: str = ""


@dataclass(frozen=True)
class Verdict:
    """What is said of the portfolio, and the places in the rows that it rests on."""

    code: str
    rows: tuple[int, ...]


def execution(
    planning: float | None, capacity: float | None, progress: float | None
) -> float | None:
    """The mean of the three ratings; None unless all three were given."""
    if planning is None or capacity is None or progress is None:
        return None
    return (planning + capacity + progress) / 3


def quadrant(boldness: float | None, execution: float | None) -> str:
    """The field of the map; "" where either is unknown."""
    if boldness is None or execution is None:
        return ""
    if boldness > MIDLINE:
        return TRANSFORMATION if execution > MIDLINE else CONTROVERSY
    return IMPROVED if execution > MIDLINE else STATUS_QUO


def portfolio_verdicts(rows: Sequence[Standing]) -> list[Verdict]:
    """What the active aspirations say together; nothing below three of them.

    The first two look at where each is meant to be, or at where it is while that is not agreed;
    they need to know it of every one. The next two count every active aspiration, also one that
    nobody has placed: unknown is not weak.
    """
    if len(rows) < LEAST_ACTIVE:
        return []
    meant = [row.intended or row.now for row in rows]
    now = [row.now for row in rows]
    every = tuple(range(len(rows)))
    left = tuple(place for place in every if now[place] in LEFT)
    quiet = tuple(place for place in every if now[place] == STATUS_QUO)
    stuck = tuple(place for place, row in enumerate(rows) if row.now == row.before == CONTROVERSY)
    found = {
        "too_risky": every if set(meant) == {TRANSFORMATION} else (),
        "lacks_ambition": every if set(meant) == {IMPROVED} else (),
        "execution_gap": left if 2 * len(left) > len(rows) else (),
        "managed_decline": quiet if 2 * len(quiet) > len(rows) else (),
        "stuck": stuck,
    }
    return [Verdict(code, found[code]) for code in VERDICTS if found[code]]
