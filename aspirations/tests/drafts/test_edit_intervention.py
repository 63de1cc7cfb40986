"""Changing who owns a piece of work, how it stands and what it costs."""

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import Intervention, Trajectory
from aspirations.services.interventions import stamp
from aspirations.tests.drafts.makers import enter
from aspirations.tests.factories import SystemFactory
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db
PAGE = reverse("edit_intervention", args=["meridian", "coaches"])


def filled(**typed: str) -> dict[str, str]:
    row = Intervention.objects.get(slug="coaches")
    held = {name: getattr(row, name) for name in ("name", "owner", "status", "funding", "cost")}
    seen = {f"initial-{name}": value for name, value in held.items()}
    return {**held, **seen, "version": str(stamp(row)), **typed}


def test_it_is_changed_and_paths_stay(client: Client, system: System, draft: Trajectory) -> None:
    enter(client, system)
    assert 'value="Coaches"' in client.get(PAGE).content.decode()
    typed = filled(owner="Early Learning", status="running", funding="funded", cost="$14m a year")
    response = client.post(PAGE, typed, follow=True)
    assert "Saved: Coaches." in response.content.decode()
    row = Intervention.objects.get(slug="coaches")
    assert (row.owner, row.status, row.funding) == ("Early Learning", "running", "funded")
    assert draft.effects.get().mid == 4.1
    assert AuditEntry.objects.get(action="change", object_key="coaches").door == "page"


def test_the_second_of_two_sees_both(client: Client, system: System) -> None:
    first = enter(client, system)
    opened = filled()
    client.post(PAGE, {**opened, "owner": "Early Learning"})
    enter(client, system)
    response = client.post(PAGE, {**opened, "cost": "$14m a year"})
    page = response.content.decode()
    assert response.status_code == 409
    assert str(first) in page
    assert "Early Learning" in page
    assert 'value="$14m a year"' in page
    again = {**opened, "cost": "$14m a year", "owner": "Early Learning",
             "version": str(response.context["form"]["version"].value())}  # fmt: skip
    assert client.post(PAGE, again).status_code == 302
    row = Intervention.objects.get(slug="coaches")
    assert (row.owner, row.cost) == ("Early Learning", "$14m a year")


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"name": ""}, "Give it a name."), ({"status": "lost"}, "Select a valid choice"),
     ({"owner": "x" * 121}, "120"), ({"version": "new"}, "nothing was saved")],
)  # fmt: skip
def test_bad_input(client: Client, system: System, typed: dict[str, str], said: str) -> None:
    enter(client, system)
    response = client.post(PAGE, filled(**typed))
    assert response.status_code == 400
    assert said in response.content.decode()


def test_who_may(client: Client, system: System) -> None:
    for role in ("viewer", "plan_owner"):
        enter(client, system, role)
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, filled()).status_code == 403
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.post(PAGE, filled()).status_code == 404
    enter(client, system)
    assert client.delete(PAGE).status_code == 405
