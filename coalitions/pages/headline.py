"""What the page of a coalition finds, in one sentence or two, drafted by rules."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.sentences.assessments import in_words
from coalitions.analysis.balance import RIGHT, TOO_FEW, Balance
from coalitions.services.candidates import SET_ASIDE
from coalitions.services.considered import Considered


def headline(found: Sequence[Considered], *, has_charter: bool, group: Balance) -> str:
    """Who is chosen and what the `group` of them lacks; before that, how far the long list is."""
    if not found:
        return nobody(has_charter)
    chosen = [one for one in found if one.is_chosen]
    if not chosen:
        return long_list(found)
    return f"{who(chosen)} {what(group)}"


def nobody(has_charter: bool) -> str:
    if has_charter:
        return _("Nobody is on the long list yet. Name about twenty with most power over this.")
    return _("Nobody is on the long list yet. Begin with what the coalition is for.")


def long_list(found: Sequence[Considered]) -> str:
    open_ones = [one for one in found if one.status not in SET_ASIDE]
    unjudged = sum(one.latest is None for one in open_ones)
    said = counted(
        ngettext(
            "%(count)s office is on the long list.", "%(count)s offices are on the long list.",
            len(open_ones),
        ), len(open_ones),
    )  # fmt: skip
    if not open_ones:
        return _("Everybody on the long list has been set aside.")
    if unjudged == len(open_ones):
        return f"{said} {_('What you think of them is the next step.')}"
    if unjudged:
        words = ngettext(
            "%(count)s waits to be judged, and nobody is chosen yet.",
            "%(count)s wait to be judged, and nobody is chosen yet.", unjudged,
        )  # fmt: skip
        return f"{said} {counted(words, unjudged)}"
    return f"{said} {_('Nobody is chosen yet: seven to ten make a coalition.')}"


def who(chosen: Sequence[Considered]) -> str:
    """“Eight people are on the short list.”"""
    members = sum(one.is_member for one in chosen)
    rest = len(chosen) - members
    if not members:
        return counted(
            ngettext(
                "%(count)s person is on the short list.",
                "%(count)s people are on the short list.", rest,
            ), rest,
        )  # fmt: skip
    if not rest:
        return counted(
            ngettext(
                "%(count)s member makes up the coalition.",
                "%(count)s members make up the coalition.", members,
            ), members,
        )  # fmt: skip
    words = ngettext(
        "%(count)s member, and %(rest)s on the short list.",
        "%(count)s members, and %(rest)s on the short list.", members,
    )  # fmt: skip
    return capfirst(words % {"count": in_words(members), "rest": in_words(rest)})


def what(group: Balance) -> str:
    """The two things that most need doing about the group, or that nothing does."""
    found = [*of_size(group), *of_balance(group)][:2]
    if not found:
        return _("All five kinds of power are there, and none rests on one person.")
    if len(found) == 1:
        return f"{capfirst(found[0])}."
    pair = _("%(one)s, and %(other)s.") % {"one": found[0], "other": found[1]}
    return capfirst(pair)


def of_size(group: Balance) -> list[str]:
    if group.verdict == RIGHT:
        return []
    if group.verdict == TOO_FEW:
        return [_("it takes seven to ten")]
    return [_("more than ten seldom act as one")]


def of_balance(group: Balance) -> list[str]:
    """What the group lacks, the gravest first."""
    lines = (
        (group.missing, lacking(len(group.missing))),
        (group.to_work_around, ngettext(
            "%(count)s is unlikely ever to support it", "%(count)s are unlikely ever to support it",
            len(group.to_work_around),
        )),
        (group.to_win_over, ngettext(
            "%(count)s must be won over", "%(count)s must be won over", len(group.to_win_over),
        )),
        (group.beside_only, ngettext(
            "%(count)s kind of power is there only beside another",
            "%(count)s kinds of power are there only beside another", len(group.beside_only),
        )),
        (group.on_one, ngettext(
            "%(count)s kind of power rests on one person",
            "%(count)s kinds of power rest on one person each", len(group.on_one),
        )),
        (group.over, _("one sphere outweighs the others")),
    )  # fmt: skip
    return [words % {"count": in_words(len(keys))} for keys, words in lines if keys]


def lacking(count: int) -> str:
    return ngettext(
        "%(count)s of the five kinds of power is missing",
        "%(count)s of the five kinds of power are missing",
        count,
    )


def counted(words: str, count: int) -> str:
    return capfirst(words % {"count": in_words(count)})
