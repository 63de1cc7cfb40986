"""The finding on the work with a coalition in one sentence, drafted by rules from counts."""

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Parts = list[str]


def headline(
    members: int, *, fading: int, lapsed: int, overdue: int, barriers: int, formed: bool,
    unmet: int = 0,
) -> str:  # fmt: skip
    """How many are in touch; then whoever is not, and what waits. `unmet`: chosen of late."""
    if not members:
        return _("Nobody is chosen yet, so there is nobody to stay in touch with.")
    first = in_touch(members, members - fading - lapsed - unmet, formed)
    rest = clauses(fading, lapsed, overdue, unmet) or standing(barriers)
    return f"{first}; {joined(rest)}." if rest else f"{first}."


def in_touch(members: int, touched: int, formed: bool) -> str:
    words = {"of": apnumber(members), "count": capfirst(str(apnumber(touched)))}
    if not formed:
        return ngettext(
            "%(count)s of %(of)s on the short list is in touch",
            "%(count)s of %(of)s on the short list are in touch", touched,
        ) % {**words, "count": words["count"] if touched else _("None")}  # fmt: skip
    if members == 1:
        return _("The one member is in touch") if touched else _("The one member is out of touch")
    if touched == members:
        return _("All %(of)s members are in touch") % words
    if not touched:
        return _("None of %(of)s members is in touch") % words
    return ngettext(
        "%(count)s of %(of)s members is in touch", "%(count)s of %(of)s members are in touch",
        touched,
    ) % words  # fmt: skip


def clauses(fading: int, lapsed: int, overdue: int, unmet: int = 0) -> Parts:
    found = (
        (unmet, ngettext(
            "%(count)s has not been met since chosen",
            "%(count)s have not been met since chosen", unmet,
        )),
        (fading, ngettext("%(count)s is fading", "%(count)s are fading", fading)),
        (lapsed, ngettext("%(count)s has lapsed", "%(count)s have lapsed", lapsed)),
        (overdue, ngettext(
            "%(count)s commitment is overdue", "%(count)s commitments are overdue", overdue
        )),
    )  # fmt: skip
    return [words % {"count": apnumber(count)} for count, words in found if count]


def standing(barriers: int) -> Parts:
    words = ngettext("%(count)s barrier stands", "%(count)s barriers stand", barriers)
    return [words % {"count": apnumber(barriers)}] if barriers else []


def joined(parts: Parts) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
