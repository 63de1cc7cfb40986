"""What an erasure will take away, before it does."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coalitions.models import Candidate
from coalitions.pages.record import Elsewhere, url_of
from coalitions.services.erasing import counts, difficulties_of
from coalitions.services.mentions import Mention, mentions_of, strikeable
from people.confidential.sealing import SealedError

GO: dict[str, Promise] = {
    "appraisal": _("Judgments of it"),
    "standing": _("Where it stood, and why"),
    "commonground": _("Common ground with it"),
    "membercommitment": _("What it said it would do"),
    "nextstep": _("Next steps about it"),
    "difficulty": _("Difficulties with others"),
    "vacancy": _("Vacancies of its post"),
    "contact": _("Contacts; one with others stays, without it"),
    "barrier": _("Barriers it removed; they stay, without it"),
}


@dataclass(frozen=True, repr=False)
class Plan:
    """What goes, by kind, and which other texts name the office; None where no key opens them."""

    goes: list[tuple[Promise, int]]
    size: int
    strikes: list[Mention]
    edits: list[Elsewhere]
    is_closed: bool


def plan_of(candidate: Candidate) -> Plan:
    """Works without the key; what needs it is then left out, and the plan says so."""
    found = counts(candidate)
    theirs, whole = difficulties_of(candidate.coalition, candidate.actor_id)
    found["difficulty"] = len(theirs)
    mentions = mentions_or_none(candidate)
    edits = [one for one in mentions or [] if not one.place.struck]
    return Plan(
        goes=[(words, found[kind]) for kind, words in GO.items() if found[kind]],
        size=sum(found.values()),
        strikes=strikeable(mentions or []),
        edits=[Elsewhere(one, url_of(one, candidate.coalition)) for one in edits],
        is_closed=not whole or mentions is None,
    )


def mentions_or_none(candidate: Candidate) -> list[Mention] | None:
    try:
        return mentions_of(candidate)
    except SealedError:
        return None
