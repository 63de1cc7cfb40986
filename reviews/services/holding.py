"""A round held while something in it is checked and done, so that both are one."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from aspirations.services.authority import require
from people.models import User
from reviews.models import Round


def locked(round: Round, actor: User | None, action: str = "review.write") -> Round:
    """The round as it is now, held until the transaction ends, for a role that may do `action`.

    PermissionDenied for all others.
    """
    require(actor, action, round.system)
    rows = Round.objects.select_for_update(of=("self",)).select_related("system")
    return rows.get(pk=round.pk)


def held(round: Round, actor: User | None, action: str) -> Round:
    """The round as it is now, held until the transaction ends, for who may do `action`.

    By role, or because they are named in its joint team. PermissionDenied for all others.
    """
    rows = Round.objects.select_for_update(of=("self",)).select_related("system", "rubric")
    if actor is not None:
        rows = rows.visible_to(actor, action)
    row = rows.filter(pk=round.pk).first()
    if row is None:
        raise PermissionDenied
    return row


def refuse_closed(row: Round) -> None:
    if row.is_closed:
        raise ValidationError(
            _("“%(round)s” is closed, so nothing in it changes. Open it again first.")
            % {"round": row}
        )
