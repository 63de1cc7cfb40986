"""The lists of several people are put together: each name once, and of each who it is.

How many named an office is told, never who did. All of it is saved, or nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from coalitions.analysis.names import unique_names
from coalitions.models import Candidate, Coalition, Nomination, OwnList
from coalitions.services.candidates import add_candidate
from coalitions.services.holding import held
from coalitions.services.lists import closed_lists, sent_lists
from people.models import Actor, User
from people.services import Conflict, record
from people.services.actors import add_actor

AT_LEAST = 2
"""Lists that it takes: the names of a single one would be its author's for all to see."""


@dataclass(frozen=True, repr=False)
class Named:
    """One name of the lists. `keys` stand for its nominations, the least of them for itself."""

    keys: tuple[int, ...]
    office: str
    count: int
    whys: tuple[str, ...] = ()

    @property
    def key(self) -> int:
        return self.keys[0]


@dataclass(frozen=True, repr=False)
class Gathered:
    """Keys of the lists that are closed, and the names on them by the alphabet."""

    lists: tuple[int, ...]
    names: tuple[Named, ...]

    @property
    def is_enough(self) -> bool:
        return len(self.lists) >= AT_LEAST


@dataclass(frozen=True, repr=False)
class Choice:
    """Who a name is: an actor, a new one, the same as another name (its key), or left out."""

    actor: Actor | None = None
    name: str = ""
    kind: str = ""
    sphere: str = ""
    same: int | None = None

    @property
    def is_new(self) -> bool:
        return bool(self.name)


def gathered(coalition: Coalition) -> Gathered:
    """What was sent before the lists were closed, in two queries; before that nothing.

    SealedError where the key is not there.
    """
    lists = tuple(closed_lists(coalition).values_list("pk", flat=True))
    rows = list(Nomination.objects.filter(own_list__in=lists).order_by("pk"))
    if len(lists) < AT_LEAST:
        return Gathered(lists, ())
    found = unique_names([row.office for row in rows])
    return Gathered(lists, tuple(named(one.name, [rows[at] for at in one.at]) for one in found))


def named(office: str, rows: Sequence[Nomination]) -> Named:
    """The reasons stand by the alphabet: their order tells nobody whose they are."""
    return Named(
        keys=tuple(sorted(veiled(row.pk) for row in rows)), office=office,
        count=len({row.own_list_id for row in rows}),
        whys=tuple(sorted({row.why for row in rows if row.why})),
    )  # fmt: skip


def veiled(pk: int) -> int:
    """What stands for a nomination on the page.

    Keys run on while somebody writes, so they would tell which names came from one list.
    """
    digest = salted_hmac("coalitions.pooling", str(pk), algorithm="sha256").digest()
    return int.from_bytes(digest[:4], "big") % 10**9


@transaction.atomic
def close_lists(*, coalition: Coalition, actor: User, door: str = "command") -> None:
    """From here on the lists that were sent can be read, and none is sent until they are pooled.

    Were they read before, one that is sent later would show as what it brought.
    """
    row = held(coalition, actor, "delegate.write")
    if row.lists_closed_at is not None:
        return
    count = sent_lists(row).count()
    if count < AT_LEAST:
        raise ValidationError(_("It takes two lists or more. Wait until another is sent."))
    keep_closed(row, timezone.now())
    record(
        system=row.system, action="close lists", on=row, actor=actor, door=door,
        after={"lists": count},
    )  # fmt: skip


def keep_closed(row: Coalition, at: datetime | None) -> None:
    row.lists_closed_at = at
    row.save(update_fields=["lists_closed_at"])


@transaction.atomic
def pool(
    *, coalition: Coalition, seen: Sequence[int], choices: Mapping[int, Choice], actor: User,
    door: str = "command",
) -> int:  # fmt: skip
    """Put the lists that are closed together, and return how many came onto the long list.

    `seen` are the lists that the leader saw; Conflict where others are there now. `choices` says
    by its key who each name is. ValidationError by `<field>_<key>`.
    """
    row = held(coalition, actor, "delegate.write")
    found = gathered(row)
    if found.lists != tuple(seen) or {one.key for one in found.names} != set(choices):
        raise Conflict(row)
    if not found.is_enough:
        raise ValidationError(_("Close the lists first; it takes two or more."))
    # By the alphabet: numbers in the order of the lists would tell whose names they are.
    chosen = settled({one.key: choices[one.key] for one in found.names})
    check_actors(row, chosen)
    actors = [one.actor or new_actor(row, key, one, actor, door) for key, one in chosen.items()]
    count = enter(row, actors, actor, door)
    OwnList.objects.filter(pk__in=found.lists).update(pooled_at=timezone.now())
    keep_closed(row, None)
    record(
        system=row.system, action="pool lists", on=row, actor=actor, door=door,
        after={"lists": len(found.lists)},
    )  # fmt: skip
    return count


def settled(choices: Mapping[int, Choice]) -> dict[int, Choice]:
    """The choices that bring an actor, by key; ValidationError where “the same” leads nowhere."""
    for key in choices:
        follow(choices, key)
    return {key: one for key, one in choices.items() if one.actor or one.is_new}


def follow(choices: Mapping[int, Choice], key: int) -> None:
    """Go from one name to the other until one says who it is."""
    passed, at = {key}, choices[key].same
    while at is not None:
        if at in passed or at not in choices:
            raise ValidationError(
                {f"who_{key}": _("These names lead to each other. Say of one of them who it is.")}
            )
        passed.add(at)
        at = choices[at].same


def check_actors(row: Coalition, chosen: Mapping[int, Choice]) -> None:
    """Each actor is one of the system, and not retired meanwhile."""
    known = set(Actor.objects.filter(system=row.system).active().values_list("pk", flat=True))
    for key, one in chosen.items():
        if one.actor and one.actor.pk not in known:
            raise ValidationError(
                {f"who_{key}": _("This actor is not on the system’s map any more. Choose again.")}
            )


def new_actor(row: Coalition, key: int, choice: Choice, actor: User, door: str) -> Actor:
    """Put a public actor on the system's map; what is wrong with it stands beside its fields."""
    try:
        values = {"name": choice.name, "kind": choice.kind, "sphere": choice.sphere}
        return add_actor(system=row.system, values=values, actor=actor, door=door)
    except ValidationError as problem:
        raise beside(problem, key) from problem


def beside(problem: ValidationError, key: int) -> ValidationError:
    """The same faults, by the fields of this name."""
    if not hasattr(problem, "error_dict"):
        return ValidationError({f"name_{key}": problem.messages})
    fields = {"name", "kind", "sphere"}
    return ValidationError({
        f"{name if name in fields else 'name'}_{key}": faults
        for name, faults in problem.message_dict.items()
    })  # fmt: skip


def enter(row: Coalition, actors: Sequence[Actor], actor: User, door: str) -> int:
    """Put those on the long list who are not, numbered on, each proposed; how many they were."""
    there = set(Candidate.objects.filter(coalition=row).values_list("actor", flat=True))
    fresh = {one.pk: one for one in actors if one.pk not in there}
    for one in fresh.values():
        add_candidate(coalition=row, office=one, actor=actor, door=door)
    return len(fresh)
