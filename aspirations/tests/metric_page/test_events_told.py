"""Events on the page of a metric: numbered, told beneath, safe to follow."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from aspirations.models import (
    Event,
    Series,
)
from aspirations.models.events import is_safe_address
from aspirations.pages import events
from aspirations.tests.metric_page.reading import (
    shown,
)
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def happened(series: Series) -> list[Event]:
    told = [
        ("intervention", date(2024, 3, 1), "Coaches start", ""),
        ("cycle", date(2024, 5, 1), "Cycle 14", "/meridian/"),
        ("outside", date(2024, 7, 1), "A storm", "javascript:alert(1)"),
        ("milestone", date(2024, 9, 1), "All hired", "https://example.org/<x>"),
    ]
    return [
        Event.objects.create(series=series, kind=kind, date=day, label=label, address=address)
        for kind, day, label, address in told
    ]


def test_events_are_numbered_in_order_of_time_and_told_beneath(
    client: Client, series: Series, reader: User, happened: list[Event]
) -> None:
    page = shown(client)
    order = [page.index(f"{event.label}") for event in happened]
    assert order == sorted(order)
    assert page.count('<g class="flag">') == 8, "four on the wide drawing, four on the narrow"
    for shape in ("circle", "square", "diamond"):
        assert f'<b class="k {shape}">' in page
    assert "Milestone: " in page
    assert "overdue" in page


def test_only_safe_addresses_become_links(
    client: Client, series: Series, reader: User, happened: list[Event]
) -> None:
    page = shown(client)
    assert '<a href="/meridian/">Cycle 14</a>' in page
    assert "javascript:" not in page
    assert '<a href="https://example.org/&lt;x&gt;" rel="noopener noreferrer">All hired</a>' in page


def test_what_was_taken_back_is_not_told(
    client: Client, series: Series, reader: User, happened: list[Event]
) -> None:
    Event.objects.filter(pk=happened[0].pk).update(
        withdrawn_at=timezone.now(), withdrawal_reason="Never happened at all"
    )
    assert "Coaches start" not in shown(client)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/a/b/", True), ("https://x.org/", True), ("http://x.org", True), ("//x.org", False),
        ("/\\x.org", False), ("javascript:alert(1)", False), ("ftp://x.org", False),
        ("x.org", False), ("", False), ("https://", False), ("/a\nb", False),
        ("http://[bad", False), (" /a", False),
    ],
)  # fmt: skip
def test_which_addresses_are_safe(address: str, kept: bool) -> None:
    assert is_safe_address(address) == kept


def test_a_milestone_says_whether_it_was_reached() -> None:
    due = Event(kind="milestone", date=date(2025, 1, 1))
    assert events.note(due, date(2024, 12, 1)) == "not yet due"
    assert events.note(due, date(2025, 2, 1)) == "overdue"
    due.done_on = date(2025, 1, 9)
    assert events.note(due, date(2025, 2, 1)) == "reached 9 Jan 2025"
