"""What natural variation says: the rule that fired, and whether that is good news."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from aspirations.models import Judgment, Metric
from aspirations.sentences.lights import figures
from aspirations.sentences.numbers import bare, range_text, value_text

FEWEST_FOR_LIMITS = 5
MARKS = {"improving": "▲", "deteriorating": "▼", "neutral": "◆"}


def signal_text(signal: str, reading: str, *, above: bool, rising: bool | None = None) -> str:
    """One point's signal for a table: “▲ above the upper limit”; empty without a signal.

    `above`: on the upper side of the centre. `rising`: the slope of a trend where it is known.
    """
    if not signal:
        return ""
    return f"{MARKS.get(reading, '◆')} {_of_signal(signal, above, rising)}"


def _of_signal(signal: str, above: bool, rising: bool | None) -> str:
    if signal == "outside":
        return _("above the upper limit") if above else _("below the lower limit")
    if signal == "two_of_three":
        return (
            _("close to the upper limit, two of three")
            if above
            else _("close to the lower limit, two of three")
        )
    if signal == "shift":
        return _("in a run above the average") if above else _("in a run below the average")
    if rising is None:
        return _("in a run one way")
    return _("in a rising run") if rising else _("in a falling run")


def chart_title(judgment: Judgment | None) -> str:
    """The trend in ten words or fewer."""
    if judgment is None:
        return _("Figures so far")
    if judgment.period is None:
        return _("Nothing observed yet")
    direction, signal = judgment.direction, judgment.signal
    if direction == "steady":
        return _("The latest figure shows only ordinary variation")
    better = {
        "outside": _("The latest figure is a real improvement"),
        "trend": _("A run of figures shows real improvement"),
        "shift": _("The level has shifted for the better"),
        "two_of_three": _("Recent figures point to a real improvement"),
    }
    worse = {
        "outside": _("The latest figure is a real change for the worse"),
        "trend": _("A run of figures shows real worsening"),
        "shift": _("The level has shifted for the worse"),
        "two_of_three": _("Recent figures point to real worsening"),
    }
    if direction == "improving":
        return better.get(signal, _("A real improvement"))
    if direction == "deteriorating":
        return worse.get(signal, _("A real change for the worse"))
    if direction == "neutral":
        return _("A real change, not ordinary variation")
    if never_vary(figures(judgment, "direction")):
        return _("No change: every figure is the same")
    return _("Too few figures to tell change from chance")


def limits_text(metric: Metric, limits: Mapping[str, Any], *, first: bool) -> str:
    """The name of a stretch on the chart, with its count of points and whether it is a trial."""
    if limits.get("upper") is None:
        return ""
    name = _("Natural limits") if first else _("New limits")
    if limits["trial"]:
        return _("%(name)s, on trial: %(count)s points") % {"name": name, "count": limits["n"]}
    return _("%(name)s, %(count)s points") % {"name": name, "count": limits["n"]}


def never_vary(known: Mapping[str, Any]) -> bool:
    """Figures enough for natural limits, and yet none: every one of them is the same."""
    return (known.get("points") or 0) >= FEWEST_FOR_LIMITS and known.get("centre") is None


def direction_text(judgment: Judgment, metric: Metric, known: Mapping[str, Any]) -> str:
    """The latest point against the natural limits of its stretch, with the limits themselves."""
    if not judgment.direction and never_vary(known):
        return _("Every figure is the same, so there is no natural variation to measure.")
    if not judgment.direction:
        return _("Natural limits need five figures or more in a stretch.")
    above = _is_above(judgment, known)
    said = {
        "outside": _("The latest figure lies above the upper limit.")
        if above
        else _("The latest figure lies below the lower limit."),
        "trend": _("The latest figures run one way, too many in a row to be chance."),
        "two_of_three": _("Two of the latest three figures lie close to a limit."),
        "shift": _("The latest figures all lie above the average, too many to be chance.")
        if above
        else _("The latest figures all lie below the average, too many to be chance."),
    }.get(judgment.signal, _("The latest figure is within ordinary variation."))
    return f"{said} {_limits(metric, known)}".strip()


def _is_above(judgment: Judgment, known: Mapping[str, Any]) -> bool:
    centre = known.get("centre")
    return centre is not None and judgment.actual is not None and judgment.actual > centre


def _limits(metric: Metric, known: Mapping[str, Any]) -> str:
    low, centre, high = known.get("lower"), known.get("centre"), known.get("upper")
    if low is None or centre is None or high is None:
        return ""
    text = _("Natural limits %(range)s around an average of %(centre)s, from %(count)s figures") % {
        "range": range_text(metric, low, high),
        "centre": value_text(metric, centre),
        "count": known.get("points") or bare(metric, None),
    }
    return (
        _("%(text)s: a trial until there are more.") % {"text": text}
        if known.get("trial")
        else f"{text}."
    )
