"""What each threshold and constant of a policy means, grouped as the page of rules groups them."""

from dataclasses import dataclass, fields
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from aspirations.analysis.policy import Policy

Words = str | Promise
SHARE = _("A share of the planned change: 0.1 is a tenth.")
BEHIND = _("A share of the planned change, minus for behind: -0.05 is a twentieth behind.")
CHANCE = _("Between 0 and 1: 0.5 is 1 in 2.")
HELD = _("In units of the figures’ own movement, minus for behind.")


@dataclass(frozen=True)
class Term:
    """One field of a policy: its name in files, what it is called, and in what it is given."""

    name: str
    label: Words
    hint: Words = ""


@dataclass(frozen=True)
class Group:
    """Terms that belong together. `finer`: few ever change them."""

    key: str
    title: Words
    terms: tuple[Term, ...]
    finer: bool = False


GROUPS = (
    Group("question", _("The one question: will we get there?"), (
        Term("tau", _("Planned change that may be missing at the target date"), SHARE),
        Term("kappa", _("Uncertainty of what is still to come"),
             _("A share of what is still to come.")),
        Term("delta", _("Expected shortfall of what is still to come"),
             _("A share of what is still to come; minus if more is expected.")),
        Term("errors_needed", _("Figures to compare before there is a chance")),
        Term("range_width", _("Half the likely range"),
             _("In standard deviations: 1.2816 holds four ends in five.")),
    )),
    Group("lights", _("The lights"), (
        Term("likelihood_green", _("Green: least chance"), CHANCE),
        Term("likelihood_amber_green", _("Amber-Green: least chance"), CHANCE),
        Term("likelihood_amber_red", _("Amber-Red: least chance"), CHANCE),
        Term("distance_green", _("Green: furthest from the path"), BEHIND),
        Term("distance_amber_green", _("Amber-Green: furthest from the path"), BEHIND),
        Term("distance_amber_red", _("Amber-Red: furthest from the path"), BEHIND),
        Term("hold_noise", _("Planned change below which the aim is to hold a level"),
             _("In units of the figures’ own movement.")),
        Term("hold_green", _("Green while holding: furthest from the level"), HELD),
        Term("hold_amber_green", _("Amber-Green while holding: furthest from the level"), HELD),
        Term("hold_amber_red", _("Amber-Red while holding: furthest from the level"), HELD),
        Term("cap_share", _("Without a chance, no Green while more than this is to come"), SHARE),
        Term("confirm", _("A new light waits until a second figure confirms it")),
    )),
    Group("noise", _("Real change or noise"), (
        Term("limits_from", _("Figures that natural limits need")),
        Term("trial_below", _("Natural limits are on trial below so many figures")),
        Term("shift_run", _("Figures on one side of the average that make a shift")),
        Term("trend_run", _("Figures moving one way that make a trend")),
        Term("trend_by", _("What a trend is read by")),
        Term("limit_width", _("Distance of the natural limits from the average"),
             _("In mean moving ranges.")),
        Term("near_share", _("Share of that distance beyond which a figure is close to a limit")),
        Term("screen_outliers", _("Leave out the wildest jumps when limits are set")),
        Term("range_limit", _("A jump is wild beyond"), _("In mean moving ranges.")),
        Term("lock_after", _("Limits from the first figures only; how many")),
        Term("rebase_run", _("Figures that must hold a new level for a new stretch")),
        Term("rebase_before", _("Figures before them")),
        Term("compat", _("Draw limits as another tool does")),
    )),
    Group("unjudged", _("Too early to judge"), (
        Term("early_share", _("Least share of the plan still to come"), SHARE),
        Term("early_noise", _("Difference that stands out"),
             _("In units of the figures’ own movement.")),
    )),
    Group("arithmetic", _("Finer constants of the arithmetic"), (
        Term("alpha", _("Weight of the newest gap")),
        Term("beta", _("Weight of the newest drift")),
        Term("phi", _("Damping of the drift")),
        Term("clip", _("An error counts for at most so many usual ones")),
        Term("clip_after", _("Errors before that begins")),
        Term("errors_dropped", _("First errors left out")),
        Term("season", _("Take the season out")),
        Term("season_years", _("Full years that a season needs")),
        Term("straight_line_points", _("Figures of the straight line in a chart’s caption")),
    ), finer=True),
)  # fmt: skip

CHOICES: dict[str, dict[str, Words]] = {
    "season": {
        "auto": _("where the figures show one"),
        "on": _("always"),
        "off": _("never"),
    },
    "compat": {"nhs": _("as NHS tools do")},
    "trend_by": {
        "auto": _("its slope, unless limits are drawn as another tool does"),
        "slope": _("its slope"),
        "side": _("the side of the average it lies on"),
    },
}
TERMS = {term.name: term for group in GROUPS for term in group.terms}
USUAL = {field.name: getattr(Policy(), field.name) for field in fields(Policy)}


def value_in_words(name: str, value: Any) -> str:
    """A value as people read it; what is not set at all is “none”."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value is None or value == "":
        return gettext("none")
    if isinstance(value, str):
        return str(CHOICES.get(name, {}).get(value, value))
    return f"{value:.4g}".replace("-", "−")


def usual_in_words(name: str) -> str:
    return value_in_words(name, USUAL[name])


def change_in_words(name: str, before: Any, after: Any) -> str:
    """“Green: least chance: 0.65 → 0.7”."""
    label = TERMS[name].label if name in TERMS else name
    return gettext("%(label)s: %(before)s → %(after)s") % {
        "label": label,
        "before": value_in_words(name, before),
        "after": value_in_words(name, after),
    }
