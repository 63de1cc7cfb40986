"""The finding of a metric page in one sentence."""

from django.utils.translation import gettext as _

from aspirations.models import Judgment, Metric, Segment
from aspirations.sentences.lights import has_aim, reason_text
from aspirations.sentences.numbers import (
    gap_text,
    has_band,
    is_nothing,
    period_text,
    value_text,
)


def subject(metric: Metric, segment: Segment | None) -> str:
    """The metric by name, with its segment unless that is the whole system."""
    if segment is None or segment.is_whole:
        return metric.name
    return f"{metric.name}, {segment.name}"


def metric_headline(
    metric: Metric,
    judgment: Judgment | None,
    segment: Segment | None = None,
    target: str = "",
) -> str:
    """How it moves, where it stands against its path, and whether it will get there.

    `target` is the target in words (“72% by Jun 2028”); without it the sentence says “its target”.
    """
    name = subject(metric, segment)
    if judgment is None:
        return _("%(name)s waits for its first judgment.") % {"name": name}
    if judgment.light == "N":
        return _unjudged(name, judgment, metric)
    if judgment.state:
        return _ended(name, judgment, metric, target)
    return _sentence(name, _moves(judgment), _stands(metric, judgment), _outlook(judgment, target))


def _unjudged(name: str, judgment: Judgment, metric: Metric) -> str:
    short = {
        "no_target": _("%(name)s has no target, so it is not judged.")
        if has_aim(metric)
        else _("%(name)s is shown for reference: no direction has been agreed as better."),
        "no_trajectory": _("%(name)s has no agreed path, so it is not judged."),
        "nothing_observed": _("%(name)s has no figure since its baseline, so it is not judged."),
        "too_early": _("It is too early to judge %(name)s."),
        "stale": _("%(name)s is not judged: its latest figure, for %(latest)s, is out of date."),
        "quality_d": _("%(name)s is not judged: its data are too weak."),
    }
    words = short.get(judgment.not_judged_reason)
    if words is None:
        return _("%(name)s is not judged. %(reason)s") % {
            "name": name,
            "reason": reason_text(judgment, metric),
        }
    return words % {"name": name, "latest": period_text(metric, judgment.period)}


def _ended(name: str, judgment: Judgment, metric: Metric, target: str) -> str:
    gap = judgment.gap or 0.0
    is_short = gap < 0 and not is_nothing(metric, gap)
    words = {
        "delivered": _("%(name)s came close enough to its target to count as delivered: %(value)s.")
        if is_short
        else _("%(name)s has delivered its target: %(value)s."),
        "held": _("%(name)s stays close enough to its target to count as held: %(value)s.")
        if is_short
        else _("%(name)s holds the level of its target: %(value)s."),
        "missed": _("%(name)s has missed its target: %(value)s."),
        "lost": _("%(name)s has lost what it had delivered: %(value)s."),
    }[judgment.state]
    value = value_text(metric, judgment.actual)
    path = judgment.trajectory
    if path and path.target.due != judgment.period:
        latest = period_text(metric, judgment.period)
        value = _("%(value)s in %(latest)s") % {"value": value, "latest": latest}
    if target:
        value = _("%(value)s against %(target)s") % {"value": value, "target": target}
    return words % {"name": name, "value": value}


def _moves(judgment: Judgment) -> str:
    return {
        "improving": _("is improving"),
        "deteriorating": _("is getting worse"),
        "steady": _("is not really changing"),
        "neutral": _("is changing"),
    }.get(judgment.direction, "")


def _stands(metric: Metric, judgment: Judgment) -> str:
    if judgment.gap is None:
        return ""
    gap = gap_text(metric, judgment.gap)
    if is_nothing(metric, judgment.gap) or has_band(metric):
        return gap
    words = _("%(gap)s of its path") if judgment.gap > 0 else _("%(gap)s its path")
    return words % {"gap": gap}


def _outlook(judgment: Judgment, target: str) -> str:
    goal = target or _("its target")
    likelihood = judgment.likelihood
    if likelihood is None:
        return ""
    if likelihood < 0.10:
        words = _(" and very unlikely to reach %(goal)s")
    elif likelihood < 0.40:
        words = _(" and unlikely to reach %(goal)s")
    elif likelihood < 0.65:
        words = _(", with about an even chance of reaching %(goal)s")
    elif likelihood < 0.90:
        words = _(" and likely to reach %(goal)s")
    else:
        words = _(" and very likely to reach %(goal)s")
    return words % {"goal": goal}


def _sentence(name: str, moves: str, stands: str, outlook: str) -> str:
    """“Reading is improving: 0.9 points ahead of its path and likely to reach 72%.”"""
    if not stands:
        return _("%(name)s has a light but no path to compare with.") % {"name": name}
    words = _("%(name)s %(moves)s: %(stands)s.") if moves else _("%(name)s is %(stands)s.")
    return words % {"name": name, "moves": moves, "stands": f"{stands}{outlook}"}
