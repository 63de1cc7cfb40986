"""Offices of the map are offered where an office is typed in a review."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.tests.entering import enter
from people.tests.factories import ActorFactory
from reviews.tests.factories import RoundFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "field"), [("invite_guest", "body"), ("name_participant", "body")]
)
def test_those_on_the_map_are_offered(client: Client, name: str, field: str) -> None:
    row = RoundFactory.create()
    ActorFactory.create(system=row.system, name="Budget <office>")
    ActorFactory.create(system=row.system, name="Gone", retired_at=timezone.now())
    ActorFactory.create(name="Elsewhere")
    enter(client, row.system, "delivery_leader")
    page = client.get(reverse(name, args=[row.system.slug, row.pk])).content.decode()
    [offered] = [part.split("</datalist>")[0] for part in page.split('<datalist id="offices">')[1:]]
    assert 'value="Budget &lt;office&gt;"' in offered
    assert "Gone" not in offered
    assert "Elsewhere" not in offered
    [typed] = [part for part in page.split("<input") if f'name="{field}"' in part]
    assert 'list="offices"' in typed


def test_without_any_nothing_is_drawn(client: Client) -> None:
    row = RoundFactory.create()
    enter(client, row.system, "delivery_leader")
    page = client.get(reverse("invite_guest", args=[row.system.slug, row.pk])).content.decode()
    assert "<datalist" not in page
