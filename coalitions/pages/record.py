"""Everything that a coalition holds about one candidate, for whom it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from coalitions.models import Candidate, Coalition, Contact, Difficulty, Power, Vacancy
from coalitions.services.mentions import Mention, mentions_of, names_of
from people.confidential.openings import openings_of
from people.models import Actor, Relation


@dataclass(frozen=True, repr=False)
class Between:
    """A difficulty, and the other office in it."""

    row: Difficulty
    other: str


@dataclass(frozen=True, repr=False)
class Elsewhere:
    """A text that names the office, and where it can be edited; empty where no page does."""

    mention: Mention
    url: str


@dataclass(frozen=True, repr=False)
class Record:
    """What is held about one candidate, oldest first, its texts open.

    `openings`: who opened the coalition, how often, first and last; None where it is not told.
    """

    candidate: Candidate
    earlier_names: list[str]
    relations: list[Relation]
    appraisals: list[Any]
    standings: list[Any]
    grounds: list[Any]
    commitments: list[Any]
    steps: list[Any]
    removed: list[Any]
    contacts: list[Any]
    vacancies: list[Any]
    difficulties: list[Between]
    elsewhere: list[Elsewhere]
    openings: list[dict[str, Any]] | None

    @property
    def office(self) -> Actor:
        return self.candidate.actor

    @property
    def size(self) -> int:
        """How many entries are about the candidate itself."""
        return sum(map(len, (
            self.appraisals, self.standings, self.grounds, self.commitments, self.steps,
            self.removed, self.contacts, self.vacancies, self.difficulties,
        )))  # fmt: skip


def record_of(candidate: Candidate, *, tells_log: bool) -> Record:
    """All of it. SealedError where the key is not there; the caller has been through the gate."""
    actor, coalition = candidate.actor, candidate.coalition
    return Record(
        candidate=candidate,
        earlier_names=sorted(names_of(actor) - {actor.name}),
        relations=relations_of(actor),
        appraisals=[judged(row) for row in signed(candidate.appraisals.all())],
        standings=signed(candidate.standings.all()),
        grounds=signed(candidate.grounds.all()),
        commitments=list(candidate.commitments.all()),
        steps=list(candidate.next_steps.all()),
        removed=list(candidate.removed.all()),
        contacts=met(candidate),
        vacancies=list(Vacancy.objects.filter(coalition=coalition, actor=actor)),
        difficulties=difficulties_of(candidate),
        elsewhere=[Elsewhere(one, url_of(one, coalition)) for one in mentions_of(candidate)],
        openings=openings_of(coalition) if tells_log else None,
    )


def signed(rows: QuerySet[Any]) -> list[Any]:
    return list(rows.select_related("author").order_by("seq"))


def judged(row: Any) -> Any:
    """With its kinds of power in words, the main one first."""
    row.kinds_in_words = [Power(kind).label for kind in row.kinds]
    return row


def met(candidate: Candidate) -> list[Any]:
    """Contacts with the candidate, oldest first; `others`: how many more took part."""
    keys = candidate.contacts.values("pk")
    rows = Contact.objects.filter(pk__in=keys).annotate(others=Count("candidates") - 1)
    return list(rows.select_related("author").order_by("held_on", "pk"))


def relations_of(actor: Actor) -> list[Relation]:
    rows = Relation.objects.filter(Q(source=actor) | Q(target=actor))
    return list(rows.select_related("source", "target"))


def difficulties_of(candidate: Candidate) -> list[Between]:
    """Difficulties of the candidate. Who stands in one is sealed, so all are read."""
    rows = Difficulty.objects.filter(coalition=candidate.coalition)
    theirs = [row for row in rows if candidate.actor_id in row.pair]
    names = names_by_key(key for row in theirs for key in row.pair)
    return [Between(row, names.get(other(row, candidate), "")) for row in theirs]


def other(row: Difficulty, candidate: Candidate) -> int:
    first, second = row.pair
    return second if first == candidate.actor_id else first


def names_by_key(keys: Iterable[int]) -> dict[int, str]:
    return dict(Actor.objects.filter(pk__in=set(keys)).values_list("pk", "name"))


def url_of(one: Mention, coalition: Coalition) -> str:
    """Where a text can be edited."""
    if not one.place.page:
        return ""
    more = [] if one.place.one_each else [one.row.pk]
    return reverse(one.place.page, args=[coalition.system.slug, coalition.aspiration.slug, *more])
