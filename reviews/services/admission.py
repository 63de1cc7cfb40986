"""Who cannot take part in a round, or not in this part, and what to do instead."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import System, User
from people.permissions import people_who_may, people_who_may_be_named
from reviews.models import GROUPS, Participant, Round


def refuse_strangers(row: Round, user: User) -> None:
    """Only members of the system itself; the words are the same for all others."""
    if not User.objects.filter(people_who_may_be_named("review.read", row.system), pk=user.pk):
        raise ValidationError(
            _("Only members of %(system)s take part. Invite the person as a reviewer first.")
            % {"system": row.system}
        )
    if row.participants.in_force().filter(user=user).exists():
        raise ValidationError(
            _("%(person)s is named on “%(round)s” already.") % {"person": user, "round": row}
        )


def refuse_guest_of(row: Round, user: User) -> None:
    """Nobody scores twice: once as a guest, and once as a member.

    Who was a guest stays one, taken off or not: the scores they may have given still count.
    """
    if row.participants.filter(user=None, email__iexact=user.email).exists():
        raise ValidationError(
            _("%(person)s is a guest of this review, as %(email)s. To keep all scores in one "
              "place, invite them as a guest again.")
            % {"person": user, "email": user.email}
        )  # fmt: skip


def refuse_as_guest(row: Round, email: str, actor: User) -> None:
    if email == actor.email.lower():
        raise ValidationError({"email": _("Nobody invites themselves. Ask another of the unit.")})
    words = {"email": email, "system": row.system, "round": row}
    if row.participants.present().filter(email=email).exists():
        raise ValidationError(
            {"email": _("%(email)s is invited to “%(round)s” already. Send a new link instead.")
             % words}
        )  # fmt: skip
    member = people_who_may_be_named("review.read", row.system)
    named = row.participants.filter(user__email__iexact=email).exists()
    if named or User.objects.filter(member, email__iexact=email).exists():
        raise ValidationError(
            {"email": _("%(email)s is the address of a member of %(system)s. Name the member "
                        "instead: they score with their account.") % words}
        )  # fmt: skip


def refuse_useless_guest(kind: str, signs: bool) -> None:
    """A guest comes in to score and for nothing else."""
    if kind == Participant.Kind.UNIT:
        raise ValidationError(
            {"kind": _("Who speaks for the unit has an account. Name a member instead.")}
        )
    if not signs and kind not in GROUPS:
        raise ValidationError(
            {"signs": _("A guest is only asked for scores, and of an independent body one person "
                        "signs its sheet. Tick this, or choose another part.")}
        )  # fmt: skip


def refuse_second_signer(row: Round, part: Participant, values: dict[str, Any]) -> None:
    """One signed sheet for the unit, and one for the independent body."""
    if not values["signs"]:
        return
    signers = row.participants.present().filter(kind=values["kind"], signs=True)
    other = signers.exclude(pk=part.pk).select_related("user").first()
    if other is not None:
        raise ValidationError(
            {"signs": _("%(person)s signs for this body already, and it gives one sheet. Take "
                        "them off first, or name this person without it.")
             % {"person": other.who}}
        )  # fmt: skip


def refuse_other_part(row: Round, earlier: Participant | None, kind: str) -> None:
    """Named again, who was asked for scores keeps the part in which they were asked.

    What was given in confidence would else be read as a signed sheet, or count in two groups; and
    the number of those who have finished would tell whether this person had.
    """
    if earlier is None or row.state == Round.State.DRAFT or kind == earlier.kind:
        return
    if earlier.is_rater or earlier.scores.exists():
        raise ValidationError(
            {"kind": _("%(person)s was asked for scores as “%(part)s”, and what was promised of "
                       "them stands. Name them as that again.")
             % {"person": earlier.who, "part": earlier.get_kind_display()}}
        )  # fmt: skip


def refuse_without_notes(system: System, user: User) -> None:
    may = people_who_may("note.read", system) | people_who_may_be_named("note.read", system)
    if not User.objects.filter(may, pk=user.pk).exists():
        raise ValidationError(
            _("%(person)s cannot be in the joint team: a reviewer or data provider reads no "
              "interview notes. Name them without it, or give them another role first.")
            % {"person": user}
        )  # fmt: skip
