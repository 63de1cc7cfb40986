"""Mails that say that results can be read: the title and the way there, nothing of the results."""

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from people.addresses import absolute
from people.models import User
from people.notices import send_later
from people.permissions import people_who_may
from reviews.models import Participant, Round


def tell_leaders(round: Round, actor: User | None) -> None:
    """Those who may read first, and have not been able to until now."""
    first = User.objects.filter(people_who_may("result.first", round.system))
    already = User.objects.filter(people_who_may("conclusion.read", round.system))
    subject = _("The conclusions of “%s” are ready for you") % round
    tell(first.exclude(pk__in=already), round, subject, "reviews/mail/release_leader.txt", actor)


def tell_team(round: Round, actor: User | None) -> None:
    """The unit, and who is named on the round and may read its results, the leaders apart."""
    unit = User.objects.filter(people_who_may("result.read", round.system))
    heard = User.objects.filter(people_who_may("result.first", round.system))
    named = Participant.objects.in_force("result.read").filter(round=round).values("user")
    people = (unit | User.objects.filter(pk__in=named, is_active=True)).exclude(pk__in=heard)
    subject = _("The results of “%s” can be read now") % round
    tell(people.distinct(), round, subject, "reviews/mail/release_team.txt", actor)


def tell(
    people: Iterable[User], round: Round, subject: str, template: str, actor: User | None
) -> None:
    address = absolute(reverse("results", args=[round.system.slug, round.pk]))
    body = render_to_string(template, {"round": round, "address": address})
    for person in people:
        if person != actor:
            send_later(person.email, subject, body)
