"""Statements without a light: what no intervention explains, and a level that has changed."""

from django.utils.translation import gettext as _

from aspirations.models import Judgment, Metric
from aspirations.sentences.lights import as_day, figures
from aspirations.sentences.numbers import is_nothing, period_text, size_text, value_text


def unexplained(judgment: Judgment, metric: Metric) -> list[str]:
    """What the interventions of the plan leave open, or promise beyond the target."""
    known = figures(judgment, "plan")
    left, planned = known.get("unexplained"), known.get("planned")
    if not left or not planned or is_nothing(metric, left):
        return []
    short = left * metric.sign > 0
    words = {
        "size": size_text(metric, left),
        "planned": size_text(metric, planned),
        "explained": size_text(metric, max(planned - abs(left), 0.0)),
    }
    if short:
        text = _(
            "The plan explains %(explained)s of the %(planned)s needed; "
            "%(size)s have no intervention behind them."
        )
    else:
        text = _("The interventions add up to %(size)s more than the %(planned)s needed.")
    return [text % words]


def new_level(judgment: Judgment, metric: Metric) -> list[str]:
    """A level that has held long enough to draw the natural limits anew from its begin."""
    known = figures(judgment, "rebase_suggested")
    begun = as_day(known.get("period"))
    if begun is None:
        return []
    text = _(
        "Since %(begun)s the figures have held another level, %(after)s on average after "
        "%(before)s: the natural limits might start anew there. That is for a person to decide."
    )
    return [
        text
        % {
            "begun": period_text(metric, begun),
            "before": value_text(metric, known.get("before")),
            "after": value_text(metric, known.get("after")),
        }
    ]
