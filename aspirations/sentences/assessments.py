"""What is said of human judgment: the words of its scales, and how it stands to the rules."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from aspirations.analysis.assessments import Comparison, Spread, Standing, comparison, steps
from aspirations.analysis.standing import ORDER
from aspirations.sentences.lights import light_word

# What each light asks for, as people choose it; the letters are the lights'.
MEANINGS: dict[str, Promise] = {
    "R": lazy("Highly problematic: it needs urgent and decisive action."),
    "AR": lazy("Problematic: it needs substantial attention, some of it urgent."),
    "AG": lazy("Mixed: some parts are sound, others need substantial attention."),
    "G": lazy("Good: refine and complete it, step by step. Green needs evidence."),
}
# The four points of each rating, weakest first.
SCALES: dict[str, tuple[Promise, ...]] = {
    "planning": (
        lazy("No plan that anyone works by"),
        lazy("A plan on paper, with gaps in who does what by when"),
        lazy("A living plan, with some weak parts"),
        lazy("A living plan: owners, dates, metrics, risks and resources, all in use"),
    ),
    "capacity": (
        lazy("Roles are unclear or empty"),
        lazy("Some able people, too few or spread too thinly"),
        lazy("Able people at most levels, with gaps"),
        lazy("Clear roles, skill, will and engagement at every level"),
    ),
    "progress": (
        lazy("None to be seen"),
        lazy("Signs of it that the figures do not show yet"),
        lazy("The figures show it in parts"),
        lazy("The figures show it widely, and it holds"),
    ),
}
CHALLENGES: dict[str, Promise] = {
    "low": lazy("Low: much of it has been done elsewhere"),
    "medium": lazy("Medium: it asks people to do known things better"),
    "high": lazy("High: it asks many people to work in another way"),
    "very_high": lazy("Very high: few have done it, or much stands against it"),
}
STAGES: dict[int, Promise] = {
    1: lazy("Policy development: still being worked out"),
    2: lazy("Implementation: it is reaching the front line"),
    3: lazy("Embedding: it is becoming the usual way"),
    4: lazy("Irreversible progress: it would outlast our attention"),
}
KINDS: dict[str, Promise] = {
    "peer": lazy("Someone of the unit, who does not answer for it"),
    "self": lazy("Someone who answers for it"),
    "external": lazy("Someone from outside"),
}


def in_words(count: int) -> str:
    """Small numbers as a sentence wants them, “four”; larger ones as figures."""
    words = (
        _("no"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"), _("seven"),
        _("eight"), _("nine"), _("ten"),
    )  # fmt: skip
    return words[count] if count < len(words) else str(count)


def scale_word(name: str, rating: int | None) -> str:
    """“3 of 4: Able people at most levels, with gaps”; empty without a rating."""
    if rating is None:
        return ""
    words = SCALES[name][rating - 1]
    return _("%(rating)s of 4: %(words)s") % {"rating": rating, "words": words}


def difference_text(human: str, computed: str, who: str = "") -> str:
    """How people's light stands to the rules', in one sentence; empty where one is missing."""
    who = who or _("The unit")
    words = {
        Comparison.NOTHING: "",
        Comparison.SAME: _("%(who)s and the rules agree."),
        Comparison.DIFFERENT: _(
            "%(who)s marks %(way)s than the rules: %(human)s beside %(rules)s."
        ),
        Comparison.APART: _(
            "%(who)s marks two steps %(way)s than the rules: %(human)s beside %(rules)s. One of "
            "the two misses something."
        ),
        Comparison.WATERMELON: _(
            "%(who)s says Green where the rules say Red: green outside, red inside? Ask for the "
            "evidence before anyone relies on it."
        ),
        Comparison.REVERSE: _(
            "%(who)s says Red where the rules say Green. Either people see trouble that the "
            "figures do not show yet, or the figures measure the wrong thing."
        ),
    }
    apart = steps(human, computed)
    way = _("higher") if apart and apart > 0 else _("lower")
    return words[comparison(human, computed)] % {
        "who": who, "way": way, "human": light_word(human), "rules": light_word(computed),
    }  # fmt: skip


def beside_text(human: str, computed: str) -> str:
    """“Same as the unit”, “one step higher than the unit”; as a caption under the rules' light."""
    apart = steps(human, computed)
    if apart is None:
        return ""
    if apart == 0:
        return _("Same as the unit")
    if apart < 0:
        return ngettext(
            "One step higher than the unit", "%(count)s steps higher than the unit", -apart
        ) % {"count": capfirst(in_words(-apart))}
    return ngettext(
        "One step lower than the unit", "%(count)s steps lower than the unit", apart
    ) % {"count": capfirst(in_words(apart))}


