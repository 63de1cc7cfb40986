"""Mails that tell people what administrators did to them, and to those beside them."""

import logging
from collections.abc import Iterable
from functools import partial

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from people.addresses import absolute
from people.models import AuditEntry, System, User
from people.trail.words import sentence

log = logging.getLogger(__name__)


def tell_second_factor_ended(user: User) -> None:
    """Once it is so: an administrator took away this person's second factor."""
    context = {"user": user, "address": absolute(reverse("mfa_index"))}
    body = render_to_string("people/installation_mail_second_factor.txt", context)
    tell(user, _("Your second factor was taken away"), body)


def tell_leaders(line: AuditEntry, leaders: Iterable[User]) -> None:
    """Once it is so: an administrator changed who works in a system, or who may."""
    system: System = line.system  # type: ignore[assignment]
    subject = _("Headway: an administrator acted on the people of %s") % system
    tell_all(leaders, subject, line, absolute(reverse("members", args=[system.slug])))


def tell_administrators(line: AuditEntry) -> None:
    """Once it is so: there is another one of them."""
    address = absolute(reverse("installation_people"))
    tell_all(
        User.objects.administrators(), _("Headway: someone became an administrator"), line, address
    )


def tell_all(people: Iterable[User], subject: str, line: AuditEntry, address: str) -> None:
    """What the line of the trail says, to all but who did it."""
    context = {"line": line, "sentence": sentence(line), "address": address}
    body = render_to_string("people/mail/act.txt", context)
    for person in people:
        if person != line.actor:
            tell(person, subject, body)


def tell(user: User, subject: str, body: str) -> None:
    send_later(user.email, subject, body)


def send_later(email: str, subject: str, body: str) -> None:
    """Send after the transaction; a mail that cannot be sent undoes nothing.

    TRAP: a subject of two lines is no mail. Names in it may be old, and hold anything.
    """
    transaction.on_commit(partial(send, email, " ".join(subject.split()), body))


def send(email: str, subject: str, body: str) -> None:
    try:
        send_mail(subject, body, None, [email])
    except Exception:
        log.exception("A mail could not be sent: %s.", subject)
