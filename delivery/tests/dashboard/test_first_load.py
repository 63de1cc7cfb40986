"""What a first visit to the dashboard brings over the wire, with nothing kept by the browser."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from delivery.tests.dashboard.conftest import World

pytestmark = pytest.mark.embedded
MOST = 150_000
"""Bytes, compressed as they travel."""
BUILT_IN = re.compile(r'(?:src|href)="/static/([^"?]+)"')
ASKED_BY_STYLES = re.compile(r"""url\(["']?/?(?:static/)?([^"')]+)""")


def parts(page: str) -> dict[str, bytes]:
    """Every file that the page itself asks for, by its name."""
    found = {}
    for name in BUILT_IN.findall(page):
        path = finders.find(name)
        assert path, name
        with open(path, "rb") as file:
            found[name] = file.read()
    return found


def travels(content: bytes) -> int:
    return min(len(content), len(gzip.compress(content, 6)))


def test_it_is_light_and_brings_no_chart_library(client: Client, world: World) -> None:
    client.force_login(world.reader)
    page = client.get("/meridian/").content
    found = parts(page.decode())
    styles = [name for name in found if name.endswith(".css")]
    assert styles
    assert any(name.endswith(".js") for name in found)
    assert [name for name in found if "plotly" in name] == []
    # Were a style to ask for a picture or a font, it would have to be counted too.
    assert [name for name in styles if ASKED_BY_STYLES.search(found[name].decode())] == []
    assert travels(page) + sum(map(travels, found.values())) < MOST
