"""The finding of a metric page in one sentence."""

from django.utils.translation import gettext as _

from aspirations.models import Judgment, Metric, Segment
from aspirations.sentences.lights import reason_text
from aspirations.sentences.numbers import gap_text, period_text, value_text


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
    parts = [_moves(judgment), _stands(metric, judgment), _outlook(judgment, target)]
    return _sentence(name, [part for part in parts if part])


def _unjudged(name: str, judgment: Judgment, metric: Metric) -> str:
    short = {
        "no_target": _("%(name)s has no target, so it is not judged."),
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
    words = {
        "delivered": _("%(name)s has delivered its target: %(value)s."),
        "held": _("%(name)s holds what it delivered: %(value)s."),
        "missed": _("%(name)s has missed its target: %(value)s."),
        "lost": _("%(name)s has lost what it had delivered: %(value)s."),
    }[judgment.state]
    value = value_text(metric, judgment.actual)
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
    on_path = gap == gap_text(metric, 0.0)
    words = _("is %(gap)s") if on_path else _("is %(gap)s of its path")
    if not on_path and judgment.gap < 0:
        words = _("is %(gap)s its path")
    return words % {"gap": gap}


def _outlook(judgment: Judgment, target: str) -> str:
    goal = target or _("its target")
    likelihood = judgment.likelihood
    if likelihood is None:
        return ""
    if likelihood < 0.10:
        return _("is very unlikely to reach %(goal)s") % {"goal": goal}
    if likelihood < 0.40:
        return _("is unlikely to reach %(goal)s") % {"goal": goal}
    if likelihood < 0.65:
        return _("has about an even chance of reaching %(goal)s") % {"goal": goal}
    if likelihood < 0.90:
        return _("is likely to reach %(goal)s") % {"goal": goal}
    return _("is very likely to reach %(goal)s") % {"goal": goal}


def _sentence(name: str, parts: list[str]) -> str:
    """Parts joined as “a, b and c”."""
    if not parts:
        return _("%(name)s has a light but no path to compare with.") % {"name": name}
    if len(parts) == 1:
        text = parts[0]
    else:
        text = _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
    return f"{name} {text}."
