"""What a coalition holds about one candidate is erased, for good.

It goes by keys alone, so it works where the key of the texts is lost. Two things need the key: to
see which difficulties are the candidate's, because who stands in one is sealed, and to see which
other texts name the office. Without it they stay closed, and a replay takes them up later.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from coalitions.models import (
    Appraisal,
    Barrier,
    Candidate,
    Coalition,
    CommonGround,
    Contact,
    Difficulty,
    MemberCommitment,
    NextStep,
    Standing,
    Vacancy,
)
from coalitions.services import journal
from coalitions.services.holding import held
from coalitions.services.journal import Erasure
from coalitions.services.mentions import BY_KIND, GOES, mentions_of, strikeable
from people.confidential.sealing import SealedError, box
from people.models import AuditEntry, User
from people.services import record
from people.services.maintenance import maintenance

Older = Callable[[QuerySet[Any]], QuerySet[Any]]
MOST_DIGITS = 18
AGAIN = lazy("Erased before; a restored backup had brought it back")


class Why(models.TextChoices):
    """Why somebody is erased. Chosen, never written: what one writes might name whom."""

    ASKED = "asked", lazy("They asked for it")
    MISTAKEN = "mistaken", lazy("They were put on the list by mistake")
    UNNEEDED = "unneeded", lazy("It is not needed any more")


class Left(models.TextChoices):
    """What keeps a replayed erasure from being done as a whole."""

    NOTHING = "nothing", lazy("Nothing")
    KEY = "key", lazy("Without the key not all could be looked into")
    PERSON = "person", lazy(
        "The candidate was judged or placed after it, so it was never carried out or people came "
        "in before. Erase it on its page, or take the line out"
    )  # fmt: skip


# Rows about the candidate alone; they go with it.
OWN: tuple[type[models.Model], ...] = (
    Appraisal, Standing, CommonGround, MemberCommitment, NextStep,
)  # fmt: skip


@transaction.atomic
def erase_candidate(
    *, candidate: Candidate, why: str, also: Collection[str] = (), actor: User | None = None,
    door: str = "command",
) -> None:  # fmt: skip
    """Erase the candidate and all about it; of texts that name it elsewhere, those in `also`.

    Leaders only. The actor stays on the map, which holds what everybody knows. ValidationError
    where it was erased meanwhile, where one of `also` no longer names the office, or where the
    journal cannot be written: then nothing is erased.
    """
    coalition = held(candidate.coalition, actor, "delegate.write")
    if why not in Why.values:
        raise ValidationError({"why": _("Choose why.")})
    row = Candidate.objects.filter(coalition=coalition, pk=candidate.pk).first()
    if row is None:
        raise ValidationError(_("This candidate was erased meanwhile. Nothing is left to do."))
    refuse_unknown(row, also)
    done = Erasure(timezone.now(), coalition.pk, row.pk, row.number, row.actor_id, tuple(also))
    with maintenance():
        wipe(coalition, done)
    told(coalition, row, str(Why(why).label), len(also), actor, door)
    # Last of all and before the commit: what is erased always has its line. Should the machine
    # fall in between, a line stands without its erasure, and a replay does what was asked.
    keep(done)


def refuse_unknown(row: Candidate, also: Collection[str]) -> None:
    """Only what names the office is struck out: nothing else of a coalition is ever taken back."""
    if set(also) - {one.key for one in (strikeable(mentions_of(row)) if also else [])}:
        raise ValidationError({"also": _(
            "One of the texts does not name this office any more. Nothing was erased: look at the "
            "list again."
        )})  # fmt: skip


def keep(done: Erasure) -> None:
    """Write the journal's line; ValidationError where it cannot be written."""
    try:
        journal.add(done)
    except OSError as problem:
        raise ValidationError(_(
            "The journal of erasures cannot be written (%s), so nothing was erased. Tell whoever "
            "runs Headway."
        ) % problem.strerror) from problem  # fmt: skip


def told(
    coalition: Coalition, row: Candidate, why: str, texts: int, actor: User | None, door: str
) -> None:
    """The trail's line: that somebody was erased, and neither the office nor a word of theirs."""
    record(
        system=coalition.system, action="erase candidate", on=row, actor=actor, door=door,
        after={"texts": texts} if texts else {}, reason=why,
    )  # fmt: skip


def wipe(coalition: Coalition, done: Erasure, *, replayed: bool = False) -> int:
    """Take away whatever an erasure takes away; how many rows were touched. Within maintenance.

    Replayed, it leaves alone what was written after the erasure.
    """
    older: Older = (lambda rows: older_than(rows, done.at)) if replayed else (lambda rows: rows)
    # By its key and its actor: after a restore the key alone may be another's.
    found = Candidate.objects.filter(coalition=coalition, pk=done.candidate, actor=done.actor)
    count = sum(leave(row) for row in older(found))
    vacancies = Vacancy.objects.filter(coalition=coalition, actor=done.actor)
    count += gone(older(vacancies.only("pk")))
    theirs, _whole = difficulties_of(coalition, done.actor)
    difficulties = Difficulty.objects.filter(pk__in=theirs)
    count += gone(older(difficulties.only("pk")))
    return count + sum(strike(coalition, key, done.at) for key in done.also)