def marked_text(human: str, computed: str) -> str:
    """“Unit marked lower.”, as a list of earlier judgments says it."""
    apart = steps(human, computed)
    if apart is None:
        return _("The unit judged it; the rules did not.")
    if apart == 0:
        return _("Rules and unit agree.")
    return _("Unit marked higher.") if apart > 0 else _("Unit marked lower.")


def spread_text(found: Spread | None, sheets: int) -> str:
    """“Three sheets, from Amber-Red to Green, two steps apart.”"""
    if found is None:
        return ""
    number = capfirst(
        ngettext("one sheet", "%(count)s sheets", sheets) % {"count": in_words(sheets)}
    )
    if found.apart == 0:
        if sheets == 1:
            return _("One sheet: %(light)s.") % {"light": light_word(found.lowest)}
        return _("%(number)s, all %(light)s.") % {
            "number": number, "light": light_word(found.lowest)
        }  # fmt: skip
    words = {
        "number": number, "low": light_word(found.lowest), "high": light_word(found.highest),
        "steps": in_words(found.apart),
    }  # fmt: skip
    if found.to_discuss:
        return _("%(number)s, from %(low)s to %(high)s, %(steps)s steps apart.") % words
    return _("%(number)s, from %(low)s to %(high)s.") % words


def standing_text(found: Standing, expires_on: date, today: date) -> str:
    """Whether it still speaks of what is known."""
    words = {
        Standing.CURRENT: _("Lapses on %(day)s, or once two newer figures are in."),
        Standing.ONE_NEWER: _("One newer figure has come in since. It lapses with the next one, "
                              "or on %(day)s."),
        Standing.LAPSED: _("It lapsed when the second newer figure came in, and no longer counts "
                           "as a judgment."),
    }  # fmt: skip
    if found == Standing.LAPSED and today >= expires_on:
        words[found] = _("It lapsed on %(day)s and no longer counts as a judgment.")
    return words[found] % {"day": date_format(expires_on, "j F Y")}


def results_headline(lights: list[str]) -> str:
    """“Of four aspirations people judge one Red and one Amber-Red.”"""
    total = len(lights)
    low = [(light, lights.count(light)) for light in ORDER[:2] if lights.count(light)]
    if not total:
        return _("The round has no result.")
    if not low:
        return ngettext(
            "People judge the one aspiration Amber-Green or better.",
            "People judge all %(total)s aspirations Amber-Green or better.",
            total,
        ) % {"total": in_words(total)}
    said = _(" and ").join(f"{in_words(count)} {light_word(light)}" for light, count in low)
    return ngettext(
        "People judge the one aspiration %(light)s.",
        "Of %(total)s aspirations people judge %(said)s.",
        total,
    ) % {"total": in_words(total), "said": said, "light": light_word(low[0][0])}


def range_text(counts: dict[str, int]) -> str:
    """The colours of a round, so that drift towards the middle is seen."""
    total = sum(counts.values())
    middle = counts.get("AR", 0) + counts.get("AG", 0)
    used = sum(1 for light in ORDER if counts.get(light))
    if total > 2 and middle == total:
        return _("Every light is an amber one. Is nothing Green, and nothing Red?")
    return ngettext(
        "One of the four lights was used.", "%(used)s of the four lights were used.", used
    ) % {"used": capfirst(in_words(used))}
