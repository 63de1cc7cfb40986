"""What the map of actors says in sentences: its headline, and what to look at."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.humanize.templatetags.humanize import apnumber
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Actor, Relation
from people.pages.relations import listed

AUTHORITY = Relation.Kind.AUTHORITY
SOON = timedelta(days=365)
"""A term that ends within this time is told: whoever follows may be another."""
MOST_NAMED = 3
"""Names in one sentence; the tables have the rest."""


def headline(actors: Sequence[Actor], relations: Sequence[Relation]) -> str:
    """How many have a say, from how many spheres, and what stands out of how they are related."""
    if not actors:
        return _("Nobody is on the map yet. Who can say yes, and who can say no?")
    if len(actors) == 1:
        return _("One actor is on the map so far: %s") % actors[0]
    spheres = len({actor.sphere for actor in actors})
    words = ngettext(
        "%(actors)s actors in %(spheres)s sphere have a say",
        "%(actors)s actors in %(spheres)s spheres have a say",
        spheres,
    ) % {"actors": capfirst(str(apnumber(len(actors)))), "spheres": apnumber(spheres)}
    return f"{words}; {outstanding(actors, relations)}"


def outstanding(actors: Sequence[Actor], relations: Sequence[Relation]) -> str:
    """Who directs most, where that is one; else how many stand alone, or what is to be done."""
    if not relations:
        return _("how they are related is still to be written down")
    below = related(relations, "source_id", "target_id")
    most = max((len(found) for found in below.values()), default=0)
    first = [actor for actor in actors if len(below.get(actor.pk, ())) == most]
    if most > 1 and len(first) == 1:
        words = _("%(actor)s stands in authority over %(count)s")
        return words % {"actor": first[0], "count": apnumber(most)}
    alone = len(unrelated(actors, relations))
    if alone:
        words = ngettext("%(count)s is related to none of the others",
                         "%(count)s are related to none of the others", alone)  # fmt: skip
        return words % {"count": apnumber(alone)}
    return _("no single one directs more than the others")


def remarks(
    actors: Sequence[Actor], relations: Sequence[Relation], today: date
) -> list[str]:  # fmt: skip
    """What a reader of the map would ask about: several superiors, nobody related, terms."""
    return [*torn(actors, relations), *lonely(actors, relations), *terms(actors, today)]


def torn(actors: Sequence[Actor], relations: Sequence[Relation]) -> list[str]:
    """Whom several direct, the most torn first."""
    above = related(relations, "target_id", "source_id")
    names = {actor.pk: actor.name for actor in actors}
    found = [actor for actor in actors if len(above.get(actor.pk, ())) > 1]
    found.sort(key=lambda actor: (-len(above[actor.pk]), actor.name.casefold()))
    return [
        _("%(actor)s answers to %(count)s: %(above)s.") % {
            "actor": actor, "count": apnumber(len(above[actor.pk])),
            "above": shortly(sorted(names[key] for key in above[actor.pk])),
        }
        for actor in found[:MOST_NAMED]
    ]  # fmt: skip


def lonely(actors: Sequence[Actor], relations: Sequence[Relation]) -> list[str]:
    """Who is related to nobody, once anybody is."""
    found = [actor.name for actor in unrelated(actors, relations)]
    if not relations or not found:
        return []
    words = ngettext("%(names)s is related to nobody on the map.",
                     "%(names)s are related to nobody on the map.", len(found))  # fmt: skip
    return [words % {"names": shortly(found)}]


def terms(actors: Sequence[Actor], today: date) -> list[str]:
    """Terms that end within a year, or have ended; the earliest first."""
    found = [(actor.term_ends, actor) for actor in actors
             if actor.term_ends and actor.term_ends <= today + SOON]  # fmt: skip
    found.sort(key=lambda pair: (pair[0], pair[1].name.casefold()))
    return [
        (
            _("The term of %(actor)s ended on %(day)s. Who holds it now?")
            if day < today
            else _("The term of %(actor)s ends on %(day)s.")
        )
        % {"actor": actor, "day": date_format(day, "j F Y")}
        for day, actor in found[:MOST_NAMED]
    ]


def unrelated(actors: Sequence[Actor], relations: Sequence[Relation]) -> list[Actor]:
    known = {key for one in relations for key in (one.source_id, one.target_id)}
    return [actor for actor in actors if actor.pk not in known]


def related(relations: Sequence[Relation], one: str, other: str) -> dict[int, set[int]]:
    """By actor those to whom authority leads from it, or from whom it comes."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in relations:
        if row.kind == AUTHORITY:
            found[getattr(row, one)].add(getattr(row, other))
    return found


def shortly(names: Sequence[str]) -> str:
    """The names; of many the first few and how many more."""
    if len(names) <= MOST_NAMED + 1:
        return listed(names)
    more = len(names) - MOST_NAMED
    rest = ngettext("%(count)s more", "%(count)s more", more) % {"count": apnumber(more)}
    return listed([*names[:MOST_NAMED], rest])
