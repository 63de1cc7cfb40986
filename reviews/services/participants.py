"""People are named on a round, and taken off it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from aspirations.services.authority import require
from people.models import System, User
from people.permissions import people_who_may, people_who_may_be_named
from people.services import record, save_with_trail
from people.services.reasons import check_reason
from reviews.models import Participant, Round
from reviews.services.rounds import locked, refuse_closed


@transaction.atomic
def name(
    *, round: Round, user: User, kind: str, joint_team: bool = False, actor: User,
    door: str = "command",
) -> Participant:  # fmt: skip
    """Name a member of the system on the round.

    The joint team reads the interview notes, so only a leader names its members. ValidationError
    where the person is no member, is named already, is the one who names, or has a role that
    opens no notes.
    """
    row = locked(round, actor)
    refuse_closed(row)
    row.participants.lapsed().filter(user=user).delete()
    refuse_strangers(row, user)
    if joint_team:
        require(actor, "delegate.write", row.system)
        refuse_without_notes(row.system, user)
    part = Participant()
    values = {
        "round": row, "user": user, "kind": kind, "joint_team": joint_team, "named_by": actor,
    }  # fmt: skip
    save_with_trail(part, values, system=row.system, key="", actor=actor, door=door)
    return part


@transaction.atomic
def take_off(
    *, participant: Participant, reason: str, actor: User | None = None, door: str = "command"
) -> None:
    """Take someone off the round, with a reason; from the next request on it is closed to them."""
    row = locked(participant.round, actor)
    refuse_closed(row)
    if not row.participants.filter(pk=participant.pk).exists():
        raise ValidationError(
            _("%(person)s is not named on “%(round)s” any more.")
            % {"person": participant.user, "round": row}
        )
    why = check_reason(reason, _("Taking %s off the review") % participant.user)
    record(
        system=row.system, action="take off", on=participant,
        actor=actor, door=door,
        before={
            "round": row.title, "user": participant.user.email, "kind": participant.kind,
            "joint_team": participant.joint_team,
        },
        reason=why,
    )  # fmt: skip
    Participant.objects.filter(pk=participant.pk).delete()


def refuse_strangers(row: Round, user: User) -> None:
    """Only members of the system itself; the words are the same for all others."""
    if not User.objects.filter(people_who_may_be_named("review.read", row.system), pk=user.pk):
        raise ValidationError(
            _("Only members of %(system)s take part. Invite the person as a reviewer first.")
            % {"system": row.system}
        )
    if row.participants.filter(user=user).exists():
        raise ValidationError(
            _("%(person)s is named on “%(round)s” already.") % {"person": user, "round": row}
        )


def refuse_without_notes(system: System, user: User) -> None:
    may = people_who_may("note.read", system) | people_who_may_be_named("note.read", system)
    if not User.objects.filter(may, pk=user.pk).exists():
        raise ValidationError(
            _("%(person)s cannot be in the joint team: a reviewer or data provider reads no "
              "interview notes. Name them without it, or give them another role first.")
            % {"person": user}
        )  # fmt: skip


def open_to_naming(round: Round) -> QuerySet[User]:
    """Members of the system who are not named on the round, by name."""
    named = round.participants.in_force().values("user")
    members = User.objects.filter(people_who_may_be_named("review.read", round.system))
    return members.exclude(pk__in=named).order_by("name", "email")
