"""The morning's mail: what waits, for those who chose to be told so."""

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from delivery.notices.gathering import by_system, notices_of, without_second_factor
from delivery.notices.kinds import Notice
from people.addresses import absolute
from people.models import NoticeChoice, User
from people.services.notices import give_turn_back, take_turn

log = logging.getLogger(__name__)
Digest = NoticeChoice.Digest
MONDAY, SATURDAY = 0, 5
MOST = 20
"""Notices of one system that a mail names; the page has the rest."""


@dataclass(frozen=True)
class Mail:
    """A mail to one person. `count` is what waits, `hidden` how much of it the mail keeps back."""

    to: str
    subject: str
    body: str
    count: int
    hidden: int


def send_digests(*, now: datetime, dry_run: bool = False) -> list[Mail]:
    """Mail what waits to everyone whose turn it is; each person once a day, however often rung.

    With `dry_run` the mails are made and none is sent. A mail that cannot be sent is logged, and
    the next turn tries it again. Returns the mails that went out, or would.
    """
    today = now.date()
    rows = NoticeChoice.objects.filter(user__is_active=True).exclude(digest=Digest.NEVER)
    found = (told(row, today, dry_run) for row in rows.select_related("user").order_by("pk"))
    return [mail for mail in found if mail]


def told(choice: NoticeChoice, today: date, dry_run: bool) -> Mail | None:
    """The mail to one person, sent; None where it is not their turn or nothing waits."""
    if not is_due(choice, today):
        return None
    if dry_run:
        return mail_for(choice)
    if not take_turn(choice, today):
        return None
    try:
        mail = mail_for(choice)
        if mail:
            send_mail(mail.subject, mail.body, None, [mail.to])
    except Exception:
        # One person's trouble keeps no mail from the others.
        log.exception("A mail of notices could not be sent to person %s.", choice.user_id)
        give_turn_back(choice)
        return None
    return mail


def is_due(choice: NoticeChoice, today: date) -> bool:
    """Whether this is a morning on which they want a mail and had none yet.

    A Monday that was missed, with the server down, is made up for on the next working day.
    """
    if today.weekday() >= SATURDAY or choice.digest == Digest.NEVER:
        return False
    if choice.sent_on is None:
        return choice.digest == Digest.DAILY or today.weekday() == MONDAY
    if choice.digest == Digest.WEEKLY:
        return choice.sent_on < today - timedelta(days=today.weekday())
    return choice.sent_on < today


def mail_for(choice: NoticeChoice) -> Mail | None:
    """What waits for them; of systems that ask a second factor of them only that something does.

    A mail is read without one, perhaps by others.
    """
    user: User = choice.user
    everything = notices_of(user, choice.muted)
    if not everything:
        return None
    open_ones = notices_of(without_second_factor(user), choice.muted)
    hidden = len(everything) - len(open_ones)
    context = {
        "groups": [
            (one.system, cut(one.notices), one.more + max(0, len(one.notices) - MOST))
            for one in by_system(open_ones)
        ],
        "hidden": hidden,
        "page": absolute(reverse("notices")),
    }  # fmt: skip
    count = len(everything)
    words = ngettext(
        "Headway: %(count)s thing waits for you", "Headway: %(count)s things wait for you", count
    )
    body = render_to_string("delivery/mail/digest.txt", context)
    return Mail(user.email, words % {"count": count}, body, count, hidden)


def cut(notices: list[Notice]) -> list[tuple[Notice, str]]:
    """The first ones, each with its whole address."""
    return [(on_one_line(one), absolute(one.address)) for one in notices[:MOST]]


def on_one_line(notice: Notice) -> Notice:
    """A name that holds line breaks must not look like lines of the mail's own."""
    return replace(notice, what=" ".join(notice.what.split()), why=" ".join(notice.why.split()))
