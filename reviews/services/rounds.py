"""Rounds are set up, changed, opened, closed and opened again."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.services.authority import require
from people.models import System, User
from people.services import save_with_trail
from people.services.reasons import check_reason
from reviews.models import Round

State = Round.State


@transaction.atomic
def set_up(
    *, system: System, values: dict[str, Any], actor: User | None = None, door: str = "command"
) -> Round:
    """A new round, not open yet."""
    require(actor, "review.write", system)
    row = Round(system=system)
    save_with_trail(
        row, {"system": system, **values}, system=system, key="",
        actor=actor, door=door,
    )  # fmt: skip
    return row


@transaction.atomic
def change(
    *, round: Round, values: dict[str, Any], version: int, actor: User | None = None,
    door: str = "command",
) -> bool:  # fmt: skip
    """Whether anything changed; Conflict where someone saved since `version`.

    Raises ValidationError of a closed round: what was reviewed stays as it was.
    """
    row = locked(round, actor)
    refuse_closed(row)
    return save_with_trail(
        row, values, system=row.system, key="", actor=actor, door=door, version=version
    )


@transaction.atomic
def start(*, round: Round, actor: User | None = None, door: str = "command") -> Round:
    """Open a round that is set up."""
    row = locked(round, actor)
    if row.state != State.DRAFT:
        raise ValidationError(
            _("“%(round)s” was opened before. Load its page again to see how it stands.")
            % {"round": row}
        )
    return move(row, State.OPEN, None, actor=actor, door=door)


@transaction.atomic
def close(*, round: Round, actor: User | None = None, door: str = "command") -> Round:
    """Close an open round; nothing is added to it from here on."""
    row = locked(round, actor)
    if row.state != State.OPEN:
        raise ValidationError(
            _("“%(round)s” is not open, so it cannot be closed.") % {"round": row}
        )
    return move(row, State.CLOSED, timezone.now(), actor=actor, door=door)


@transaction.atomic
def reopen(*, round: Round, reason: str, actor: User | None = None, door: str = "command") -> Round:
    """Open a closed round again. It needs a reason, for people rely on what is closed."""
    row = locked(round, actor)
    if row.state != State.CLOSED:
        raise ValidationError(
            _("“%(round)s” is not closed, so it cannot be opened again.") % {"round": row}
        )
    why = check_reason(reason, _("Opening “%s” again") % row)
    return move(row, State.OPEN, None, actor=actor, door=door, reason=why)


def move(
    row: Round, state: str, closed_at: datetime | None, *, actor: User | None, door: str,
    reason: str = "",
) -> Round:  # fmt: skip
    """To another state, as the next version: whoever edits the round meanwhile is told."""
    save_with_trail(
        row, {"state": state, "closed_at": closed_at}, system=row.system, key="",
        actor=actor, door=door, reason=reason, version=row.version,
    )  # fmt: skip
    return row


def locked(round: Round, actor: User | None, action: str = "review.write") -> Round:
    """The round as it is now, held until the transaction ends, for someone who may do `action`."""
    require(actor, action, round.system)
    rows = Round.objects.select_for_update(of=("self",)).select_related("system")
    return rows.get(pk=round.pk)


def refuse_closed(row: Round) -> None:
    if row.is_closed:
        raise ValidationError(
            _("“%(round)s” is closed, so nothing in it changes. Open it again first.")
            % {"round": row}
        )
