"""Everyone of a coalition lists by themselves whom they would name, and sends the list.

No line of the trail tells of it: it would tell how long another's list is, and whose is not sent.
The trail begins where the lists are put together.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from coalitions.analysis.names import name_key
from coalitions.models import Coalition, Nomination, OwnList
from coalitions.services.coalitions import readers_of
from coalitions.services.holding import held
from people.labels import personal_name
from people.models import User

FEWEST, MOST = 7, 10
"""How many names a list is asked for."""


@transaction.atomic
def add_nomination(
    *, coalition: Coalition, office: str, why: str = "", actor: User
) -> Nomination:  # fmt: skip
    """Add an office to the person's own list, and begin the list with the first.

    ValidationError by field, SealedError where the key is not there; then nothing is written.
    """
    own = list_to_write(held(coalition, actor), actor)
    row = Nomination(own_list=own, office=checked_office(own, office), why=why.strip())
    row.full_clean()
    row.save()
    return row


def list_to_write(row: Coalition, author: User) -> OwnList:
    """The author's list that is not put together yet, in a coalition that is held."""
    own, _new = OwnList.objects.get_or_create(coalition=row, author=author, pooled_at=None)
    refuse_if_sent(own)
    return own


def refuse_if_sent(own: OwnList) -> None:
    if own.sent_at is not None:
        raise ValidationError(
            _("Your list is sent, so it takes no changes. Begin another once the lists are put "
              "together.")
        )  # fmt: skip


def checked_office(own: OwnList, office: str) -> str:
    """The office on one line; refused on a full list, or where the list has it already."""
    name = one_line(office)
    named = [row.office for row in own.nominations.all()]
    twice = next((other for other in named if name_key(other) == name_key(name)), "")
    if twice:
        raise ValidationError(
            {"office": _("“%s” is on your list already. Name another office.") % twice}
        )
    if len(named) >= MOST:
        raise ValidationError(
            _("Your list has %s names, and takes no more. Take one off first.") % MOST
        )
    return name


def one_line(office: str) -> str:
    try:
        return personal_name(office)
    except ValidationError as problem:
        raise ValidationError({"office": problem.messages}) from problem


@transaction.atomic
def remove_nomination(*, coalition: Coalition, nomination: int, actor: User) -> None:
    """Take an office off the person's own list. It needs no key: nothing of it is read."""
    row = held(coalition, actor)
    own = own_list_of(row, actor)
    if own is None:
        raise ValidationError(_("This list is put together with the others already."))
    refuse_if_sent(own)
    # TRAP: deleting whole rows would read, and so unseal, them first.
    found = Nomination.objects.filter(pk=nomination, own_list=own).only("pk")
    if not found.delete()[0]:
        raise ValidationError(_("It is not on your list any more."))


@transaction.atomic
def send_own_list(*, coalition: Coalition, actor: User) -> OwnList:
    """Say that one's list is finished: it is closed from here on, until all are put together."""
    row = held(coalition, actor)
    if row.lists_closed_at is not None:
        # Beside those read already, one more would show which names it brought.
        raise ValidationError(being_pooled())
    own = list_to_write(row, actor)
    if not FEWEST <= own.nominations.count() <= MOST:
        # Without the count: what a button refuses is said by the session.
        raise ValidationError(
            _("A list is sent with %(fewest)s to %(most)s names. Add some, or take some off.")
            % {"fewest": FEWEST, "most": MOST}
        )
    own.sent_at = timezone.now()
    own.save(update_fields=["sent_at"])
    return own


def being_pooled() -> str:
    return _("The lists are being put together. Send yours for the next round.")


def own_list_of(coalition: Coalition, author: User) -> OwnList | None:
    """The author's list that is not put together yet."""
    return OwnList.objects.filter(coalition=coalition, author=author, pooled_at=None).first()


def sent_lists(coalition: Coalition) -> QuerySet[OwnList]:
    """Lists that wait to be put together. Whose they are is for nobody to see."""
    return OwnList.objects.filter(coalition=coalition).sent().order_by("pk")


def closed_lists(coalition: Coalition) -> QuerySet[OwnList]:
    """Those of them that are being put together: none before the lists are closed."""
    return sent_lists(coalition).filter(sent_at__lte=F("coalition__lists_closed_at"))


def how_many_sent(coalition: Coalition) -> tuple[int, int]:
    """How many lists are sent, of how many people; one who has left since is among both."""
    authors = set(sent_lists(coalition).values_list("author", flat=True))
    people = set(readers_of(coalition).values_list("pk", flat=True))
    return len(authors), len(authors | people)
