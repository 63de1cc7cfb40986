"""What is said of an aspiration: how it stands, what it lacks, and how its setting is told."""

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

# Prompts where an answer is missing: the five questions put to every promise.
QUESTIONS: tuple[Promise, ...] = (
    lazy("What are you trying to achieve?"),
    lazy("By what means?"),
    lazy("How do you know you are succeeding?"),
    lazy("If it is not, what will change?"),
    lazy("How can we help?"),
)
TESTS: dict[str, Promise] = {
    "moral_purpose": lazy("Why would success matter, and to whom?"),
    "ambitious": lazy(
        "Would it move what the system cares about? Do data support that, allowing for outside "
        "trends?"
    ),
    "measurable": lazy(
        "Can a metric be computed from data one can get? If not, what would stand in for it?"
    ),
    "focused": lazy("Is it one of two or three large aims, none too broad to hold together?"),
    "shared": lazy(
        "Is the top team of one mind? Could managers, the front line, users and the public name it?"
    ),
}
POINTS: dict[int, Promise] = {
    1: lazy("weak"), 2: lazy("doubtful"), 3: lazy("sound"), 4: lazy("strong"),
}  # fmt: skip
OUTCOMES: dict[str, Promise] = {
    "endorse": lazy("Endorsed as it stands"),
    "alter": lazy("To be altered"),
    "redefine": lazy("To be redefined"),
}
ROLES: dict[str, Promise] = {
    "headline": lazy("A headline outcome: the result for people"),
    "early": lazy("A leading or process metric: an early sign"),
    "balancing": lazy("A balancing metric: harm elsewhere"),
}
MISSING: dict[str, Promise] = {
    "headline": lazy("a headline outcome"),
    "early": lazy("a leading or process metric"),
    "balancing": lazy("a balancing metric"),
}
SETTING: dict[str, Promise] = {
    "consultative": lazy("Watch for softer ambition: each voice heard may ask for less."),
    "lead": lazy("Watch the leader’s capital: it is at risk until the first results."),
}


def finding(title: str, status: str, light: str, headlines: int) -> str:
    """How the aspiration stands, in one sentence. `headlines`: how many metrics decide it."""
    if status == "retired":
        return _("“%(title)s” is retired.") % {"title": title}
    if not headlines:
        words = _("“%(title)s” has no headline metric yet, so nothing says how it stands.")
        return words % {"title": title}
    words = {
        "R": _("“%(title)s” is Red and needs a decision."),
        "AR": _("“%(title)s” is Amber-Red and needs attention."),
        "AG": _("“%(title)s” is close to plan."),
        "G": _("“%(title)s” is on course."),
    }.get(light, _("“%(title)s” cannot be judged yet."))
    return words % {"title": title}


def counted(headlines: int, others: int) -> str:
    """“2 headline metrics and 3 others”."""
    if not headlines + others:
        return _("No metric placed under it yet")
    first = ngettext("%(count)s headline metric", "%(count)s headline metrics", headlines)
    text = first % {"count": headlines}
    if not others:
        return text
    words = ngettext("%(first)s and %(count)s other", "%(first)s and %(count)s others", others)
    return words % {"first": text, "count": others}


def missing_text(lacking: Sequence[str]) -> str:
    """“It lacks a headline outcome and a balancing metric.”; empty where nothing is missing."""
    named = [str(MISSING[role]) for role in lacking]
    if not named:
        return ""
    if len(named) == 1:
        listed = named[0]
    else:
        listed = _("%(first)s and %(last)s") % {
            "first": ", ".join(named[:-1]), "last": named[-1],
        }  # fmt: skip
    return _("It lacks %(listed)s.") % {"listed": listed}


def too_many(active: int, most: int) -> str:
    """A warning above the usual number of active aspirations; empty up to it."""
    if active <= most:
        return ""
    words = _(
        "%(active)s aspirations are active. Above %(most)s, attention is spread thin: which of "
        "them would the leader drop first?"
    )
    return words % {"active": active, "most": most}


def rating_text(rating: int) -> str:
    """“3 of 4: sound”."""
    return _("%(rating)s of 4: %(word)s") % {"rating": rating, "word": POINTS[rating]}


def review_text(outcome: str, ratings: Mapping[str, int], names: Mapping[str, str]) -> str:
    """The outcome with the weakest criterion: “To be altered; weakest: Shared, 2 of 4.”"""
    words = str(OUTCOMES[outcome])
    if not ratings:
        return f"{words}."
    low = min(ratings.values())
    weakest = ", ".join(names[name] for name, rating in ratings.items() if rating == low)
    if low == 4:
        return _("%(outcome)s; strong on every criterion.") % {"outcome": words}
    return _("%(outcome)s; weakest: %(weakest)s, %(low)s of 4.") % {
        "outcome": words, "weakest": weakest, "low": low,
    }  # fmt: skip


def probe_text(named: int, asked: int) -> str:
    """“6 of 8 named it unprompted”."""
    return _("%(named)s of %(asked)s named it unprompted") % {"named": named, "asked": asked}


def probe_change(now: tuple[int, int], before: tuple[int, int]) -> str:
    """How the share moved since the earlier probe, (named, asked) each: “up from 3 of 8”."""
    share, earlier = now[0] / now[1], before[0] / before[1]
    told = {"named": before[0], "asked": before[1]}
    if share > earlier:
        return _("up from %(named)s of %(asked)s") % told
    if share < earlier:
        return _("down from %(named)s of %(asked)s") % told
    return _("as before, %(named)s of %(asked)s") % told


def place_text(now: str, intended: str) -> str:
    """Where it stands on the map and where it is meant to be; fields in words, "" if unknown."""
    if now and intended and now == intended:
        return _("It is where it is meant to be: %(now)s.") % {"now": now}
    if now and intended:
        words = _("Now in “%(now)s”; meant for “%(intended)s”.")
        return words % {"now": now, "intended": intended}
    if intended:
        words = _("Meant for “%(intended)s”. Where it is shows once a round has settled it.")
        return words % {"intended": intended}
    if now:
        return _("Now in “%(now)s”. Where it is meant to be has not been said.") % {"now": now}
    return ""


def retiring_text(metrics: int) -> str:
    """What follows when an aspiration is retired, before anyone confirms it."""
    follows = ngettext(
        "Its %(count)s metric stays, with figures, path and judgments.",
        "Its %(count)s metrics stay, with figures, paths and judgments.",
        metrics,
    )
    words = _(
        "It leaves the dashboard and the next round of assessment. %(follows)s Nothing is deleted, "
        "and it can be taken up again."
    )
    return words % {"follows": follows % {"count": metrics}}
