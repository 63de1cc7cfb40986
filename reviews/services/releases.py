"""Results are released in two steps: first to the leaders, then to the team. Neither is undone."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Action, User
from people.services import save_with_trail
from people.services.actions import share_action
from reviews.models import Round
from reviews.release_mails import tell_leaders, tell_team
from reviews.services.holding import held


@transaction.atomic
def release_to_leader(
    *, round: Round, version: int, actor: User | None = None, door: str = "command"
) -> Round:
    """Let the leaders read the results, before anyone outside the joint team.

    `version` is that of the round as its releaser saw it: Conflict where it has moved on.
    """
    row = to_release(round, actor)
    if row.leader_at is not None:
        raise ValidationError(_("The results are released to the leaders already."))
    save_with_trail(
        row, {"leader_at": timezone.now()}, system=row.system, key="",
        action="release to leaders", actor=actor, door=door, version=version,
    )  # fmt: skip
    tell_leaders(row, actor)
    return row


@transaction.atomic
def release_to_team(
    *, round: Round, version: int, actor: User | None = None, door: str = "command"
) -> Round:
    """Let the unit and the invited reviewers read the results; the actions join the shared list."""
    row = to_release(round, actor)
    if row.leader_at is None:
        raise ValidationError(
            _("The leader hears first. Release the results to the leaders before the team.")
        )
    if row.team_at is not None:
        raise ValidationError(_("The results are released to the team already."))
    save_with_trail(
        row, {"team_at": timezone.now()}, system=row.system, key="",
        action="release to team", actor=actor, door=door, version=version,
    )  # fmt: skip
    for action in to_share(row):
        share_action(action=action, actor=actor, door=door)
    tell_team(row, actor)
    return row


def to_release(round: Round, actor: User | None) -> Round:
    """The round, held; PermissionDenied to who may not release, or not read what they would."""
    row = held(round, actor, "result.release")
    if not row.is_closed:
        raise ValidationError(
            _("“%(round)s” is not closed, so there is nothing to release. Close it first.")
            % {"round": row}
        )
    if actor and not Round.objects.with_results_for(actor).filter(pk=row.pk).exists():
        raise PermissionDenied
    return row


def to_share(row: Round) -> list[Action]:
    """Actions under what still stands, not on the shared list yet."""
    rows = Action.objects.filter(
        of_review__implication__finding__round=row, shared=False,
        of_review__implication__withdrawn_at=None,
        of_review__implication__finding__withdrawn_at=None,
    )  # fmt: skip
    return list(rows.select_related("system"))
