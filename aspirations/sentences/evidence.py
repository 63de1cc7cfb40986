"""The evidence behind a light, item by item, so that a minister can check it by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from aspirations.models import Judgment, Metric
from aspirations.sentences.lights import (
    ORDER,
    direction_word,
    figures,
    freshness_text,
    freshness_word,
    light_word,
    state_text,
    state_word,
)
from aspirations.sentences.numbers import (
    aim_text,
    gap_text,
    has_band,
    is_nothing,
    number,
    period_text,
    range_text,
    share_text,
    size_text,
    value_text,
)
from aspirations.sentences.odds import chance, likelihood_word, threshold
from aspirations.sentences.signals import direction_text
from aspirations.sentences.statements import new_level, unexplained


@dataclass(frozen=True)
class Finding:
    """One piece of evidence: a light or none, what it is about, its word and its sentence."""

    light: str
    title: str
    word: str
    sentence: str
    likelihood: float | None = None
    odds: str = ""
    odds_word: str = ""


def evidence_items(judgment: Judgment, metric: Metric) -> list[Finding]:
    """What decided first, then distance, direction and data; what is absent says why."""
    return [
        *_verdict(judgment, metric),
        *_likelihood(judgment, metric),
        *_distance(judgment, metric),
        Finding(
            "",
            _("Direction"),
            direction_word(judgment.direction),
            direction_text(judgment, metric, figures(judgment, "direction")),
        ),
        Finding("", _("Data"), freshness_word(judgment.freshness), _data(judgment, metric)),
    ]


def notes(judgment: Judgment, metric: Metric) -> list[str]:
    """What must be said beside the light: a new rule, a season, last year."""
    said = []
    rules = {item.get("rule") for item in judgment.evidence}
    if "rule_changed" in rules:
        said.append(
            _("The rule changed: there are figures enough for a likelihood, which now decides.")
        )
    if figures(judgment, "likelihood").get("season"):
        said.append(_("The likelihood allows for the time of year."))
    last_year = figures(judgment, "last_year").get("last_year")
    if last_year is not None:
        said.append(
            _("The same period of last year: %(value)s.") % {"value": value_text(metric, last_year)}
        )
    return [*said, *unexplained(judgment, metric), *new_level(judgment, metric)]


def _verdict(judgment: Judgment, metric: Metric) -> list[Finding]:
    """At the target period and after: what became of the promise, and how it is counted."""
    if not judgment.state:
        return []
    known = figures(judgment, "verdict")
    allowed = max(known.get("tolerance") or 0.0, known.get("spread") or 0.0)
    text = state_text(judgment.state)
    if allowed:
        text = _("%(text)s Up to %(size)s short still counts as delivered.") % {
            "text": text,
            "size": size_text(metric, allowed),
        }
    return [Finding(judgment.light, _("Delivery"), state_word(judgment.state), text)]


def _likelihood(judgment: Judgment, metric: Metric) -> list[Finding]:
    title = _("Likelihood of delivery")
    known = figures(judgment, "likelihood")
    if judgment.likelihood is None:
        few = figures(judgment, "too_few_points")
        return [Finding("", title, _("Not known yet"), _too_few(few))] if few else []
    sentences = [
        _forecast(judgment, metric),
        _delivered_means(metric, judgment, known),
        _("It assumes that the rest of the plan delivers about as promised."),
        _band(judgment.likelihood_light, judgment.policy, "likelihood", threshold),
    ]
    return [
        Finding(
            judgment.likelihood_light,
            title,
            light_word(judgment.likelihood_light),
            " ".join(sentence for sentence in sentences if sentence),
            judgment.likelihood,
            chance(judgment.likelihood),
            likelihood_word(judgment.likelihood),
        )
    ]


def _too_few(known: Mapping[str, Any]) -> str:
    if known.get("errors", 0) >= known.get("errors_needed", 0) > 0:
        return _(
            "The figures have hardly strayed from what was expected, so nothing shows how far they "
            "may. The light is the distance’s."
        )
    text = _("Too few figures to say more: %(errors)s of the %(needed)s needed.") % {
        "errors": known.get("errors", 0),
        "needed": known.get("errors_needed", 0),
    }
    if not known.get("capped"):
        return _("%(text)s Until then the light is the distance’s.") % {"text": text}
    return _(
        "%(text)s Until then the light is the distance’s, and at most Amber-Green while more than "
        "%(share)s of the planned change is still to come."
    ) % {"text": text, "share": share_text(known["cap_share"])}


def _forecast(judgment: Judgment, metric: Metric) -> str:
    if judgment.forecast is None:
        return ""
    text = _("Forecast %(forecast)s") % {"forecast": value_text(metric, judgment.forecast)}
    likely = range_text(metric, judgment.likely_low, judgment.likely_high)
    return (
        _("%(text)s, likely range %(range)s.") % {"text": text, "range": likely}
        if likely
        else f"{text}."
    )


def _delivered_means(metric: Metric, judgment: Judgment, known: Mapping[str, Any]) -> str:
    """The value that counts as delivered, and the share of the planned change it stands for."""
    path, allowed = judgment.trajectory, known.get("tolerance")
    if path is None or allowed is None or not metric.sign:
        return ""
    side = _("%(value)s or more") if metric.sign > 0 else _("%(value)s or less")
    needed = path.target.value - metric.sign * allowed
    text = _("Delivered means %(value)s by %(due)s") % {
        "value": side % {"value": value_text(metric, needed)},
        "due": period_text(metric, path.target.due),
    }
    if known.get("hold") or not known.get("planned"):
        return _("%(text)s: the aim is to hold the level.") % {"text": text}
    return _("%(text)s: %(share)s of the planned %(planned)s.") % {
        "text": text,
        "share": share_text(1 - judgment.policy["tau"]),
        "planned": size_text(metric, known["planned"]),
    }


def _distance(judgment: Judgment, metric: Metric) -> list[Finding]:
    if judgment.gap is None or judgment.distance_light not in ORDER:
        return []
    # Without a planned change there is no share of it: the distance is counted in variation.
    hold = judgment.journey is None or any(item.get("rule") == "hold" for item in judgment.evidence)
    sentences = [
        _("%(gap)s: %(actual)s against %(path)s.")
        % {
            "gap": _start(gap_text(metric, judgment.gap)),
            "actual": value_text(metric, judgment.actual),
            "path": aim_text(metric, None)
            if has_band(metric)
            else value_text(metric, judgment.expected),
        },
        _against_noise(judgment) if hold else _against_plan(judgment, metric),
        _band(judgment.distance_light, judgment.policy, "hold", steps_text)
        if hold
        else _band(judgment.distance_light, judgment.policy, "distance", share_text),
    ]
    return [
        Finding(
            judgment.distance_light,
            _("Distance from band") if has_band(metric) else _("Distance from path"),
            light_word(judgment.distance_light),
            " ".join(sentence for sentence in sentences if sentence),
        )
    ]


def _against_plan(judgment: Judgment, metric: Metric) -> str:
    known = figures(judgment, "distance")
    planned = known.get("planned")
    if known.get("ahead") is not None:
        return _on_the_way(judgment.gap or 0.0, known["ahead"], metric)
    if not planned or judgment.journey is None or is_nothing(metric, judgment.gap or 0.0):
        return ""
    return _("That is %(share)s of the planned %(planned)s.") % {
        "share": share_text(abs(judgment.journey)),
        "planned": size_text(metric, planned),
    }


def _on_the_way(gap: float, ahead: float, metric: Metric) -> str:
    """Where a series stands that is still to come into its band."""
    words = {
        True: _("The path allows %(allowed)s today: it is on the path."),
        False: _("The path allows %(allowed)s today: %(ahead)s ahead of it.")
        if ahead > 0
        else _("The path allows %(allowed)s today: %(ahead)s behind it."),
    }[is_nothing(metric, ahead)]
    return words % {
        "allowed": size_text(metric, ahead - gap), "ahead": size_text(metric, ahead)
    }  # fmt: skip


def _against_noise(judgment: Judgment) -> str:
    if judgment.noise is None:
        return _("The aim is to hold the level.")
    return _("The aim is to hold the level; that is %(steps)s of ordinary variation.") % {
        "steps": steps_text(abs(judgment.noise))
    }


def steps_text(steps: float) -> str:
    """A distance counted in ordinary variation: “1.4 steps”."""
    return _("%(steps)s steps") % {"steps": number(steps, 1)}


def _band(light: str, policy: Mapping[str, Any], kind: str, say: Any) -> str:
    """“Amber-Red runs from 1 in 10 to 2 in 5.” with the thresholds the judgment was made by."""
    names = (f"{kind}_amber_red", f"{kind}_amber_green", f"{kind}_green")
    if light not in ORDER or not all(name in policy for name in names):
        return ""
    edges: list[Any] = [None, *(policy[name] for name in names), None]
    place = ORDER.index(light)
    low, high = edges[place], edges[place + 1]
    behind = "" if kind == "likelihood" else _(" behind")
    # TRAP: a distance threshold is negative and reads as a share behind the path.
    low, high = (abs(edge) if edge is not None else None for edge in (low, high))
    words = {"light": light_word(light), "behind": behind}
    if low is None:
        return (
            _("%(light)s is more than %(edge)s%(behind)s.") % {**words, "edge": say(high)}
            if (behind)
            else _("%(light)s is below %(edge)s.") % {**words, "edge": say(high)}
        )
    if high is None:
        return (
            _("%(light)s is at most %(edge)s%(behind)s.") % {**words, "edge": say(low)}
            if (behind)
            else _("%(light)s is %(edge)s or better.") % {**words, "edge": say(low)}
        )
    low, high = sorted((low, high))
    return _("%(light)s runs from %(low)s to %(high)s%(behind)s.") % {
        **words,
        "low": say(low),
        "high": say(high),
    }


def _data(judgment: Judgment, metric: Metric) -> str:
    latest = period_text(metric, judgment.period)
    due = freshness_text(judgment, judgment.as_of)
    if not latest:
        return f"{due}."
    return _("The latest figure is for %(latest)s. %(due)s.") % {"latest": latest, "due": due}


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]
