"""Pages travel compressed to browsers that ask for it; the interface answers as ever."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from people.models import System
from people.tests.entering import enter
from people.tests.factories import SystemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def place(client: Client) -> System:
    row: System = SystemFactory.create(slug="meridian")
    enter(client, row, "viewer")
    return row


def test_a_page_is_compressed_where_the_browser_asks(client: Client, place: System) -> None:
    plain = client.get(reverse("dashboard", args=["meridian"]))
    packed = client.get(
        reverse("dashboard", args=["meridian"]), headers={"Accept-Encoding": "gzip"}
    )
    assert not plain.headers.get("Content-Encoding")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert b"</html>" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2


def test_the_interface_keeps_its_etag(client: Client, place: System) -> None:
    address = reverse("api:system", args=["meridian"])
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert not packed.headers.get("Content-Encoding")
    assert packed.headers["ETag"] == plain.headers["ETag"]
