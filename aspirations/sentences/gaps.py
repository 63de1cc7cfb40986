"""What is said of the gap between a group and a reference, now and when it was first measured."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from aspirations.analysis.equity import Gap
from aspirations.models import Metric
from aspirations.sentences.numbers import is_nothing, number, period_text, size_text

NEAR_ONE = 0.005
"""Ratios that differ by less are the same at two decimals."""


def ratio_text(value: float | None) -> str:
    """“1.25”; “–” where it is undefined."""
    return "–" if value is None else number(value, 2)


def stands_text(metric: Metric, absolute: float) -> str:
    """“2.1 points behind the whole”, “0.9 points ahead of the whole”, “level with the whole”."""
    if is_nothing(metric, absolute):
        return _("Level with the whole")
    size = {"size": size_text(metric, absolute)}
    if not metric.sign and metric.band_low is None:
        words = _("%(size)s below the whole") if absolute > 0 else _("%(size)s above the whole")
        return words % size
    return (
        _("%(size)s behind the whole") if absolute > 0 else _("%(size)s ahead of the whole")
    ) % size


def now_and_then(metric: Metric, gap: Gap, days: Sequence[date], start: int | None) -> str:
    """The latest gap to the whole, and what it was when it began to be counted."""
    last = gap.known[-1]
    now = stands_text(metric, float(gap.absolute[last]))
    if start is None or start >= last:
        return now
    then = float(gap.absolute[start])
    behind = gap.absolute[last] > 0
    when = period_text(metric, days[start])
    if is_nothing(metric, then):
        return _("%(now)s, was level in %(when)s") % {"now": now, "when": when}
    if (then > 0) == bool(behind):
        words = _("%(now)s, was %(then)s in %(when)s")
    elif then > 0:
        words = _("%(now)s, was %(then)s behind in %(when)s")
    else:
        words = _("%(now)s, was %(then)s ahead in %(when)s")
    return words % {"now": now, "then": size_text(metric, then), "when": when}


def finding(
    metric: Metric, gap: Gap, days: Sequence[date], start: int | None, group: str, reference: str
) -> str:
    """Whether the gap widened or narrowed, absolutely and relatively, in one sentence."""
    names = {"group": group, "reference": reference}
    if not gap.known:
        return _("%(group)s and %(reference)s have no period with both figures.") % names
    last = gap.known[-1]
    now = float(gap.absolute[last])
    told = names | {"now": size_text(metric, now), "when": period_text(metric, days[last])}
    if is_nothing(metric, now):
        return _("%(group)s and %(reference)s stand level in %(when)s.") % told
    if not metric.sign and metric.band_low is None:
        words = _("%(group)s stands %(now)s below %(reference)s in %(when)s.")
        above = _("%(group)s stands %(now)s above %(reference)s in %(when)s.")
        return (words if now > 0 else above) % told
    if start is None or start >= last:
        return (
            _("%(group)s: %(now)s behind %(reference)s in %(when)s.")
            if now > 0
            else _("%(group)s: %(now)s ahead of %(reference)s in %(when)s.")
        ) % told
    then = float(gap.absolute[start])
    told |= {"then": size_text(metric, then), "began": period_text(metric, days[start])}
    return moved(metric, now, then) % told


def moved(metric: Metric, now: float, then: float) -> str:
    """The sentence, still to be filled: wider, narrower, as wide, or turned round."""
    if now > 0 >= then or now < 0 <= then:
        return (
            _("%(group)s fell behind %(reference)s: %(now)s in %(when)s.")
            if now > 0
            else _("%(group)s went ahead of %(reference)s: by %(now)s in %(when)s.")
        )
    if is_nothing(metric, abs(now) - abs(then)):
        return _("The gap of %(group)s to %(reference)s is as wide as in %(began)s: %(now)s.")
    if abs(now) > abs(then):
        return _("The gap of %(group)s to %(reference)s widened from %(then)s in %(began)s to "
                 "%(now)s in %(when)s.")  # fmt: skip
    return _("The gap of %(group)s to %(reference)s narrowed from %(then)s in %(began)s to "
             "%(now)s in %(when)s.")  # fmt: skip


def relative_text(gap: Gap, start: int | None) -> str:
    """What the relative gap did meanwhile; said because the two may disagree."""
    known = [column for column in gap.known if gap.relative[column] == gap.relative[column]]
    if not known:
        return _("There is no relative gap: the group stands at nought, or on its other side.")
    now = float(gap.relative[known[-1]])
    words = {"now": ratio_text(now)}
    if start is None or start not in known or start >= known[-1]:
        return _("Relative: the reference is %(now)s times the group.") % words
    then = float(gap.relative[start])
    words["then"] = ratio_text(then)
    if abs(now - then) < NEAR_ONE:
        return _("Relative: the reference is %(now)s times the group, as it was.") % words
    return _("Relative: the reference is %(now)s times the group, and was %(then)s times.") % words
