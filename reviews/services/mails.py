"""Mails to those who are asked for scores: what for, who asks, what stays confidential."""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from people.addresses import absolute
from people.models import User
from people.notices import send_later
from reviews.models import GROUPS, Participant, Round

MINUTES_EACH = 2
"""How long one element takes to score, by our guess; the mail says “about”."""
LEAST_MINUTES = 10


def write_to_guest(
    part: Participant, secret: str, *, text: str, days: int, by: User | None
) -> None:
    """The link, and what a guest needs to know before they press it."""
    link = absolute(reverse("scoring_link", args=[secret]))
    context = {**words(part, by), "link": link, "days": days}
    send_later(part.email, subject(part.round, text), body(f"guest_{text}", context))


def remind_member(part: Participant, by: User | None) -> None:
    """The address of one's own sheet: it opens with one's account."""
    row = part.round
    link = absolute(reverse("score_sheet", args=[row.system.slug, row.pk]))
    context = {**words(part, by), "link": link}
    send_later(part.address, subject(row, "reminder"), body("member_reminder", context))


def words(part: Participant, by: User | None) -> dict[str, Any]:
    row = part.round
    return {
        "part": part, "round": row, "system": row.system, "asks": by or part.named_by,
        "is_confidential": part.kind in GROUPS, "minutes": minutes(row),
        "is_late": row.is_late(row.system.today()),
    }  # fmt: skip


def minutes(round: Round) -> int:
    """About how long all scores take, to the next five minutes; 0 without a rubric."""
    if round.rubric is None:
        return 0
    needed = round.rubric.elements.count() * MINUTES_EACH
    return max(LEAST_MINUTES, -(-needed // 5) * 5)


def subject(round: Round, text: str) -> str:
    said = {
        "invited": _("%(system)s asks for your view: %(round)s"),
        "link": _("Your new link: %(round)s, %(system)s"),
        "reminder": _("Your view is still welcome: %(round)s, %(system)s"),
    }[text]
    return said % {"system": round.system, "round": round}


def body(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"reviews/mail/{name}.txt", context)
