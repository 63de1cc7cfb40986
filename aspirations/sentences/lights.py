"""Short sentences about a judgment's light: its word, its reason, what is pending, its data."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from aspirations.models import Judgment, Light, Metric
from aspirations.sentences.numbers import (
    day_text,
    days_text,
    has_band,
    is_nothing,
    period_text,
    size_text,
    value_text,
)

ORDER = ("R", "AR", "AG", "G")


def light_word(code: str) -> str:
    """“AR” → “Amber-Red”; anything without a light → “Not judged”."""
    return str(Light(code or "N").label)


def state_word(state: str) -> str:
    """What became of the target at its period and after."""
    return {
        "delivered": _("Delivered"),
        "held": _("Held"),
        "missed": _("Missed"),
        "lost": _("Lost"),
    }.get(state, "")


def state_text(state: str) -> str:
    return {
        "delivered": _("The target period has come and the target is delivered."),
        "held": _("The target period has passed and the level of the target is held."),
        "missed": _("The target period has come and the target is missed."),
        "lost": _("The target was delivered; the level has been lost since."),
    }.get(state, "")


def direction_word(direction: str) -> str:
    return {
        "improving": _("Improving"),
        "deteriorating": _("Deteriorating"),
        "steady": _("Steady"),
        "neutral": _("Changing"),
    }.get(direction, _("Not known yet"))


def figures(judgment: Judgment, rule: str) -> Mapping[str, Any]:
    """The figures of one piece of evidence; empty where the judgment has none of that rule."""
    for item in judgment.evidence:
        if item.get("rule") == rule:
            return dict(item.get("figures") or {})
    return {}


def as_day(stored: Any) -> date | None:
    """A day as the record keeps it, or None."""
    return date.fromisoformat(str(stored)) if stored else None


def split_text(judgment: Judgment, metric: Metric) -> str:
    """What it means that likelihood and distance disagree; empty where they agree."""
    likely, near = judgment.likelihood_light, judgment.distance_light
    if likely not in ORDER or near not in ORDER or likely == near:
        return ""
    if ORDER.index(likely) > ORDER.index(near):
        return _outlook_is_better(likely, metric)
    if near != "G":
        return (
            _("Nearer its band today than it is likely to end.")
            if has_band(metric)
            else _("Nearer its path today than it is likely to end.")
        )
    words = (
        _("%(place)s today, not certain to stay there.")
        if likely == "AG"
        else _("%(place)s today, unlikely to stay there.")
    )
    return words % {"place": _near(judgment.gap or 0.0, metric)}


def _outlook_is_better(likely: str, metric: Metric) -> str:
    """Far today; only a Green outlook makes it likely that the ground is made up."""
    if has_band(metric):
        return _("Further from its band today than it is likely to end.")
    if likely == "G":
        return _("Behind its path today, likely to make up ground.")
    return _("Further behind its path today than it is likely to end.")


def _near(gap: float, metric: Metric) -> str:
    """Where a series stands whose distance is Green."""
    on_it = is_nothing(metric, gap)
    if has_band(metric):
        return _("Inside its band") if on_it else _("Close to its band")
    if on_it:
        return _("On the path")
    return _("Ahead of its path") if gap > 0 else _("Close to its path")


def pending_text(judgment: Judgment) -> str:
    """“Amber-Red next time unless the next figure is better”; empty where nothing is pending."""
    code = judgment.pending
    if code not in ORDER:
        return ""
    worse = judgment.light in ORDER and ORDER.index(code) < ORDER.index(judgment.light)
    words = (
        _("%(light)s next time unless the next figure is better")
        if worse
        else _("%(light)s next time if the next figure confirms it")
    )
    return words % {"light": light_word(code)}


def confirm_text(judgment: Judgment, metric: Metric) -> str:
    """When this metric's light changes."""
    if not judgment.policy.get("confirm", True) or metric.frequency in ("half_year", "year"):
        return _("This metric’s light follows each new figure at once.")
    if judgment.state:
        return _("After the target period a light changes when a new one comes up twice running.")
    return _(
        "A light changes when a new one comes up twice running, or at once if it is two steps away."
    )


def freshness_word(freshness: str) -> str:
    return {
        "fresh": _("Fresh"),
        "late": _("Late"),
        "stale": _("Stale"),
    }.get(freshness, _("None yet"))


def freshness_text(judgment: Judgment, as_of: date | None = None) -> str:
    """“Next figure due 8 May 2026”, “Late: due 10 Mar 2026, 4 days ago”."""
    if judgment.freshness not in ("fresh", "late", "stale"):
        return _("No figure yet")
    if judgment.due is None:
        return _("No next figure expected")
    due = day_text(judgment.due)
    if judgment.freshness == "fresh":
        return _("Next figure due %(due)s") % {"due": due}
    overdue = (as_of - judgment.due).days if as_of else 0
    words = {"late": _("Late: due %(due)s"), "stale": _("Stale: due %(due)s")}[judgment.freshness]
    text = words % {"due": due}
    return (
        _("%(text)s, %(days)s ago") % {"text": text, "days": days_text(overdue)}
        if (overdue > 0)
        else text
    )


