"""What someone wants to be told of, and the days on which mails told them."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q

from people.models import NoticeChoice, User
from people.services.trail import save_with_trail

NEVER = NoticeChoice.Digest.NEVER


def choice_of(user: User) -> NoticeChoice:
    """The person's choice as stored, else the one that holds until they choose."""
    return NoticeChoice.objects.filter(user=user.pk).first() or NoticeChoice(user_id=user.pk)


@transaction.atomic
def choose_notices(
    *, user: User, digest: str, muted: Collection[str], today: date, door: str = "page"
) -> bool:
    """Keep which kinds someone does not want and how often mails tell them; whether it differs.

    `muted` are codes of kinds. The first mail comes with the next turn after `today`, so that
    choosing does not mail at once. ValidationError by field where `digest` is unknown.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    row = NoticeChoice.objects.filter(user=user.pk).first() or NoticeChoice(user=user)
    if row.digest == NEVER != digest:
        row.sent_on = today
    values = {"digest": digest, "muted": sorted(set(muted))}
    return save_with_trail(row, values, system=None, key=user.email, actor=user, door=door)


def take_turn(choice: NoticeChoice, today: date) -> bool:
    """Whether this caller is the first to tell this person on `today`: only one gets True."""
    later = Q(sent_on=None) | Q(sent_on__lt=today)
    taken = NoticeChoice.objects.filter(later, pk=choice.pk).exclude(digest=NEVER)
    return bool(taken.update(sent_on=today))


def give_turn_back(choice: NoticeChoice) -> None:
    """The mail could not be sent: the next turn tries again. `choice` is as it was before."""
    NoticeChoice.objects.filter(pk=choice.pk).update(sent_on=choice.sent_on)
