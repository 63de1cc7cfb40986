"""What pages say of a plan: its shape in words, and whether it is honest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from aspirations.analysis import periods
from aspirations.analysis.honesty import Answer
from aspirations.analysis.honesty import Finding as Asked
from aspirations.models import Effect, Metric, Trajectory
from aspirations.models.agreements import Method
from aspirations.sentences.numbers import (
    aim_text,
    bare,
    day_text,
    is_nothing,
    number,
    period_text,
    range_text,
    share_text,
    size_text,
    value_text,
)

STEP = {
    "day": ngettext_lazy("%(count)s day", "%(count)s days", "count"),
    "week": ngettext_lazy("%(count)s week", "%(count)s weeks", "count"),
    "month": ngettext_lazy("%(count)s month", "%(count)s months", "count"),
    "quarter": ngettext_lazy("%(count)s quarter", "%(count)s quarters", "count"),
    "half_year": ngettext_lazy("%(count)s half-year", "%(count)s half-years", "count"),
    "year": ngettext_lazy("%(count)s year", "%(count)s years", "count"),
}


@dataclass(frozen=True)
class Said:
    """One question about a plan, answered: `icon` and `word` tell how far it is in order."""

    icon: str
    word: str
    title: str
    sentence: str


def before_text(metric: Metric, row: Trajectory) -> str:
    """“72% by Dec 2026, until 3 Mar 2025”: an earlier target, and when another took its place."""
    words = _("%(target)s by %(due)s")
    told = words % {
        "target": aim_text(metric, row.target.value), "due": period_text(metric, row.target.due),
    }  # fmt: skip
    if row.superseded_at is None:
        return told
    until = {"told": told, "day": day_text(row.superseded_at.date())}
    return _("%(told)s, until %(day)s") % until


def plan_headline(metric: Metric, asked: list[Asked]) -> str:
    """How much of the planned change has an intervention behind it."""
    known = next((one.figures for one in asked if one.code == "unexplained"), None)
    if known is None:
        return _("The path to the target")
    if is_nothing(metric, known["left"]):
        return _("The plan explains all of the %(needed)s needed.") % {
            "needed": size_text(metric, known["needed"])
        }
    if known["left"] < 0:
        return _("The plan adds up to %(more)s more than the %(needed)s needed.") % {
            "more": size_text(metric, known["left"]),
            "needed": size_text(metric, known["needed"]),
        }
    return _(
        "The plan explains %(explained)s of the %(needed)s needed. "
        "%(left)s have no intervention behind them."
    ) % {
        "explained": number(known["explained"], metric.decimals),
        "needed": size_text(metric, known["needed"]),
        "left": size_text(metric, known["left"]),
    }


def draft_headline(metric: Metric, row: Trajectory, asked: list[Asked]) -> str:
    """The same of a path that is being drafted, which may rest on nothing yet."""
    if any(one.code == "unexplained" for one in asked):
        return plan_headline(metric, asked)
    due = period_text(metric, row.target.due)
    if not asked:
        words = _("This path leads from %(start)s to %(target)s by %(due)s.")
        start, target = row.baseline.value, aim_text(metric, row.target.value)
        return words % {"start": value_text(metric, start), "target": target, "due": due}
    needed = asked_size(metric, asked)
    return _("No intervention is behind the %(needed)s needed by %(due)s.") % {
        "needed": needed, "due": due,
    }  # fmt: skip


def left_text(metric: Metric, left: float, *, sign: int) -> str:
    """What of the change no intervention explains, or how far they go beyond it."""
    if is_nothing(metric, left):
        return ""
    if sign * left < 0:
        return _("%(more)s more than needed") % {"more": bare(metric, abs(left))}
    return _("%(left)s not yet explained") % {"left": bare(metric, left)}


def asked_size(metric: Metric, asked: list[Asked]) -> str:
    """The whole planned change, as far as a question names it."""
    found = (one.figures["needed"] for one in asked if "needed" in one.figures)
    return size_text(metric, next(found, 0.0))


def shape_text(metric: Metric, row: Trajectory) -> str:
    """“Slow, fast, slow: from 54.2% in Jun 2024 to 72% in Jun 2028.”, with range and season."""
    words = _("%(shape)s: from %(start)s in %(begun)s to %(target)s in %(due)s.") % {
        "shape": row.get_shape_display(),
        "start": value_text(metric, row.baseline.value),
        "begun": period_text(metric, row.baseline.period),
        "target": aim_text(metric, row.target.value),
        "due": period_text(metric, row.target.due),
    }
    more = [start_text(row), season_text(row), ends_text(metric, row)]
    return " ".join([words, *(text for text in more if text)])


def start_text(row: Trajectory) -> str:
    """How the baseline was taken where it is not one figure."""
    count = row.baseline.periods
    if row.baseline.method == Method.MEAN:
        return _("The baseline is the mean of %(count)s periods.") % {"count": count}
    if row.baseline.method == Method.TREND:
        return _("The baseline is the end of the trend of %(count)s periods.") % {"count": count}
    return ""


def season_text(row: Trajectory) -> str:
    return _("It follows the time of year.") if row.season else ""


def ends_text(metric: Metric, row: Trajectory) -> str:
    """The range in which the path may end."""
    if row.low is None or row.high is None:
        return ""
    return _("Its range opens to %(range)s.") % {"range": range_text(metric, row.low, row.high)}


def timing_text(metric: Metric, effect: Effect) -> str:
    """“Oct 2024, 14 months”: the start, and the time from there to the full effect."""
    count = effect.lag + effect.ramp
    length = STEP[metric.frequency] % {"count": count}
    start = period_text(metric, effect.start)
    return f"{start}, {length}" if count else start


def evidence_text(effect: Effect) -> str:
    """“Strong: own results”."""
    grade = str(effect.get_evidence_display())
    return f"{grade}: {effect.sources}" if effect.sources else grade


# --- honesty -------------------------------------------------------------------------------


def honesty_items(metric: Metric, asked: list[Asked]) -> list[Said]:
    """The answers in the order in which the questions are asked."""
    words = {
        Answer.SOUND: ("i-tick", _("In order:")),
        Answer.LOOK: ("i-info", _("Worth a question:")),
        Answer.DOUBT: ("i-warn", _("To be answered:")),
    }
    return [Said(*words[one.answer], *SAY[one.code](metric, one)) for one in asked]


def steepest(metric: Metric, one: Asked) -> tuple[str, str]:
    known = one.figures
    title = (
        _("The path is too short for a year to be compared")
        if known["asks"] is None
        else _("Steepest year asks for %(size)s") % {"size": _gain(metric, known["asks"])}
    )
    if known["best"] is None:
        said = [_("There is no full year of figures to compare with.")]
    else:
        said = [_("Best year so far gave %(size)s.") % {"size": _gain(metric, known["best"])}]
    if known["peers_best"] is not None:
        peers = _("Best comparable system: %(size)s.")
        said.append(peers % {"size": _gain(metric, known["peers_best"])})
    return title, " ".join(said)


def _gain(metric: Metric, change: float) -> str:
    size = size_text(metric, change)
    return size if change >= 0 else _("%(size)s the wrong way") % {"size": size}


def nobody(metric: Metric, one: Asked) -> tuple[str, str]:
    return _("No interventions are named"), _(
        "Nothing here says where the %(needed)s are to come from."
    ) % {"needed": size_text(metric, one.figures["needed"])}


def unexplained(metric: Metric, one: Asked) -> tuple[str, str]:
    left = one.figures["left"]
    if one.answer is Answer.SOUND:
        return _("All explained"), _("The whole change has interventions behind it.")
    return _("%(size)s unexplained") % {"size": size_text(metric, left)}, _(
        "Add an intervention, or lower the path and say so."
    )


def over_counting(metric: Metric, one: Asked) -> tuple[str, str]:
    title, told = _("Over-counting"), one.figures["overlaps"]
    if not told:
        return title, _("No two interventions are known to claim the same gain.")
    return title, " ".join(_overlap(metric, row) for row in told)


def _overlap(metric: Metric, row: dict[str, Any]) -> str:
    note = row["note"] or _("%(first)s and %(second)s claim the same gain.") % row
    words = (
        _("%(note)s Overlap of %(amount)s is taken out.")
        if is_nothing(metric, row["left"])
        else _("%(note)s Overlap of %(left)s not yet removed.")
    )
    return words % {
        "note": note if note.endswith(".") else f"{note}.",
        "amount": size_text(metric, row["amount"]), "left": size_text(metric, row["left"]),
    }  # fmt: skip


def timing(metric: Metric, one: Asked) -> tuple[str, str]:
    title = _("Timing")
    if one.answer is Answer.SOUND:
        return title, _("No gain is counted before its intervention starts.")
    frequency = periods.Frequency(metric.frequency)
    begins = periods.start(frequency, one.figures["begins"], metric.year_starts)
    return title, _("%(early)s are asked for by %(begins)s, before any intervention can work.") % {
        "early": size_text(metric, one.figures["early"]),
        "begins": period_text(metric, begins),
    }


def weak_evidence(metric: Metric, one: Asked) -> tuple[str, str]:
    return _("Evidence"), _share(
        one, _("No gain rests on weak evidence or none."),
        _("%(share)s of the expected gain rests on weak evidence or none."),
    )  # fmt: skip


def unfunded(metric: Metric, one: Asked) -> tuple[str, str]:
    return _("Money"), _share(
        one, _("No gain waits for money. Money is no evidence of effect."),
        _("%(share)s of the expected gain has no funding."),
    )  # fmt: skip


def _share(one: Asked, nothing: str, some: str) -> str:
    share = one.figures["share"]
    return some % {"share": share_text(share)} if share else nothing


SAY = {
    "steepest_year": steepest, "no_interventions": nobody, "unexplained": unexplained,
    "over_counting": over_counting, "timing": timing, "weak_evidence": weak_evidence,
    "unfunded": unfunded,
}  # fmt: skip


# --- a new stretch -------------------------------------------------------------------------


def suggested_text(metric: Metric, begun: date, known: Mapping[str, Any]) -> str:
    """What the figures suggest, in words that leave the decision to a person."""
    words = _(
        "The figures suggest a new stretch from %(begun)s: %(before)s on average before, "
        "%(after)s since."
    )
    return words % {
        "begun": period_text(metric, begun),
        "before": value_text(metric, known.get("before")),
        "after": value_text(metric, known.get("after")),
    }