def leave(row: Candidate) -> int:
    """The candidate goes with its own rows; contacts with several others and barriers lose it."""
    touched = sum(gone(kind._default_manager.filter(candidate=row.pk).only("pk")) for kind in OWN)
    contacts = list(Contact.objects.filter(candidates=row.pk).values_list("pk", flat=True))
    Contact.candidates.through._default_manager.filter(candidate=row.pk).delete()
    met = Contact.objects.filter(pk__in=contacts)
    gone(met.filter(candidates=None).only("pk"))
    met.update(version=F("version") + 1)
    removed = Barrier.objects.filter(removed_by=row.pk)
    touched += len(contacts) + removed.update(removed_by=None, version=F("version") + 1)
    return touched + gone(Candidate.objects.filter(pk=row.pk).only("pk"))


def gone(rows: QuerySet[Any]) -> int:
    """Delete rows and say how many. TRAP: rows whose sealed texts are loaded need the key."""
    return int(rows.delete()[0])


def difficulties_of(coalition: Coalition, actor: int) -> tuple[list[int], bool]:
    """Keys of the difficulties of an actor, and whether a key opened who stands in each."""
    rows = Difficulty.objects.filter(coalition=coalition)
    try:
        box()
        return [row.pk for row in rows if actor in row.pair], True
    except SealedError:
        keys = rows.values_list("pk", flat=True)
        return [pk for pk in keys if stands_in(rows.filter(pk=pk), actor)], False


def stands_in(difficulty: QuerySet[Difficulty], actor: int) -> bool:
    """Whether the actor stands in the one row; no where no key opens it."""
    try:
        return any(actor in row.pair for row in difficulty)
    except SealedError:
        return False


def strike(coalition: Coalition, key: str, at: datetime) -> int:
    """Strike out one text that named the office, unless it was written after the erasure."""
    kind, _colon, rest = key.partition(":")
    number, _colon, name = rest.partition(":")
    place = BY_KIND.get(kind)
    if place is None or not place.struck or not number.isdecimal() or len(number) > MOST_DIGITS:
        return 0
    rows = place.model._default_manager.filter(
        **{place.to: coalition}, pk=int(number), at__lte=at
    ).only("pk")
    if place.struck == GOES:
        return gone(rows)
    return emptied(rows, name) if name in {one.name for one in place.texts} else 0


def emptied(rows: QuerySet[Any], name: str) -> int:
    """Empty a text that is not yet, also one that no key opens; 0 where no key closes any."""
    try:
        has_words = any(rows.values_list(name, flat=True))
    except SealedError:
        has_words = rows.exists()
    try:
        return rows.update(**{name: ""}) if has_words else 0
    except SealedError:
        return 0


def older_than(rows: QuerySet[Any], at: datetime) -> QuerySet[Any]:
    """Those of the rows that were there at that moment, as far as the trail tells."""
    lines = AuditEntry.objects.filter(object_type=rows.model._meta.label)
    first = lines.values("object_key").annotate(first=Min("at")).filter(first__gt=at)
    newer = [key for key in first.values_list("object_key", flat=True) if key.isdecimal()]
    return rows.exclude(pk__in=newer)


@transaction.atomic
def erase_again(done: Erasure) -> tuple[int, Left]:
    """Erase anew what a restored backup brought back of an erasure.

    How many rows that was, and what keeps it from being done as a whole. A backup holds nothing
    later than the erasure: where there is, the line's erasure was never carried out, or people
    came in before, and a person has to decide.
    """
    row = Coalition.objects.filter(pk=done.coalition).first()
    if row is None:
        return 0, Left.NOTHING
    coalition = held(row, None)
    if was_worked_on(coalition, done):
        return 0, Left.PERSON
    _theirs, whole = difficulties_of(coalition, done.actor)
    with maintenance():
        count = wipe(coalition, done, replayed=True)
    if count:
        told(coalition, Candidate(pk=done.candidate), str(AGAIN), 0, None, "command")
    return count, Left.NOTHING if whole else Left.KEY


def was_worked_on(coalition: Coalition, done: Erasure) -> bool:
    """Whether the candidate of a line was judged or placed after its erasure."""
    of_line = {
        "candidate": done.candidate, "candidate__coalition": coalition,
        "candidate__actor": done.actor, "at__gt": done.at,
    }  # fmt: skip
    found = Candidate.objects.filter(coalition=coalition, pk=done.candidate)
    if not older_than(found, done.at).exists():
        return False
    return any(kind._default_manager.filter(**of_line).exists() for kind in (Appraisal, Standing))


def erased_by_the_trail() -> set[str]:
    """Keys of the candidates that were erased as far as the trail of this database tells."""
    lines = AuditEntry.objects.filter(action="erase candidate").exclude(door="command")
    return set(lines.values_list("object_key", flat=True))


def counts(candidate: Candidate) -> dict[str, int]:
    """How many rows go with a candidate, by kind; needs no key. Difficulties are not told."""
    found = {
        kind._meta.model_name or "": kind._default_manager.filter(candidate=candidate.pk).count()
        for kind in OWN
    }
    found["contact"] = Contact.objects.filter(candidates=candidate.pk).count()
    found["barrier"] = Barrier.objects.filter(removed_by=candidate.pk).count()
    found["vacancy"] = Vacancy.objects.filter(
        coalition=candidate.coalition_id, actor=candidate.actor_id
    ).count()
    return found
