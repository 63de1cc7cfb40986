"""The office that someone's role is held for: figures of that office are theirs to look after."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.labels import personal_name
from people.models import Appointment, Membership, User
from people.services.reasons import check_reason
from people.services.roles import change_role, check_may_give, held, note
from people.services.trail import Conflict


def office_name(text: str) -> str:
    """The office on one line; ValidationError by field where it holds a sign nobody sees."""
    try:
        return personal_name(text)
    except ValidationError as problem:
        raise ValidationError({"office": problem.messages}) from problem


@transaction.atomic
def change_member(
    *, membership: Membership, role: str, office: str, seen: str, seen_office: str, reason: str,
    actor: User, door: str = "page",
) -> Membership | Appointment:  # fmt: skip
    """Give a person another role, another office, or both, with a reason.

    `seen` and `seen_office` are what the writer saw: Conflict where either is another by now.
    Raises ValidationError by field; where neither would change, it says so of the role.
    """
    row = membership
    if office_name(office) != seen_office:
        row = change_office(
            membership=membership, office=office, seen=seen_office, reason=reason, actor=actor,
            door=door,
        )  # fmt: skip
        if role == seen == row.role:
            return row
    return change_role(membership=row, role=role, seen=seen, reason=reason, actor=actor, door=door)


@transaction.atomic
def change_office(
    *, membership: Membership, office: str, seen: str, reason: str, actor: User, door: str = "page"
) -> Membership:
    """Set the office that a role is held for, with a reason. It opens and closes nothing.

    `seen` is the office its writer saw: Conflict where it is another by now.
    """
    reason = check_reason(reason, _("Changing an office"))
    row = held(membership, membership.role)
    check_may_give(actor, row.system)
    if row.office != seen:
        raise Conflict(row)
    if row.office == office_name(office):
        return row
    before, row.office = row.office, office_name(office)
    row.full_clean()
    row.save(update_fields=["office"])
    change = {"before": {"office": before}, "after": {"office": row.office}}
    note("change office", row, actor, door, **change, reason=reason)
    return row
