"""The steps of a review laid out over its days, and when the next review is due."""

from dataclasses import dataclass
from datetime import date, timedelta

from people.analysis.months import months_after

NEXT_AFTER = (18, 24)
"""Months from the end of one review to the next (the range that the method of reviews names)."""
FRIDAY = 4

# Most working days that each step takes. An hour of introduction has its day to itself.
USUAL = {"introduction": 1, "self_review": 2, "focus_groups": 1, "interviews": 3, "conclusions": 2}
ENDS = ("introduction", "conclusions")
LIGHT = ("introduction", "interviews", "conclusions")
FOLLOW_UP_DAYS = 3


@dataclass(frozen=True)
class Planned:
    """A step and its first and last day."""

    kind: str
    starts: date
    ends: date


def lay_out(starts: date, due: date, *, light: bool, next_due: date | None) -> list[Planned]:
    """Every step of a review that starts and ends on these days, in their order.

    Where there is time, the introduction has the first working day and the conclusions the last
    two, and what lies between shares the rest as each step needs it; where there is little, steps
    share days. The follow-up ends as the next review is due; a light version has none.
    """
    days = working_days(starts, due) or [starts]
    lengths = {kind: USUAL[kind] for kind in (LIGHT if light else USUAL)}
    if len(days) < sum(lengths.values()):
        return shared(days, lengths) + follow_up(due, light, next_due)
    last = -lengths["conclusions"]
    between = {kind: lengths[kind] for kind in lengths if kind not in ENDS}
    return [
        Planned("introduction", days[0], days[0]),
        *shared(days[1:last], between),
        Planned("conclusions", days[last], days[-1]),
        *follow_up(due, light, next_due),
    ]


def shared(days: list[date], lengths: dict[str, int]) -> list[Planned]:
    """The days divided among steps by their lengths, at least one each, one after another."""
    whole, before, steps = sum(lengths.values()), 0, []
    for kind, length in lengths.items():
        first = before * len(days) // whole
        before += length
        last = -(-before * len(days) // whole) - 1  # rounded up, so that no step is without a day
        steps.append(Planned(kind, days[first], days[last]))
    return steps


def follow_up(due: date, light: bool, next_due: date | None) -> list[Planned]:
    """A fresh joint team looks again: the last days before the next review is due."""
    if light:
        return []
    last = next_due or months_after(due, NEXT_AFTER[1])
    first = date.fromordinal(max(1, last.toordinal() - 2 * FOLLOW_UP_DAYS))
    days = working_days(first, last)[-FOLLOW_UP_DAYS:]
    return [Planned("follow_up", days[0], days[-1])]


def window(due: date) -> tuple[date, date]:
    """The first and the last day on which the next review is usually due."""
    return months_after(due, NEXT_AFTER[0]), months_after(due, NEXT_AFTER[1])


def state_of(starts: date, ends: date, done_on: date | None, today: date) -> str:
    """Of a step: “done”, “late”, “now” or “ahead”."""
    if done_on is not None:
        return "done"
    if today > ends:
        return "late"
    return "now" if today >= starts else "ahead"


def working_days(first: date, last: date) -> list[date]:
    """Mondays to Fridays from `first` to `last`, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() <= FRIDAY]
