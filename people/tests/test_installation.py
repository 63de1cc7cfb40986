"""The installation's front page: systems and their leaders, what waits, and how it is set up."""

from typing import Any

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Appointment, System, User
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import (
    administrator,
    assert_methods,
    assert_only_administrators,
    client_of,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/installation/"


def page(user: User) -> str:
    answer = client_of(user).get(ADDRESS)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_every_system_with_its_place_and_its_leaders() -> None:
    top = SystemFactory(slug="nation", name="Nation")
    north = SystemFactory(slug="north", name="North", parent=top)
    MembershipFactory(system=north, role="delivery_leader", user__name="Unit Head")
    MembershipFactory(system=north, role="viewer")
    MembershipFactory(system=top, role="delivery_leader", user__is_active=False)
    assert reverse("installation") == ADDRESS
    found = page(administrator())
    assert "2 systems live here" in found
    assert "1 has no leader" in found
    assert "Unit Head (delivery leader)" in found
    assert "/north/" in found
    assert "Nation" in found


def test_only_administrators_see_it() -> None:
    assert_only_administrators(ADDRESS, ("get",))


def test_a_closed_account_is_sent_to_sign_in() -> None:
    user = administrator()
    client = client_of(user)
    User.objects.update(is_active=False)
    assert client.get(ADDRESS).status_code == 302


def test_it_is_only_read() -> None:
    assert_methods(ADDRESS, {"get"})


def test_a_leader_who_waits_where_nobody_leads_is_shown() -> None:
    led, orphan = SystemFactory(name="Led"), SystemFactory(name="Orphan")
    MembershipFactory(system=led, role="system_leader")
    by = administrator(name="First Admin")
    for system in (led, orphan):
        Appointment.objects.create(
            system=system, user=UserFactory(name=f"New of {system.name}"), role="system_leader",
            proposed_by=by,
        )  # fmt: skip
    found = page(administrator())
    assert "1 leader waits for a second administrator" in found
    assert "New of Orphan as system leader of Orphan, proposed by First Admin" in found
    assert "New of Led" not in found


def test_it_says_how_it_is_set_up_and_tells_no_secret(settings: Any) -> None:
    settings.OIDC = {"name": "State Login", "client_secret": "0penSesame"}
    settings.ADMINISTRATORS_SECOND_FACTOR = False
    found = page(administrator())
    assert "0.1.0" in found
    for words in ("PostgreSQL", "State Login", "1, of whom 0 set up a second factor"):
        assert words in found
    for secret in (configured.SECRET_KEY, "0penSesame", configured.REDIS_URL):
        assert secret
        assert secret not in found
    assert str(connection.settings_dict["PORT"]) not in found


def test_mail_that_nobody_receives_is_pointed_out(settings: Any) -> None:
    words = "Written to the log: nobody receives it"
    assert words not in page(administrator())
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert words in page(administrator())


def test_a_page_that_does_not_exist_is_the_last_or_the_first() -> None:
    SystemFactory()
    client = client_of(administrator())
    for number in ("2", "0", "-1", "x", "9" * 40, "%00"):
        assert client.get(f"{ADDRESS}?page={number}").status_code == 200


def test_thirty_systems_ask_no_more_than_three() -> None:
    user = administrator()

    def queries() -> int:
        client = client_of(user)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ADDRESS).status_code == 200
        return len(asked)

    top = SystemFactory()
    for _ in range(2):
        MembershipFactory(system=SystemFactory(parent=top), role="delivery_leader")
    few = queries()
    for _ in range(27):
        MembershipFactory(system=SystemFactory(parent=top), role="delivery_leader")
    assert queries() == few


def test_an_administrator_without_a_role_finds_every_other_page_of_a_system_closed() -> None:
    """The pages of other rooms are walked with the whole permission matrix."""
    system: System = SystemFactory(slug="north")
    client = client_of(administrator(is_superuser=True))
    for rest in ("", "metrics/any/", "settings/", "trail/", "capacity/", "coalitions/"):
        assert client.get(f"/{system.slug}/{rest}").status_code == 404, rest
    for rest in ("", "metrics/", "observations/", "judgments/", "targets/"):
        assert client.get(f"/api/v1/systems/{system.slug}/{rest}").status_code == 404, rest
    assert client.get("/api/v1/systems/").json()["results"] == []
