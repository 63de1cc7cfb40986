"""The list of one's files and taking one: `trail_exports` and `trail_export_file`."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from people.models import Export, Membership, System, User
from people.services import exports
from people.tests.factories import MembershipFactory, SystemFactory
from people.trail.filters import TrailFilters

pytestmark = pytest.mark.django_db
LIST = "/meridian/trail/exports/"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def system() -> System:
    row: System = SystemFactory(slug="meridian", name="Meridian")
    return row


@pytest.fixture
def leader(client: Client, system: System) -> User:
    user: User = MembershipFactory(system=system, role="delivery_leader").user
    client.force_login(user)
    return user


def written(system: System, leader: User, **filters: Any) -> Export:
    row = exports.ask(system=system, filters=TrailFilters(**filters), actor=leader)
    exports.write_waiting()
    row.refresh_from_db()
    return row


def address(row: Export) -> str:
    return reverse("trail_export_file", args=["meridian", row.pk])


def take(client: Client, row: Export) -> HttpResponse:
    return client.get(address(row))  # type: ignore[return-value]


def said(response: Any) -> str:
    """The page without what is drawn anew each time, and without its own address."""
    page = re.sub(
        r'name="csrfmiddlewaretoken" value="\w+"|data-left="\d+"', "", response.content.decode()
    )
    return re.sub(r"exports/\d+/", "", page)


def test_who_asked_takes_the_file(client: Client, system: System, leader: User) -> None:
    row = written(system, leader)
    page = client.get(LIST).content.decode()
    assert reverse("trail_exports", args=["meridian"]) == LIST
    assert address(row) in page
    assert row.sha256 in page
    assert "Ready" in page
    response = client.get(address(row))
    assert response.status_code == 200
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert len(content) == row.size
    day = row.asked_at.date().isoformat()
    assert response["Content-Disposition"] == f'attachment; filename="meridian-trail-{day}.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_a_colleague_neither_sees_nor_takes_it(
    client: Client, system: System, leader: User
) -> None:
    row = written(system, leader, q="private words")
    client.force_login(MembershipFactory(system=system, role="delivery_leader").user)
    assert "private words" not in client.get(LIST).content.decode()
    assert take(client, row).status_code == 404


@pytest.mark.parametrize("role", ["system_leader", "unit_staff", "viewer", None])
def test_who_was_moved_since_takes_nothing(
    client: Client, system: System, leader: User, role: str | None
) -> None:
    row = written(system, leader)
    mine = Membership.objects.filter(user=leader)
    mine.update(role=role) if role else mine.delete()
    assert take(client, row).status_code == 404
    unknown = client.get(reverse("trail_export_file", args=["meridian", row.pk + 1]))
    assert said(unknown) == said(take(client, row))


def test_who_was_closed_since_is_asked_to_sign_in(
    client: Client, system: System, leader: User
) -> None:
    row = written(system, leader)
    User.objects.filter(pk=leader.pk).update(is_active=False)
    assert take(client, row).status_code == 302


def test_who_was_moved_before_it_was_written_is_told(
    client: Client, system: System, leader: User
) -> None:
    row = exports.ask(system=system, filters=TrailFilters(), actor=leader)
    mine = Membership.objects.filter(user=leader)
    mine.update(role="unit_staff")
    exports.write_waiting()
    mine.update(role="delivery_leader")
    page = client.get(LIST).content.decode()
    assert "you could not export this trail" in page
    assert address(row) not in page
    assert take(client, row).status_code == 404


@pytest.mark.parametrize("state", ["waiting", "refused", "failed"])
def test_without_a_file_there_is_nothing_to_take(
    client: Client, system: System, leader: User, state: str
) -> None:
    row = written(system, leader)
    Export.objects.update(state=state)
    assert address(row) not in client.get(LIST).content.decode()
    assert take(client, row).status_code == 404


def test_an_expired_or_lost_file_is_not_there(client: Client, system: System, leader: User) -> None:
    row = written(system, leader)
    Export.objects.update(finished_at=timezone.now() - timedelta(days=14))
    assert "Expired" in client.get(LIST).content.decode()
    assert take(client, row).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        lost = written(system, leader)
        exports.export_files.remove(lost.file)
        client.force_login(leader)
        assert take(client, lost).status_code == 404


def test_a_file_of_another_system_is_not_taken_through_this_one(
    client: Client, system: System, leader: User
) -> None:
    other = SystemFactory()
    Membership.objects.create(user=leader, system=other, role="delivery_leader")
    row = written(other, leader, q="elsewhere")
    assert take(client, row).status_code == 404
    assert "elsewhere" not in client.get(LIST).content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused(
    client: Client, system: System, leader: User, method: str
) -> None:
    row = written(system, leader)
    assert getattr(client, method)(address(row)).status_code == 405
    assert getattr(client, method)(LIST).status_code == 405


def test_taking_changes_nothing(client: Client, system: System, leader: User) -> None:
    row = written(system, leader)
    before = Export.objects.values().get()
    for _ in range(2):
        assert take(client, row).status_code == 200
    assert Export.objects.values().get() == before


def test_a_list_of_many_costs_what_a_list_of_few_does(
    client: Client, system: System, leader: User
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    for number in range(3):
        written(system, leader, q=str(number))
    cost()
    few = cost()
    for number in range(30):
        written(system, leader, q=f"more {number}")
    assert cost() == few


def test_no_other_address_gives_a_file(
    client: Client, system: System, leader: User, settings: Any
) -> None:
    """Neither by the name of the file, nor by a route that serves a folder."""
    row = written(system, leader)
    for place in ("/media/exports/", "/exports/", "/static/", "/static/../media/exports/",
                  "/meridian/trail/exports/", "/media/"):  # fmt: skip
        response = client.get(f"{place}{row.file}")
        assert response.status_code in {302, 404}, place
    root = Path(settings.MEDIA_ROOT)
    served = [Path(place) for place in (settings.STATIC_ROOT, *settings.STATICFILES_DIRS)]
    assert not any(root.is_relative_to(place) or place.is_relative_to(root) for place in served)
    views = [str(pattern.callback) for pattern in all_patterns(get_resolver().url_patterns)]
    assert len(views) > 30
    assert not [view for view in views if "serve" in view]


def all_patterns(patterns: list[Any]) -> list[Any]:
    found: list[Any] = []
    for pattern in patterns:
        inner = getattr(pattern, "url_patterns", None)
        found += [pattern] if inner is None else all_patterns(inner)
    return found
