"""Beginning the coalition of an aspiration: leaders only, and one each."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from aspirations.models import Aspiration
from aspirations.services.aspirations import retire_aspiration
from aspirations.tests.factories import AspirationFactory
from coalitions.models import Coalition
from coalitions.services import coalitions as services
from coalitions.services.charter import next_review
from coalitions.tests.factories import CoalitionFactory
from coalitions.tests.ladder import HEADS, REFUSED, address, answers
from people.models import AuditEntry
from people.tests.entering import enter
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def about() -> Aspiration:
    return AspirationFactory.create()


def to(about: Aspiration) -> str:
    return reverse("start_coalition", args=[about.system.slug, about.slug])


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_begins_one(client: Client, about: Aspiration, role: str) -> None:
    user = enter(client, about.system, role)
    assert client.get(to(about)).status_code == 200
    response = client.post(to(about), {"form": "team"})
    row = Coalition.objects.get()
    assert response["Location"] == address("coalition", row)
    assert (row.aspiration, row.system, row.form) == (about, about.system, "team")
    assert row.review_due == next_review(about.system.today()), "a quarter on"
    line = AuditEntry.objects.about(row).get()
    assert (line.actor, line.action) == (user, "create")


@pytest.mark.parametrize("form", ["", "committee"])
def test_bad_input_is_named(client: Client, about: Aspiration, form: str) -> None:
    enter(client, about.system, "delivery_leader")
    response = client.post(to(about), {"form": form})
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
    assert not Coalition.objects.exists()


def test_an_aspiration_has_one_coalition(client: Client, about: Aspiration) -> None:
    CoalitionFactory.create(aspiration=about)
    enter(client, about.system, "delivery_leader")
    response = client.post(to(about), {"form": "team"})
    assert response.status_code == 400
    assert "has a coalition already" in response.content.decode()
    assert Coalition.objects.count() == 1


def test_a_retired_aspiration_begins_none(client: Client, about: Aspiration) -> None:
    leader = enter(client, about.system, "delivery_leader")
    retire_aspiration(aspiration=about, reason="It is reached.", actor=leader)
    response = client.post(to(about), {"form": "team"})
    assert response.status_code == 400
    assert "Take it up again first." in response.content.decode()
    assert not Coalition.objects.exists()


def test_an_aspiration_of_another_system_is_not_found(client: Client, about: Aspiration) -> None:
    foreign = AspirationFactory.create()
    user = enter(client, about.system, "delivery_leader")
    MembershipFactory.create(user=user, system=foreign.system, role="delivery_leader")
    mixed = reverse("start_coalition", args=[about.system.slug, foreign.slug])
    assert client.post(mixed, {"form": "team"}).status_code == 404
    with pytest.raises(ValidationError, match="own system"):
        Coalition(system=about.system, aspiration=foreign, form="team").full_clean()


def test_others_find_nothing(client: Client, about: Aspiration) -> None:
    row = CoalitionFactory.create(aspiration__system=about.system)
    found = answers(client, row, "post", to(about), {"form": "team"})
    assert found == {**REFUSED, "delegate": 404}
    assert not Coalition.objects.filter(aspiration=about).exists()


def test_the_service_refuses_whom_the_page_would(about: Aspiration) -> None:
    staff = MembershipFactory.create(system=about.system).user
    with pytest.raises(PermissionDenied):
        services.start(aspiration=about, form="team", actor=staff)


def test_other_methods_are_refused(client: Client, about: Aspiration) -> None:
    enter(client, about.system, "delivery_leader")
    assert client.delete(to(about)).status_code == 405
