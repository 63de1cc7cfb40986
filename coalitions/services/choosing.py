"""A group is chosen as a whole: the short list in one step, and the coalition out of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from coalitions.models import Coalition, Status
from coalitions.services.candidates import SET_ASIDE, stand
from coalitions.services.considered import Considered, considered
from coalitions.services.holding import held
from people.models import User
from people.services import Conflict

Seen = Mapping[int, int]
"""By the number of each candidate, that of the latest standing a page showed; 0 for none."""


@transaction.atomic
def keep_short_list(
    *, coalition: Coalition, chosen: Collection[int], seen: Seen, actor: User,
    door: str = "command",
) -> int:  # fmt: skip
    """Let the short list be these numbers, and return how many stand elsewhere since.

    Members have to be among them: they leave by a page of their own. An unbalanced group is kept
    like any other. Conflict where anybody stands elsewhere than `seen`, or came on the long list.
    """
    row = held(coalition, actor)
    rows = as_seen(row, seen)
    refuse(rows, chosen)
    moves = [(one, move) for one in rows if (move := move_of(one, one.number in chosen))]
    for one, status in moves:
        stand(one.candidate, row, latest(one) + 1, actor, door, status=status)
    return len(moves)


@transaction.atomic
def make_members(*, coalition: Coalition, seen: Seen, actor: User, door: str = "command") -> int:
    """Everyone on the short list becomes a member; returns how many did.

    ValidationError where nobody is on it. Conflict as for the short list.
    """
    row = held(coalition, actor)
    rows = [one for one in as_seen(row, seen) if one.status == Status.SHORTLISTED]
    if not rows:
        raise ValidationError(
            _("Nobody is on the short list. Tick who belongs to the group and keep that first.")
        )
    for one in rows:
        stand(one.candidate, row, latest(one) + 1, actor, door, status=Status.MEMBER)
    return len(rows)


def as_seen(coalition: Coalition, seen: Seen) -> list[Considered]:
    """Everyone considered; Conflict where they stand elsewhere than the writer saw."""
    rows = considered(coalition)
    if standings(rows) != dict(seen):
        raise Conflict(coalition)
    return rows


def standings(rows: Iterable[Considered]) -> dict[int, int]:
    """What a page shows of where everybody stands, for comparing later."""
    return {one.number: latest(one) for one in rows}


def latest(one: Considered) -> int:
    return one.standing.seq if one.standing else 0


def move_of(one: Considered, chosen: bool) -> Status | None:
    """Where a candidate moves; None where it stays. The program never chooses by itself."""
    if chosen and not one.is_chosen:
        return Status.SHORTLISTED
    if not chosen and one.status == Status.SHORTLISTED:
        return Status.PROPOSED
    return None


def refuse(rows: Sequence[Considered], chosen: Collection[int]) -> None:
    """ValidationError that names, by letter, everyone who cannot be moved here, with the remedy."""
    picked = [one for one in rows if one.number in chosen]
    unknown = set(chosen) - {one.number for one in picked}
    faults = [
        (_("%s is a member already, and stays one here. A member leaves on its own page."),
         letters(one for one in rows if one.is_member and one.number not in chosen)),
        (_("%s is set aside. Propose it again on its own page first."),
         letters(one for one in picked if one.status in SET_ASIDE)),
        (_("%s has not been judged yet. Judge it first, then choose it."),
         letters(one for one in picked if one.seat is None and not one.is_chosen)),
        (_("%s is not on the long list. Open the page again."), ", ".join(map(str, unknown))),
    ]  # fmt: skip
    said = [words % who for words, who in faults if who]
    if said:
        raise ValidationError(said)


def letters(found: Iterable[Considered]) -> str:
    return ", ".join(one.letter for one in found)