def reason_text(judgment: Judgment, metric: Metric) -> str:
    """Why there is no light, with the figure or date that would end it; empty when judged."""
    known = figures(judgment, judgment.not_judged_reason)
    latest = period_text(metric, judgment.period)
    words = {
        "no_target": _("No target has been agreed.")
        if has_aim(metric)
        else _("For reference only: no direction has been agreed."),
        "no_trajectory": _(
            "A target is agreed, but no path leads to it yet: the path waits for its baseline."
        ),
        "nothing_observed": _("Nothing has been observed after the baseline."),
        "too_early": _too_early(known, metric),
        "stale": _("The data are stale: a figure was due %(due)s; the latest is for %(latest)s.")
        % {"due": day_text(judgment.due), "latest": latest},
        "quality_d": _("The data have quality grade D, too weak to judge by."),
    }
    return words.get(judgment.not_judged_reason, "")


def has_aim(metric: Metric) -> bool:
    """Whether there is a better side; a metric without one is never judged, target or not."""
    return bool(metric.sign) or has_band(metric)


def reason_word(code: str) -> str:
    """The reason in a word or two, for a list; an empty code is a series nobody judged yet."""
    return {
        "no_target": _("no target"),
        "no_trajectory": _("no agreed path"),
        "nothing_observed": _("no figure yet"),
        "too_early": _("too early to tell"),
        "stale": _("data out of date"),
        "quality_d": _("data too weak"),
    }.get(code, _("not judged yet"))


def was_text(judgment: Judgment, metric: Metric) -> str:
    """“was Amber-Green in Dec 2025”: the latest of the earlier lights that differs."""
    for before in reversed(judgment.earlier):
        if before["light"] in ORDER and before["light"] != judgment.light:
            return _("was %(light)s in %(period)s") % {
                "light": light_word(before["light"]),
                "period": period_text(metric, date.fromisoformat(before["period"])),
            }
    return ""


def _too_early(known: Mapping[str, Any], metric: Metric) -> str:
    first = period_text(metric, as_day(known.get("first_telling")))
    if not first:
        return _("Too early for results: nothing the data can show yet would tell.")
    return _("Too early for results; the first telling figure is for %(first)s.") % {"first": first}


def would_move_text(judgment: Judgment, metric: Metric) -> str:
    """The value the next figure needs for the next better light, or that none would do."""
    known = figures(judgment, "would_move")
    if judgment.would_move_to not in ORDER:
        return ""
    when = period_text(metric, as_day(known.get("period"))) or _("Next figure")
    if judgment.would_move is None:
        return _("%(when)s: no value would be enough") % {"when": when}
    side = {1: _("%(value)s or more"), -1: _("%(value)s or less")}.get(metric.sign, "%(value)s")
    value = side % {"value": value_text(metric, judgment.would_move)}
    return _("%(when)s: %(value)s") % {"when": when, "value": value}


def would_move_note(judgment: Judgment, metric: Metric) -> str:
    """How far the value needed lies from the latest, or that the plan has to change."""
    if judgment.would_move_to not in ORDER:
        return ""
    if judgment.would_move is None:
        return _("One good figure cannot do it: the plan has to change.")
    if judgment.actual is None:
        return ""
    latest, step = value_text(metric, judgment.actual), judgment.would_move - judgment.actual
    if is_nothing(metric, step):
        return _("About where the latest figure stands.")
    words = (
        _("%(size)s above the latest figure, %(latest)s.")
        if step > 0
        else _("%(size)s below the latest figure, %(latest)s.")
    )
    return words % {
        "size": size_text(metric, step),
        "latest": latest,
    }


def earlier_notes(earlier: list[dict[str, Any]]) -> list[str]:
    """How each of the earlier lights came about, oldest first: adopted, pending, changed."""
    notes = []
    before: dict[str, Any] | None = None
    for now in earlier:
        notes.append(_note(before, now))
        before = now
    return notes


def _note(before: dict[str, Any] | None, now: dict[str, Any]) -> str:
    light, pending = now["light"], now.get("pending") or ""
    if pending in ORDER:
        return _("%(light)s pending") % {"light": light_word(pending)}
    if before is None or light not in ORDER:
        return ""
    was = before["light"]
    if was not in ORDER:
        return _("Adopted")
    if light == was:
        return (
            _("%(light)s not confirmed") % {"light": light_word(before["pending"])}
            if (before.get("pending") in ORDER)
            else ""
        )
    if before.get("pending") == light:
        return _("Second time: changed")
    if abs(ORDER.index(light) - ORDER.index(was)) > 1:
        return _("Two steps: changed at once")
    return _("Changed")
