"""Coalitions are started, delegates named and ended, candid notes added; each with a trail."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from aspirations.models import Aspiration
from aspirations.services.authority import require
from coalitions.models import CandidNote, Coalition, Delegate, Nomination, OwnList
from coalitions.services.charter import next_review
from coalitions.services.holding import held
from people.confidential.openings import readers
from people.models import User
from people.permissions import people_who_may_be_named
from people.services import record, save_with_trail
from people.services.reasons import check_reason


@transaction.atomic
def start(*, aspiration: Aspiration, form: str, actor: User, door: str = "command") -> Coalition:
    """Begin the coalition of an aspiration; each has one."""
    require(actor, "delegate.write", aspiration.system)
    now = Aspiration.objects.select_for_update(of=("self",)).get(pk=aspiration.pk)
    if now.status == Aspiration.Status.RETIRED:
        raise ValidationError(
            _("“%(aspiration)s” is retired, and what its coalition holds would be destroyed. Take "
              "it up again first.")
            % {"aspiration": aspiration}
        )  # fmt: skip
    if Coalition.objects.filter(aspiration=aspiration).exists():
        raise ValidationError(
            _("“%(aspiration)s” has a coalition already. Open it instead.")
            % {"aspiration": aspiration}
        )
    row = Coalition()
    values = {
        "system": aspiration.system, "aspiration": aspiration, "form": form,
        "review_due": next_review(aspiration.system.today()),
    }  # fmt: skip
    save_with_trail(row, values, system=aspiration.system, key="", actor=actor, door=door)
    return row


@transaction.atomic
def name_delegate(
    *, coalition: Coalition, user: User, actor: User, door: str = "command"
) -> Delegate:
    """Let a member of the system into this one coalition. Leaders only, and never themselves."""
    row = held(coalition, actor, "delegate.write")
    if row.delegates.lapsed().filter(user=user).delete()[0]:
        drop_unsent(row, user)
    refuse_delegate(row, user)
    delegate = Delegate()
    save_with_trail(
        delegate, {"coalition": row, "user": user, "named_by": actor}, system=row.system,
        key="", actor=actor, door=door,
    )  # fmt: skip
    return delegate


def refuse_delegate(row: Coalition, user: User) -> None:
    if not User.objects.filter(people_who_may_be_named("coalition.read", row.system), pk=user.pk):
        raise ValidationError(
            _("Only members of %(system)s whose role reads its dashboard become delegates. "
              "Give the person such a role first.")
            % {"system": row.system}
        )  # fmt: skip
    if row.delegates.filter(user=user).exists():
        raise ValidationError(_("%(person)s is a delegate already.") % {"person": user})


@transaction.atomic
def end_delegate(
    *, delegate: Delegate, reason: str, actor: User | None = None, door: str = "command"
) -> None:
    """End what a delegate can open, from the next request on. It needs a reason."""
    row = held(delegate.coalition, actor, "delegate.write")
    if not row.delegates.filter(pk=delegate.pk).exists():
        raise ValidationError(_("%s is not a delegate any more.") % delegate.user)
    why = check_reason(reason, _("Ending what %s can open") % delegate.user)
    record(
        system=row.system, action="end delegate", on=delegate,
        actor=actor, door=door, before={"user": delegate.user.email}, reason=why,
    )  # fmt: skip
    Delegate.objects.filter(pk=delegate.pk).delete()
    drop_unsent(row, delegate.user)


def drop_unsent(row: Coalition, user: User) -> None:
    """Destroy the own list of somebody who cannot open it any more, unless it is sent."""
    if readers_of(row).filter(pk=user.pk).exists():
        return
    own = OwnList.objects.filter(coalition=row, author=user, sent_at=None)
    # TRAP: deleting whole rows would read, and so unseal, them first.
    Nomination.objects.filter(own_list__in=own).only("pk").delete()
    own.delete()


@transaction.atomic
def add_note(*, coalition: Coalition, body: str, actor: User, door: str = "command") -> CandidNote:
    """Add a candid note. The trail says that, and nothing of the text.

    SealedError where the key is not there: then nothing is written.
    """
    row = held(coalition, actor)
    note = CandidNote()
    save_with_trail(
        note, {"coalition": row, "author": actor, "body": body}, system=row.system,
        key="", actor=actor, door=door, sealed=("body",),
    )  # fmt: skip
    return note


def readers_of(coalition: Coalition) -> QuerySet[User]:
    """Everyone who can open the page of a coalition now."""
    named = coalition.delegates.in_force()
    return readers(coalition, "coalition.read", named.values("user"))


def open_to_naming(coalition: Coalition) -> QuerySet[User]:
    """Members of the system who could become delegates: not leaders, who read it anyway."""
    members = User.objects.filter(people_who_may_be_named("coalition.read", coalition.system))
    return members.exclude(pk__in=readers_of(coalition).values("pk")).order_by("name", "email")
