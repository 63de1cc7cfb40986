"""The dashboard and a metric of the demonstration on paper: few sheets of A4."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from people.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LEADER = "delivery@meridian.example"
MOST = 3
A4_LANDSCAPE = (842, 595)
SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
BOX = re.compile(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]")
Opened = Callable[..., Page]
# Size of the letters of a drawing on the page, in the drawing's own pixels of 1/96 inch.
LETTERS = """
() => [...document.querySelectorAll(".gapcharts .chart svg")]
  .filter((one) => one.getBoundingClientRect().width)
  .map((one) => 12 * one.getBoundingClientRect().width / one.viewBox.baseVal.width)
"""


@pytest.fixture
def leader(transactional_db: None, settings: Any, tmp_path: Path) -> User:
    settings.DATA_DIR = tmp_path
    call_command("seed_demo", verbosity=0)
    return User.objects.get(email=LEADER)


@pytest.fixture
def printed(opened: Opened, leader: User) -> Callable[[str], bytes]:
    def on_paper(address: str) -> bytes:
        page = opened(address, leader, viewport={"width": 1440, "height": 900})
        return bytes(page.pdf(prefer_css_page_size=True))

    return on_paper


@pytest.mark.parametrize("address", ["/meridian/", "/meridian/metrics/reading-grade-3/"])
def test_it_takes_three_sheets_at_most(printed: Callable[[str], bytes], address: str) -> None:
    paper = printed(address)
    assert 1 <= len(SHEET.findall(paper)) <= MOST
    sizes = {(round(float(wide)), round(float(high))) for wide, high in BOX.findall(paper)}
    assert sizes == {A4_LANDSCAPE}


def test_the_gap_can_be_read_on_paper(opened: Opened, leader: User) -> None:
    """Letters of both drawings stand at twelve pixels, as those of the text around them do."""
    page = opened("/meridian/metrics/reading-grade-3/", leader)
    page.emulate_media(media="print")
    text = page.evaluate("parseFloat(getComputedStyle(document.querySelector('main')).zoom) || 1")
    sizes = page.evaluate(LETTERS)
    assert len(sizes) == 2
    assert all(size >= 11 * text for size in sizes)
