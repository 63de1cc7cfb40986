"""Doubts put to a drafted path or a sheet, and the answers to them: written once, never edited."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.models import Assessment, Trajectory
from aspirations.models.agreements import Agreement
from aspirations.models.challenges import Challenge
from aspirations.services import versions
from aspirations.services.authority import require
from people.models import System, User
from people.permissions import may
from people.services import check_reason, record


@transaction.atomic
def challenge(
    *, about: Assessment | Trajectory, text: str, actor: User, door: str = "command"
) -> Challenge:
    """Doubt a draft that was sent for challenge, or a sheet that was sent in.

    A draft is open to those who write paths or assess, a sheet to those who assess. ValidationError
    where it is not open to doubts, or `text` says too little.
    """
    system = system_of(about)
    require_doubter(actor, about, system)
    require_open(about)
    if isinstance(about, Assessment) and about.author_id == actor.pk:
        raise ValidationError(_("This is your own. Write a new one, rather than challenge it."))
    row = Challenge(
        system=system, author=actor, text=check_reason(text, _("A challenge")),
        assessment=about if isinstance(about, Assessment) else None,
        trajectory=about if isinstance(about, Trajectory) else None,
    )  # fmt: skip
    row.full_clean()
    row.save()
    record(
        system=system, action="challenge", on=row, key=key_of(row), actor=actor, door=door,
        after={"text": row.text},
    )  # fmt: skip
    return row


@transaction.atomic
def answer(
    *, challenge: Challenge, text: str, outcome: str, actor: User, door: str = "command"
) -> Challenge:
    """What came of a doubt: `outcome` is “kept” or “changed”, `text` says why. Once only.

    A sheet is answered for by its author or who moderates, a draft by whoever may revise it.
    """
    row = Challenge.objects.select_for_update(of=["self"]).get(pk=challenge.pk)
    require_answerer(actor, row)
    if row.answered_at is not None:
        raise ValidationError(_("This challenge was answered already. Write another one."))
    row.answer, row.outcome = check_reason(text, _("An answer")), outcome
    row.answered_by, row.answered_at = actor, timezone.now()
    row.full_clean()
    if not row.outcome:
        raise ValidationError({"outcome": _("Say whether it was kept as it was, or changed.")})
    row.save()
    record(
        system=row.system, action="answer", on=row, key=key_of(row), actor=actor, door=door,
        before={"text": row.text}, after={"answer": row.answer, "outcome": row.outcome},
    )  # fmt: skip
    return row


def may_challenge(actor: User, about: Assessment | Trajectory) -> bool:
    """Whether this person may doubt such a thing, whether or not it is open to doubts now."""
    system = system_of(about)
    if isinstance(about, Trajectory) and may(actor, "trajectory.write", system):
        return True
    return may(actor, "assessment.write", system)


def may_answer(actor: User, challenge: Challenge) -> bool:
    """Whether this person answers for what is doubted."""
    about = challenge.assessment or challenge.trajectory
    mine = about is not None and about.author_id == actor.pk
    if challenge.assessment is not None:
        wanted = "assessment.write" if mine else "assessment.moderate"
        return may(actor, wanted, challenge.system)
    wanted = "trajectory.write" if mine else "plan.write"
    return may(actor, wanted, challenge.system)


# --- who, and when -------------------------------------------------------------------------


def system_of(about: Assessment | Trajectory) -> System:
    if isinstance(about, Assessment):
        return about.system
    system: System = about.series.metric.system
    return system


def require_doubter(actor: User, about: Assessment | Trajectory, system: System) -> None:
    if not may_challenge(actor, about):
        require(actor, "assessment.write", system)


def require_answerer(actor: User, row: Challenge) -> None:
    if not may_answer(actor, row):
        raise PermissionDenied(
            _("%(what)s is answered for by who wrote it. Ask them to answer.")
            % {"what": row.assessment or row.trajectory}
        )


def require_open(about: Assessment | Trajectory) -> None:
    """Doubts are for what was sent and can still be changed or followed by another."""
    if isinstance(about, Assessment):
        if about.submitted_at is None:
            raise ValidationError(_("This sheet was not sent in yet. Wait until it is."))
        return
    if about.status != Agreement.DRAFT:
        raise ValidationError(
            _("%(what)s is %(status)s and frozen. Make a new version to change it.")
            % {"what": about, "status": about.get_status_display().lower()}
        )
    if about.sent_at is None:
        raise ValidationError(
            _("%(what)s was not sent for challenge yet. Ask its author to send it.")
            % {"what": about}
        )


def key_of(row: Challenge) -> str:
    """What a doubt is about, as the trail names it."""
    if row.trajectory is not None:
        return versions.key_of(row.trajectory)
    return str(row.assessment)
