"""Rounds are opened, closed and opened again."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.analysis.months import months_after
from people.models import User
from people.services import save_with_trail
from people.services.reasons import check_reason
from reviews.analysis.plan import NEXT_AFTER
from reviews.models import Round
from reviews.services import figures, links, retention
from reviews.services.holding import locked

State = Round.State


@transaction.atomic
def start(*, round: Round, actor: User | None = None, door: str = "command") -> Round:
    """Open a round that is set up; guests are sent their links."""
    row = locked(round, actor)
    if row.state != State.DRAFT:
        raise ValidationError(
            _("“%(round)s” was opened before. Load its page again to see how it stands.")
            % {"round": row}
        )
    refuse_without_questions(row)
    move(row, {"state": State.OPEN}, actor=actor, door=door)
    links.send_all(round=row, actor=actor, door=door)
    return row


@transaction.atomic
def close(
    *, round: Round, actor: User | None = None, door: str = "command", at: datetime | None = None
) -> Round:
    """Close an open round: scores count as they were saved, and the figures freeze.

    Saving a score holds the same row, so one that comes at the same time either counts or is
    refused. `at` gives what is entered of the past its moment; no page passes it.
    """
    row = locked(round, actor)
    if row.state != State.OPEN:
        raise ValidationError(
            _("“%(round)s” is not open, so it cannot be closed.") % {"round": row}
        )
    closed_at = at or timezone.now()
    values = {"state": State.CLOSED, "closed_at": closed_at, "next_due": next_due(row)}
    move(row, values, actor=actor, door=door)
    links.end_all(row)
    figures.publish(row)
    return row


@transaction.atomic
def reopen(*, round: Round, reason: str, actor: User | None = None, door: str = "command") -> Round:
    """Open a closed round again. It needs a reason, for people rely on what is closed.

    It is released anew after the next closing; actions that were shared stay shared. Not once its
    single scores are destroyed, or would be had it never been opened again.
    """
    row = locked(round, actor)
    if row.state != State.CLOSED:
        raise ValidationError(
            _("“%(round)s” is not closed, so it cannot be opened again.") % {"round": row}
        )
    if row.purged_at:
        raise ValidationError(
            _("The single scores of “%(round)s” were destroyed, so it stays closed. Set up another "
              "review, and have it compared with this one.") % {"round": row}
        )  # fmt: skip
    if retention.is_over(row):
        raise ValidationError(
            _("“%(round)s” was first closed %(days)s days ago or more, and single scores are kept "
              "for no longer. So it stays closed: set up another review, and have it compared with "
              "this one.") % {"round": row, "days": retention.DAYS}
        )  # fmt: skip
    why = check_reason(reason, _("Opening “%s” again") % row)
    values = {"state": State.OPEN, "closed_at": None, "leader_at": None, "team_at": None}
    return move(row, values, actor=actor, door=door, reason=why)


def move(
    row: Round, values: dict[str, Any], *, actor: User | None, door: str, reason: str = ""
) -> Round:
    """To another state, as the next version: whoever edits the round meanwhile is told."""
    save_with_trail(
        row, values, system=row.system, key="",
        actor=actor, door=door, reason=reason, version=row.version,
    )  # fmt: skip
    return row


def refuse_without_questions(row: Round) -> None:
    """Nothing can be scored without a rubric in use."""
    if row.rubric is None:
        raise ValidationError(
            _("“%(round)s” has no rubric, so there is nothing to score. Change the review and "
              "choose one first.") % {"round": row}
        )  # fmt: skip
    if row.rubric.is_draft:
        raise ValidationError(
            _("“%(rubric)s” is not in use yet. Put it in use, or choose another one for the "
              "review.") % {"rubric": row.rubric}
        )  # fmt: skip


def next_due(row: Round) -> Any:
    """When the next review is due: as was set, else two years after this one."""
    if row.next_due:
        return row.next_due
    due = months_after(max(row.due, row.system.today()), NEXT_AFTER[1])
    return due if due > row.due else None  # the last day there is has none after it
