"""Candidates come on the long list, are judged and placed. What was thought before stays."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from coalitions.models import Appraisal, Candidate, Coalition, Standing, Status
from coalitions.services.considered import CHOSEN
from coalitions.services.holding import held, write
from people.models import Actor, User
from people.services import Conflict, check_reason, is_reason
from people.services.actors import add_actor

SET_ASIDE = {Status.EXCLUDED, Status.LEFT}


@transaction.atomic
def add_candidate(
    *, coalition: Coalition, actor: User, office: Actor | None = None,
    new: Mapping[str, Any] | None = None, view: Mapping[str, str] | None = None,
    door: str = "command",
) -> Candidate:  # fmt: skip
    """Put an office on the long list, known already or `new` (name, kind, sphere).

    With `view`, the values of a judgment, it is judged at once. ValidationError where it stands
    there already, has been retired, or belongs to another system.
    """
    row = held(coalition, actor)
    if office is None:
        office = add_actor(system=row.system, values=new or {}, actor=actor, door=door)
    refuse_office(row, office)
    found = Candidate()
    values = {"coalition": row, "actor": office, "number": next_number(row)}
    write(found, values, coalition=row, actor=actor, door=door)
    stand(found, row, 1, actor, door, status=Status.PROPOSED)
    if view is not None:
        judge(candidate=found, values=view, seen=0, actor=actor, door=door)
    return found


def next_number(row: Coalition) -> int:
    """After the highest ever given: what was said of an erased “F” is not read of another."""
    highest = row.candidates.aggregate(highest=Max("number"))["highest"] or 0
    number = max(row.letters_given, highest) + 1
    Coalition.objects.filter(pk=row.pk).update(letters_given=number)
    return number


def refuse_office(row: Coalition, office: Actor) -> None:
    if office.system_id != row.system_id or office.retired_at is not None:
        raise ValidationError(
            {"office": _("Choose an office of this system that has not been retired.")}
        )
    there = row.candidates.filter(actor=office).first()
    if there is not None:
        raise ValidationError(
            {"office": _("It is on the list already, as %s. Open it there.") % there.letter}
        )


@transaction.atomic
def judge(
    *, candidate: Candidate, values: Mapping[str, str], seen: int, actor: User,
    door: str = "command",
) -> Appraisal:  # fmt: skip
    """Add what is thought of a candidate today; earlier judgments stay as they were.

    `values` holds alignment, cause, potential, power and powers (main kind first); `seen` is the
    number of the latest judgment the writer saw, 0 for none. Conflict where there is a later one.
    """
    row = held(candidate.coalition, actor)
    refuse_unseen(candidate.appraisals.first(), seen)
    found = Appraisal()
    known = {"candidate": candidate, "author": actor, "seq": seen + 1}
    write(found, {**known, **values}, coalition=row, actor=actor, door=door, action="judge")
    return found


@transaction.atomic
def place(
    *, candidate: Candidate, status: str, seen: int, actor: User, reason: str = "",
    plan: str = "", door: str = "command",
) -> Standing:  # fmt: skip
    """Say where a candidate stands from now on, and why. Disagreement alone excludes nobody.

    `seen` is the number of the standing that the writer saw, 0 for none. ValidationError by field,
    Conflict where somebody placed it meanwhile.
    """
    row = held(candidate.coalition, actor)
    latest = candidate.standings.first()
    refuse_unseen(latest, seen)
    now = latest.status if latest else Status.PROPOSED
    judged = candidate.appraisals.exists()
    reason, plan = checked(status, now, reason.strip(), plan.strip(), judged)
    return stand(candidate, row, seen + 1, actor, door, status=status, reason=reason, plan=plan)


def stand(
    candidate: Candidate, row: Coalition, seq: int, actor: User, door: str, **said: str
) -> Standing:
    found = Standing()
    values = {"candidate": candidate, "author": actor, "seq": seq, **said}
    write(found, values, coalition=row, actor=actor, door=door, action="place")
    return found


def refuse_unseen(latest: Appraisal | Standing | None, seen: int) -> None:
    """Conflict where somebody wrote after the writer opened the page."""
    if latest is not None and latest.seq != seen:
        raise Conflict(latest)
    if latest is None and seen:
        raise ValidationError(
            _("What this page showed is not there any more. Copy what you typed and open it again.")
        )


def checked(status: str, now: str, reason: str, plan: str, judged: bool) -> tuple[str, str]:
    """The reason and plan that are kept; ValidationError by field where they do not do."""
    if status not in Status.values:
        raise ValidationError({"status": _("“%s” is no place to stand.") % status[:60]})
    if status == now and not reason:
        raise ValidationError(
            {"status": _("It stands there already. Choose another place, or give a new reason.")}
        )
    if status in CHOSEN and not judged:
        raise ValidationError(
            {"status": _("It has not been judged yet. Judge it first, then choose it.")}
        )
    if status == Status.LEFT and now not in {Status.MEMBER, Status.LEFT}:
        raise ValidationError(
            {"status": _("Only a member can leave. Propose it again, or exclude it.")}
        )
    if status in SET_ASIDE or now in SET_ASIDE:
        reason = why(status, reason)
    return reason, way_round(plan) if status == Status.EXCLUDED else ""


def why(status: str, reason: str) -> str:
    what = {
        Status.EXCLUDED: _("Excluding a candidate"), Status.LEFT: _("A member’s leaving"),
    }  # fmt: skip
    try:
        return check_reason(reason, what.get(Status(status), _("Taking a candidate back")))
    except ValidationError as problem:
        raise ValidationError({"reason": problem.messages}) from None


def way_round(plan: str) -> str:
    if not is_reason(plan):
        raise ValidationError(
            {"plan": _("Say how you work around it: who is excluded may still have power.")}
        )
    return plan
