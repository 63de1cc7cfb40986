"""The finding of a dashboard in one sentence or two, drafted by rules from the lights."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.analysis.standing import NOT_JUDGED, Urgency
from aspirations.sentences import light_word

TROUBLE = ("R", "AR")


@dataclass(frozen=True)
class Standing:
    """An aspiration by title, with its computed light and how urgent its lowest metric is."""

    title: str
    light: str
    urgency: Urgency = (0.0, 0.0, 0.0)


def number(count: int) -> str:
    """Small numbers as words, as a sentence wants them: “four”; larger ones as figures."""
    words = (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"),
        _("eight"), _("nine"), _("ten"),
    )  # fmt: skip
    return words[count] if count < len(words) else str(count)


def start(text: str) -> str:
    return text[:1].upper() + text[1:]


def eyebrow(count: int) -> str:
    """“Four aspirations”."""
    words = ngettext("%(count)s aspiration", "%(count)s aspirations", count)
    return start(words % {"count": number(count)})


def headline(standings: Sequence[Standing]) -> str:
    """How many aspirations are near their plan, which one is in trouble, how many nobody can say.

    Green and Amber-Green are near; what is not judged is neither near nor off, and is counted.
    """
    if not standings:
        return _("No aspiration has been set yet.")
    if len(standings) == 1:
        return of_one(standings[0])
    off = [row for row in standings if row.light in TROUBLE]
    unjudged = sum(row.light == NOT_JUDGED for row in standings)
    if unjudged == len(standings):
        return _("None of the %(total)s aspirations can be judged yet.") % {
            "total": number(unjudged)
        }
    said = [opening(standings, len(off), unjudged)]
    if off:
        said.append(trouble(min(off, key=lambda row: row.urgency), alone=len(off) == 1))
    if unjudged:
        said.append(start(_("%(count)s cannot be judged yet.") % {"count": number(unjudged)}))
    return " ".join(said)


def of_one(row: Standing) -> str:
    """The sentence where there is a single aspiration."""
    words = {
        "R": _("“%(title)s” is Red and needs a decision."),
        "AR": _("“%(title)s” is Amber-Red and needs attention."),
        "AG": _("“%(title)s” is close to plan."),
        "G": _("“%(title)s” is on course."),
    }.get(row.light, _("“%(title)s” cannot be judged yet."))
    return words % {"title": row.title}


def opening(standings: Sequence[Standing], off: int, unjudged: int) -> str:
    total, near = len(standings), len(standings) - off - unjudged
    if near == total:
        words = (
            _("All %(total)s aspirations are on course.")
            if all(row.light == "G" for row in standings)
            else _("All %(total)s aspirations are close to plan.")
        )
        return words % {"total": number(total)}
    if off == total:
        return _("All %(total)s aspirations are off course.") % {"total": number(total)}
    words = (
        ngettext(
            "%(near)s of %(total)s aspirations is close to plan.",
            "%(near)s of %(total)s aspirations are close to plan.",
            near,
        )
        if near
        else ngettext(
            "%(off)s of %(total)s aspirations is off course.",
            "%(off)s of %(total)s aspirations are off course.",
            off,
        )
    )
    return start(words % {"near": number(near), "off": number(off), "total": number(total)})


def trouble(worst: Standing, *, alone: bool) -> str:
    """Which aspiration is in trouble, or in the deepest, and what that asks for."""
    words = (
        _("“%(title)s” is %(light)s and needs a decision.")
        if worst.light == "R"
        else _("“%(title)s” is %(light)s and needs attention.")
    )
    if not alone:
        words = (
            _("“%(title)s” is in the deepest trouble: it is %(light)s and needs a decision.")
            if worst.light == "R"
            else _("“%(title)s” is in the deepest trouble: it is %(light)s and needs attention.")
        )
    return words % {"title": worst.title, "light": light_word(worst.light)}
