"""Relations of actors in words, from where each of the two stands."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from people.models import Actor, Relation

Kind = Relation.Kind


@dataclass(frozen=True)
class Manner:
    """A kind of relation: the letter on its line, and its verb from either end."""

    letter: str
    verb: str | Promise
    onward: str | Promise
    back: str | Promise


MANNERS: dict[str, Manner] = {
    Kind.AUTHORITY: Manner("A", lazy("directs"), lazy("directs %s"), lazy("answers to %s")),
    Kind.FUNDING: Manner("F", lazy("funds"), lazy("funds %s"), lazy("funded by %s")),
    Kind.OVERSIGHT: Manner("O", lazy("oversees"), lazy("oversees %s"), lazy("overseen by %s")),
    Kind.INFORMATION: Manner("I", lazy("informs"), lazy("informs %s"), lazy("informed by %s")),
    Kind.INFORMAL: Manner("~", lazy("has the ear of"), lazy("has the ear of %s"),
                          lazy("listens to %s")),
}  # fmt: skip


def listed(names: Iterable[str]) -> str:
    """“A, B and C”"""
    return get_text_list(list(names), _("and"))


def told(actor: Actor, relations: Iterable[Relation], names: dict[int, str]) -> str:
    """“Directs A and B; answers to C”, or nothing; `relations` are those of this actor."""
    found: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for one in relations:
        is_back = one.target_id == actor.pk
        other = one.source_id if is_back else one.target_id
        found[is_back, one.kind].append(names[other])
    phrases = [
        str(MANNERS[kind].back if is_back else MANNERS[kind].onward)
        % listed(sorted(found[is_back, kind], key=str.casefold))
        for is_back in (False, True)
        for kind in MANNERS
        if (is_back, kind) in found
    ]
    return capfirst("; ".join(phrases))
