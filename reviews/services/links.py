"""Links by which guests come in to score: sent, opened once, asked for anew, ended.

No line of the trail is written where a link is opened or a guest asks for another: it would tell
who came, and when. For the same reason no page tells when a later link was sent.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from people.models import User
from people.services import record
from reviews.models import Participant, Round, ScoringLink
from reviews.services.holding import locked, refuse_closed
from reviews.services.mails import write_to_guest

SECRET_BYTES = 32
LINK_DAYS = 14
BETWEEN_MAILS = timedelta(minutes=10)
"""A guest who asks again sooner gets no new link, while the last one is on its way unused."""

# Why a link lets nobody in, and what to do about it.
OVER: dict[str, Promise] = {
    "unknown": lazy("No review knows this link. Open it from your mail again, whole."),
    "left": lazy("You are no longer asked in this review. Write to who invited you."),
    "draft": lazy("The review is not open yet. A mail with a new link comes when it is."),
    "closed": lazy("The review is closed, so no more scores are taken."),
    "used": lazy("This link was used before; each works once. Ask for a new one."),
    "expired": lazy("This link is too old. Ask for a new one."),
    "ended": lazy("A newer link was sent to you. Use that one, or ask for another."),
}
# What a new link would mend.
RENEWABLE = {"used", "expired", "ended"}


class LinkOver(ValidationError):
    """A link that lets nobody in: `code` is a key of OVER; `renews`, whether a new one can be."""

    def __init__(self, code: str) -> None:
        super().__init__(str(OVER[code]), code=code)
        self.renews = code in RENEWABLE


def send(participant: Participant, *, text: str = "invited", by: User | None = None) -> ScoringLink:
    """Send a guest a new link, by mail; an earlier one ends. In the caller's transaction.

    `text` is which mail: “invited”, “link” (asked for) or “reminder”.
    """
    now, secret = timezone.now(), secrets.token_urlsafe(SECRET_BYTES)
    end(participant)
    link = ScoringLink.objects.create(
        participant=participant, digest=digest(secret), sent_at=now,
        expires_at=now + timedelta(days=LINK_DAYS),
    )  # fmt: skip
    write_to_guest(participant, secret, text=text, days=LINK_DAYS, by=by)
    return link


@transaction.atomic
def send_again(
    *, participant: Participant, actor: User | None = None, door: str = "command"
) -> None:
    """The unit sends a guest a new link; ValidationError where the review is not open to them."""
    row = locked(participant.round, actor)
    part = row.participants.select_related("named_by").filter(pk=participant.pk).first()
    refuse_to_send(row, part)
    assert part is not None
    send(part, text="link", by=actor)
    record(
        system=row.system, action="send link", on=part, actor=actor, door=door,
        after={"round": row.title, "to": part.who},
    )  # fmt: skip


def refuse_to_send(row: Round, part: Participant | None) -> None:
    refuse_closed(row)
    if part is None or part.left_at:
        raise ValidationError(_("They are not on “%s” any more. Invite them again.") % row)
    if not part.is_guest:
        raise ValidationError(_("%s has an account, and needs no link. Remind them.") % part.who)
    if not row.is_open:
        raise ValidationError(
            _("“%s” is not open yet. Links are sent by themselves when you open it.") % row
        )


@transaction.atomic
def send_all(*, round: Round, actor: User | None = None, door: str = "command") -> int:
    """Send every guest who is asked for scores a link; how many. Called as the round opens."""
    found = guests_of(round)
    for part in found:
        send(part, by=actor)
    return len(found)


def guests_of(round: Round) -> QuerySet[Participant]:
    rows = Participant.objects.present().raters().filter(round=round, user=None)
    return rows.select_related("round__system", "round__rubric", "named_by")


@transaction.atomic
def open_link(secret: str) -> Participant:
    """Use a link up, and say whom it lets in; LinkOver where it lets in nobody."""
    link = find(secret)
    if link is None:
        raise LinkOver("unknown")
    locked(link.participant.round, None)
    link = LINKS.get(pk=link.pk)  # asked again: it may have been used before the lock was had
    if problem := over(link):
        raise problem
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    return link.participant


def find(secret: str) -> ScoringLink | None:
    """The link with this secret, whatever became of it, with its participant and round."""
    return LINKS.filter(digest=digest(secret)).first()


def over(link: ScoringLink, now: datetime | None = None) -> LinkOver | None:
    """Why the link lets nobody in; None where it does."""
    part, now = link.participant, now or timezone.now()
    reasons = {
        "left": part.left_at is not None,
        "closed": part.round.is_closed,
        "draft": not part.round.is_open,
        "used": link.used_at is not None,
        "ended": link.ended_at is not None,
        "expired": link.expires_at <= now,
    }
    return next((LinkOver(code) for code, holds in reasons.items() if holds), None)


@transaction.atomic
def renew(secret: str) -> None:
    """Send who this link was for a new one, where that can be; nobody is told whether it was.

    So the page's answer is always the same, and tells a stranger nothing.
    """
    link = find(secret)
    if link is None:
        return
    locked(link.participant.round, None)
    link = LINKS.get(pk=link.pk)
    last, problem = link.participant.links.first(), over(link)
    if not is_on_its_way(last) and (problem is None or problem.renews):
        send(link.participant, text="link")


def is_on_its_way(last: ScoringLink | None) -> bool:
    """Whether the last link was sent just now and still lets its guest in."""
    if last is None or last.used_at or last.ended_at:
        return False
    return last.sent_at > timezone.now() - BETWEEN_MAILS


def end(participant: Participant) -> None:
    """End the link that still works, if there is one."""
    participant.links.filter(used_at=None, ended_at=None).update(ended_at=timezone.now())


def end_all(round: Round) -> None:
    """End every link of the round that still works."""
    live = ScoringLink.objects.filter(participant__round=round, used_at=None, ended_at=None)
    live.update(ended_at=timezone.now())


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


LINKS = ScoringLink.objects.select_related(
    "participant__round__system", "participant__round__rubric", "participant__named_by"
)
