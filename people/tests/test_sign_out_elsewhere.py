"""Ending one's sessions on other devices."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from people.models import User
from people.tests.factories import UserFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db
ADDRESS = reverse("sign_out_elsewhere")
CLOSED = 302


@pytest.fixture
def ann() -> User:
    return UserFactory.create(email="ann@example.org")


def opens(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def test_every_other_session_ends_and_this_one_stays(ann: User) -> None:
    here, phone, library = client_of(ann), client_of(ann), client_of(ann)
    answer = here.post(ADDRESS, follow=True)
    assert answer.redirect_chain == [(reverse("account"), CLOSED)]
    assert "signed out everywhere else (2)" in answer.content.decode()
    assert [opens(client) for client in (here, phone, library)] == [True, False, False]


def test_nobody_else_is_signed_out(ann: User) -> None:
    colleague = client_of(UserFactory.create())
    client_of(ann).post(ADDRESS, {"user": "1", "session_key": "all"})
    assert opens(colleague)


def test_alone_it_changes_nothing(ann: User) -> None:
    here = client_of(ann)
    answer = here.post(ADDRESS, follow=True)
    assert "signed out everywhere else (0)" in answer.content.decode()
    assert opens(here)


def test_a_stranger_signs_in_first_and_ends_nothing(ann: User) -> None:
    phone = client_of(ann)
    answer = Client().post(ADDRESS)
    assert answer["Location"].startswith(reverse("account_login"))
    assert opens(phone)


def test_a_page_of_another_site_cannot_send_it(ann: User) -> None:
    phone, strict = client_of(ann), Client(enforce_csrf_checks=True)
    strict.force_login(ann)
    assert strict.post(ADDRESS).status_code == 403
    assert opens(phone)


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_it_is_only_posted(ann: User, method: str) -> None:
    here, phone = client_of(ann), client_of(ann)
    assert getattr(here, method)(ADDRESS).status_code == 405
    assert opens(phone)
    assert Session.objects.count() == 2
