"""Choosing what one is told of, and how often by mail."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from delivery.notices.kinds import KINDS
from people.models import AuditEntry, NoticeChoice, User
from people.services.notices import choice_of, choose_notices, give_turn_back, take_turn
from people.tests.factories import UserFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db
ADDRESS, PAGE = reverse("choose_notices"), reverse("notices")
ALL = list(KINDS)
DAY = date(2026, 3, 16)


@pytest.fixture
def ann() -> User:
    user: User = UserFactory.create(email="ann@example.org")
    return user


def sent(**change: Any) -> dict[str, Any]:
    return {"wanted": ["late", "fallen"], "digest": "daily", **change}


def test_the_choice_is_kept_and_said(ann: User) -> None:
    answer = client_of(ann).post(ADDRESS, sent(), follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    page = answer.content.decode()
    assert "A mail tells you every working day" in page
    assert page.count("checked") == 3
    row = NoticeChoice.objects.get()
    assert (row.user, row.digest) == (ann, "daily")
    assert set(row.muted) == set(ALL) - {"late", "fallen"}


def test_it_stands_in_the_trail_of_the_installation(ann: User) -> None:
    client = client_of(ann)
    client.post(ADDRESS, sent())
    client.post(ADDRESS, sent(digest="never"))
    first, second = AuditEntry.objects.order_by("pk")
    assert (first.actor, first.object_key, first.system) == (ann, "ann@example.org", None)
    assert (second.before, second.after) == ({"digest": "daily"}, {"digest": "never"})


def test_the_same_again_changes_nothing(ann: User) -> None:
    for _ in range(2):
        client_of(ann).post(ADDRESS, sent())
    assert AuditEntry.objects.count() == NoticeChoice.objects.count() == 1


def test_each_chooses_for_themselves(ann: User) -> None:
    ben = UserFactory.create()
    client_of(ann).post(ADDRESS, {**sent(), "user": ben.pk})
    assert NoticeChoice.objects.get().user == ann
    assert choice_of(ben).digest == "never"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"digest": ""}, "Choose how often mails tell you."),
        ({"digest": "hourly"}, "hourly is not offered."),
        ({"wanted": ["gossip"]}, "gossip is no kind of notice."),
    ],
)
def test_what_cannot_be_is_said(ann: User, change: dict[str, Any], words: str) -> None:
    answer = client_of(ann).post(ADDRESS, sent(**change))
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not NoticeChoice.objects.exists()


def test_none_at_all_may_be_wanted(ann: User) -> None:
    assert client_of(ann).post(ADDRESS, {"digest": "never"}).status_code == 302
    assert sorted(NoticeChoice.objects.get().muted) == sorted(ALL)
    assert "11 kinds are left out" in client_of(ann).get(PAGE).content.decode()


def test_a_stranger_signs_in_first() -> None:
    assert Client().post(ADDRESS, sent()).status_code == 302
    assert not NoticeChoice.objects.exists()


def test_other_methods_are_refused(ann: User) -> None:
    for method in ("get", "put", "patch", "delete"):
        assert getattr(client_of(ann), method)(ADDRESS).status_code == 405


# --- the service -------------------------------------------------------------------------------
def test_choosing_mails_begins_with_the_next_turn(ann: User) -> None:
    choose_notices(user=ann, digest="weekly", muted=[], today=DAY)
    row = NoticeChoice.objects.get()
    assert row.sent_on == DAY
    assert not take_turn(row, DAY)


def test_an_unknown_rhythm_is_refused(ann: User) -> None:
    with pytest.raises(ValidationError):
        choose_notices(user=ann, digest="hourly", muted=[], today=DAY)
    assert not NoticeChoice.objects.exists()


def test_only_one_takes_a_turn_and_it_can_be_given_back(ann: User) -> None:
    row = NoticeChoice.objects.create(user=ann, digest="daily")
    assert take_turn(row, DAY)
    assert not take_turn(row, DAY)
    give_turn_back(row)
    assert take_turn(row, DAY)
    assert NoticeChoice.objects.get().sent_on == DAY


def test_who_chose_never_has_no_turn(ann: User) -> None:
    row = NoticeChoice.objects.create(user=ann)
    assert not take_turn(row, timezone.now().date())
