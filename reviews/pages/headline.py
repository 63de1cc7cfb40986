"""The finding in one sentence, drafted by rules from counts: never from an average."""

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.analysis import comparison
from reviews.analysis.comparison import Movement
from reviews.pages.results import Results, when


def headline(page: Results, findings: int = 0) -> str:
    """What moved since the round before, else how it stands, else what was found."""
    if not page.has_scores or (page.round.is_light and not page.agreed and not page.figures):
        return found(findings)
    if comparison.alike(page.pairs) and page.agreed:
        return moved(page)
    return stands(page) if page.agreed else nothing_agreed(page)


def moved(page: Results) -> str:
    assert page.earlier is not None
    counts, of = comparison.counts(page.pairs), comparison.alike(page.pairs)
    if page.round.is_light:
        of -= counts[Movement.OPEN]
    words = {"of": of, "when": when(page.earlier, page.round)}
    stronger, weaker = counts[Movement.STRONGER], counts[Movement.WEAKER]
    if stronger:
        first = ngettext(
            "Stronger in %(count)s of %(of)s elements since %(when)s.",
            "Stronger in %(count)s of %(of)s elements since %(when)s.", stronger,
        ) % {**words, "count": stronger}  # fmt: skip
    elif weaker:
        first = _("No element is stronger than in %(when)s.") % words
    elif counts[Movement.SAME]:
        first = _("No element has moved since %(when)s.") % words
    else:
        first = _("Nothing can be compared with %(when)s yet.") % words
    still = counts[Movement.SAME] if stronger or weaker else 0
    return sentences(first, [
        weaker and is_weaker(page, weaker), still and has_not_moved(page, still), still_open(page),
    ])  # fmt: skip


def stands(page: Results) -> str:
    values = [row.value for row in page.agreed.values() if row.value]
    strong = sum(page.scale.is_strong(value) for value in values)
    quote = "%s" if page.scale.lights else _("“%s”")
    names = _(" or ").join(quote % name for name in page.scale.strong)
    # A light review judges a few elements on purpose: the others are not open.
    of = len(page.agreed if page.round.is_light else page.elements)
    words = {"strong": strong, "of": of, "names": names}
    first = ngettext(
        "%(strong)s of %(of)s elements is %(names)s.",
        "%(strong)s of %(of)s elements are %(names)s.", strong,
    ) % words  # fmt: skip
    return sentences(first, [still_open(page)])


def nothing_agreed(page: Results) -> str:
    of, apart = len(page.elements), len(page.to_discuss)
    if apart:
        return _("Nothing is agreed yet. Views are far apart on %(apart)s of %(of)s elements.") % {
            "apart": apart, "of": of,
        }  # fmt: skip
    return ngettext(
        "Nothing is agreed yet on the one element of this review.",
        "Nothing is agreed yet on the %(of)s elements of this review.", of,
    ) % {"of": of}  # fmt: skip


def found(findings: int) -> str:
    if not findings:
        return _("The review is closed; nothing is concluded from it yet.")
    return ngettext(
        "This review comes to one finding.", "This review comes to %(count)s findings.", findings
    ) % {"count": findings}


def is_weaker(page: Results, count: int) -> str:
    if count == 1:
        return _("“%(title)s” is weaker") % {"title": only(page, Movement.WEAKER)}
    return _("%(count)s are weaker") % {"count": apnumber(count)}


def has_not_moved(page: Results, count: int) -> str:
    if count == 1:
        return _("“%(title)s” has not moved") % {"title": only(page, Movement.SAME)}
    return _("%(count)s have not moved") % {"count": apnumber(count)}


def still_open(page: Results) -> str:
    count = len(page.open_elements())
    if not count or page.round.is_light:
        return ""
    return ngettext("%(count)s is still open", "%(count)s are still open", count) % {
        "count": apnumber(count)
    }


def only(page: Results, movement: Movement) -> str:
    """The title of the one element that made this movement."""
    return next(pair.now.title for pair in page.pairs if pair.movement == movement and pair.now)


def sentences(first: str, clauses: list[str | int]) -> str:
    """The first sentence, and a second one of the clauses that are there."""
    said = [str(clause) for clause in clauses if clause]
    if not said:
        return first
    said[0] = said[0][:1].upper() + said[0][1:]
    if len(said) == 1:
        return f"{first} {said[0]}."
    ahead = ", ".join(said[:-1])
    return _("%(first)s %(ahead)s, and %(last)s.") % {
        "first": first, "ahead": ahead, "last": said[-1],
    }  # fmt: skip
