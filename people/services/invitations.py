"""Roles offered by e-mail: a link with a secret, of which only a hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.addresses import absolute
from people.models import Appointment, Invitation, Membership, Role, System, User
from people.notices import send_later
from people.permissions import people_who_may
from people.services.offices import office_name
from people.services.roles import check_may_give, give, hold
from people.services.trail import record

SECRET_BYTES = 32


@transaction.atomic
def invite(
    *, system: System, email: str, role: str, actor: User, note: str = "", office: str = "",
    door: str = "page",
) -> Invitation:  # fmt: skip
    """Offer a role to an address, by mail. Raises ValidationError by field."""
    hold(system)
    check_may_give(actor, system)
    email = email.strip().lower()
    check_offer(system, email, role, actor)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = Invitation(
        system=system, email=email, role=role, office=office_name(office), digest=digest(secret),
        invited_by=actor, expires_at=expiry(),
    )  # fmt: skip
    row.full_clean()
    row.save()
    note_it("invite", row, actor, door)
    send(row, secret, note)
    return row


def check_offer(system: System, email: str, role: str, actor: User) -> None:
    validate_email(email)
    words = {"email": email, "role": Role(role).label}
    if email == actor.email.lower():
        raise ValidationError({"email": _("Nobody invites themselves. Ask another leader.")})
    if Membership.objects.filter(system=system, user__email__iexact=email, role=role).exists():
        raise ValidationError(
            {"email": _("%(email)s is %(role)s here already. Choose another role.") % words}
        )
    if Invitation.objects.open().filter(system=system, email=email, role=role).exists():
        raise ValidationError(
            {"email": _("%(email)s is invited as %(role)s already. Renew that invitation, or "
                        "withdraw it first.") % words}
        )  # fmt: skip


@transaction.atomic
def renew(*, invitation: Invitation, actor: User, door: str = "page") -> Invitation:
    """Send a new link with a new term; the old link ends. The one who renews now answers for it."""
    row = still_open(invitation, actor)
    if row.email == actor.email.lower():
        raise ValidationError(_("Nobody invites themselves. Ask another leader."))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row.digest, row.expires_at, row.invited_by = digest(secret), expiry(), actor
    row.save(update_fields=["digest", "expires_at", "invited_by"])
    note_it("renew invitation", row, actor, door)
    send(row, secret)
    return row


@transaction.atomic
def withdraw(*, invitation: Invitation, actor: User, door: str = "page") -> Invitation:
    """Take an offer back: its link ends at once."""
    row = still_open(invitation, actor)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    note_it("withdraw invitation", row, actor, door)
    return row


def still_open(invitation: Invitation, actor: User) -> Invitation:
    """The invitation as it is now, its system locked; ValidationError where it is settled."""
    hold(invitation.system)
    check_may_give(actor, invitation.system)
    row = Invitation.objects.open().filter(pk=invitation.pk).select_related("system").first()
    if row is None:
        raise ValidationError(_("This invitation was accepted or withdrawn meanwhile."))
    return row


def find(secret: str) -> Invitation | None:
    """The invitation that a link opens; None where it is unknown, settled, expired or orphaned.

    It ends with the right of who sent it: what someone offered before they were removed is void.
    """
    rows = Invitation.objects.open().select_related("system", "invited_by")
    row = rows.filter(digest=digest(secret)).first()
    if row is None or row.has_expired() or row.invited_by_id not in backers(row.system):
        return None
    return row


def backers(system: System) -> set[int]:
    """Keys of those whose invitations count: who may still change who works here."""
    able = User.objects.filter(people_who_may("members.write", system))
    return {row.pk for row in able | User.objects.administrators()}


@transaction.atomic
def accept(*, secret: str, user: User, door: str = "page") -> Membership | Appointment:
    """Take up the offer, as the person it was sent to. One wins where two try at once."""
    row = held(secret)
    if user.email.lower() != row.email:
        raise ValidationError(_("This invitation is for %s. Sign in as that person.") % row.email)
    row.accepted_at, row.accepted_by = timezone.now(), user
    row.save(update_fields=["accepted_at", "accepted_by"])
    note_it("accept invitation", row, user, door)
    verify_address(user)
    return give(
        user=user, system=row.system, role=row.role, actor=row.invited_by, door="invitation",
        reason=_("Accepted an invitation."), office=row.office,
    )  # fmt: skip


@transaction.atomic
def join(
    *, secret: str, name: str, password: str, door: str = "page"
) -> tuple[User, Membership | Appointment]:
    """Make an account for who was invited and has none, and take up the offer."""
    row = held(secret)
    if has_account(row):
        raise ValidationError(_("%s has an account. Sign in to accept.") % row.email)
    user = User(email=row.email, name=name)
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise ValidationError({"password": problem.messages}) from problem
    user = create(row.email, name, password)
    return user, accept(secret=secret, user=user, door=door)


def create(email: str, name: str, password: str) -> User:
    """TRAP: an invitation into another system may make the same account at the same moment."""
    try:
        with transaction.atomic():
            return User.objects.create_user(email, password, name=name)
    except IntegrityError as problem:
        raise ValidationError(_("%s has an account. Sign in to accept.") % email) from problem


def has_account(row: Invitation) -> bool:
    return User.objects.filter(email__iexact=row.email).exists()


def held(secret: str) -> Invitation:
    """The invitation, locked with its system until the transaction ends."""
    row = find(secret)
    if row is not None:
        hold(row.system)
        row = find(secret)  # asked again: it may have been settled before the lock was had
    if row is None:
        raise ValidationError(_("This invitation no longer works. Ask for a new one."))
    return row


def verify_address(user: User) -> None:
    """Who opened the link reads the mail of this address."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def expiry() -> datetime:
    return timezone.now() + timedelta(days=settings.INVITATION_DAYS)


def note_it(action: str, row: Invitation, actor: User, door: str) -> None:
    record(
        system=row.system, action=action, on=row, key=row.email, actor=actor, door=door,
        after={"role": row.role, "expires": row.expires_at.isoformat()},
    )  # fmt: skip


def send(row: Invitation, secret: str, note: str = "") -> None:
    link = absolute(reverse("invitation", args=[secret]))
    context = {"invitation": row, "link": link, "note": note, "days": settings.INVITATION_DAYS}
    subject = _("Headway: you are invited to %s") % row.system
    send_later(row.email, subject, render_to_string("people/mail/invitation.txt", context))
