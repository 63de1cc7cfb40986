"""The work with a coalition is written down: contacts, commitments, barriers, steps, posts, rings.

Whatever its kind, a row is added or changed the same way; what each kind must say stands in
`agreeing`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from coalitions.models import (
    Barrier,
    Candidate,
    Circle,
    Coalition,
    CommonGround,
    Contact,
    MemberCommitment,
    NextStep,
    Vacancy,
)
from coalitions.services.agreeing import faults_of
from coalitions.services.holding import held, write
from people.models import User
from people.services import Conflict, record

Work = Contact | MemberCommitment | Barrier | NextStep | Vacancy | Circle


def rows_of(kind: type[Any], coalition: Coalition) -> models.QuerySet[Any]:
    """Rows of this kind that lie in the coalition. The caller has been through the gate."""
    return kind._default_manager.filter(**{way_to(kind): coalition})


def way_to(kind: type[Any]) -> str:
    """How a row of this kind leads to its coalition."""
    return "candidate__coalition" if kind in {MemberCommitment, CommonGround} else "coalition"


@transaction.atomic
def add_work(
    *, kind: type[Work], coalition: Coalition, values: Mapping[str, Any],
    actor: User | None = None, door: str = "command",
) -> Work:  # fmt: skip
    """Write down one contact, commitment, barrier, step, vacancy or circle.

    ValidationError by field where something is missing or cannot be.
    """
    place = held(coalition, actor)
    row = kind()
    if way_to(kind) == "coalition":
        row.coalition = place  # type: ignore[union-attr]
    if isinstance(row, Contact) and actor is not None:
        row.author = actor
    keep(row, values, place, actor=actor, door=door)
    return row


@transaction.atomic
def change_work(
    *, row: Work, coalition: Coalition, values: Mapping[str, Any], version: int,
    actor: User | None = None, door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed; Conflict where someone saved since `version`."""
    place = held(coalition, actor)
    now = rows_of(type(row), place).filter(pk=row.pk).first()
    if now is None:
        raise ValidationError(_("This is gone: the candidate it was about was erased meanwhile."))
    return keep(now, values, place, version=version, actor=actor, door=door)


def keep(
    row: Any, values: Mapping[str, Any], place: Coalition, *, version: int | None = None,
    actor: User | None, door: str,
) -> bool:  # fmt: skip
    fields = dict(values)
    if "candidates" in fields:
        fields["candidates"] = list(fields["candidates"])
    faults = faults_of(row, fields, place)
    if faults:
        raise ValidationError({name: [str(words)] for name, words in faults.items()})
    with_whom, new = fields.pop("candidates", None), row._state.adding
    changed = write(row, fields, coalition=place, actor=actor, door=door, version=version)
    if with_whom is None:
        return changed
    return name_those(row, with_whom, place, told=not new, actor=actor, door=door) or changed


def name_those(
    row: Contact, candidates: Iterable[Candidate], place: Coalition, *, told: bool,
    actor: User | None, door: str,
) -> bool:  # fmt: skip
    """Let a contact be with these; where others were `told` of it before, the trail says so."""
    wanted = {one.pk for one in candidates}
    if Candidate.objects.filter(coalition=place, pk__in=wanted).count() < len(wanted):
        words = _("One of them was erased meanwhile. Choose again whom it was with.")
        raise ValidationError({"candidates": [words]})
    if set(row.candidates.values_list("pk", flat=True)) == wanted:
        return False
    row.candidates.set(wanted)
    if told:
        word = {"candidates": "changed"}
        record(
            system=place.system, action="change", on=row, actor=actor, door=door,
            before=word, after=word,
        )  # fmt: skip
    return True


@transaction.atomic
def record_ground(
    *, candidate: Candidate, values: Mapping[str, Any], seen: int, actor: User | None = None,
    door: str = "command",
) -> CommonGround:  # fmt: skip
    """What a member shares from now on; the earlier views stay.

    `seen` is how many the writer saw: Conflict where another was recorded meanwhile.
    """
    place = held(candidate.coalition, actor)
    latest = candidate.grounds.order_by("-seq").first()
    last = latest.seq if latest else 0
    if latest is not None and seen != last:
        raise Conflict(latest)
    row = CommonGround(candidate=candidate, seq=last + 1)
    if actor is not None:
        row.author = actor
    write(row, values, coalition=place, actor=actor, door=door, action="record common ground")
    return row
