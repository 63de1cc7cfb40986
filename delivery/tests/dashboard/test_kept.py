"""A page is kept while nothing that it says can have changed; whatever is written shows at once."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aspirations.models import Aspiration, Metric, Observation, Segment
from aspirations.services.judging import judge_all_stale
from aspirations.tests.factories import MembershipFactory, observe, place
from delivery import kept
from delivery.tests.dashboard.conftest import World, add_metric, whole
from delivery.tests.dashboard.conftest import world as made_world
from delivery.tests.dashboard.judging import judged_on, milestone, says
from people.models import Membership, System, User
from routines.services import plan

pytestmark = pytest.mark.django_db(transaction=True)
MADE, KEPT = 8, 3
"""Queries of a page that is made, and of one that was kept: session, person, name of the state."""

world = made_world


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # No step of the clock falls into a test.
    monkeypatch.setattr(kept, "STEP", 10**9)
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def reading(client: Client, world: World) -> Client:
    """Someone who has the dashboard open, and so a kept one."""
    client.force_login(world.reader)
    client.get("/meridian/")
    client.get("/meridian/")
    return client


def page(client: Client, query: str = "") -> str:
    return client.get(f"/meridian/{query}").content.decode()


def queries(client: Client, query: str = "") -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/meridian/{query}").status_code == 200
    return len(captured)


PATIENCE = 180
"""Seconds: a demonstration that is seeded beside this writes for half a minute on end."""


def is_kept(client: Client, query: str = "") -> bool:
    """Whether the page is kept between two looks.

    The server's other databases, such as those of tests beside this one, give its state other
    names meanwhile, so one look is not enough.
    """
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if queries(client, query) == KEPT:
            return True
    return False


def test_a_second_look_costs_three_queries(reading: Client) -> None:
    assert is_kept(reading)
    assert queries(reading, "?light=R") == MADE
    assert is_kept(reading, "?light=R")


def without_tokens(text: str) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)
    return re.sub(r'data-left="\d+"', "", text)


def test_it_is_the_same_page(reading: Client) -> None:
    before = page(reading)
    caches["pages"].clear()
    assert without_tokens(page(reading)) == without_tokens(before)


def test_what_is_one_requests_own_is_its_own(reading: Client) -> None:
    first, second = page(reading), page(reading)
    tokens = [
        set(re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', text)) for text in (first, second)
    ]
    assert len(tokens[0]) == len(tokens[1]) == 1
    assert tokens[0] != tokens[1]
    assert re.search(r'data-left="3[56]\d\d"', second)
    for mark in (kept.TOKEN, kept.LEFT):
        assert mark not in second


def test_a_form_of_a_kept_page_is_taken(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.reader)
    page(strict)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page(strict))
    assert token
    sent = {"csrfmiddlewaretoken": token[1], "theme": "dark", "next": "/meridian/"}
    assert strict.post("/theme/", sent).status_code == 302
    assert 'data-theme="dark"' in page(strict)


# ----------------------------------------------------------------- every kind of write
def new_figure(world: World) -> None:
    observe(whole(world.days), date(2025, 3, 1), [12.3])
    whole(world.days)
    Observation.objects.filter(period="2025-03-01").update(published_on="2025-03-10")
    type(whole(world.days)).objects.filter(pk=whole(world.days).pk).mark_stale()
    judge_all_stale()


def by_hand(world: World) -> None:
    """As an administrator of the database would, past every service."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE aspirations_metric SET name = 'Renamed by hand'")


def a_child(world: World) -> None:
    child = System.objects.create(name="Harbour", slug="harbour", parent=world.system)
    metric = add_metric(child, "child", 90.0)
    place(metric, Aspiration.objects.create(system=child, slug="c", title="Beneath"))


WRITES: list[tuple[Callable[[World], object], str]] = [
    (new_figure, "12.3%"),
    (by_hand, "Renamed by hand"),
    (a_child, "Harbour"),
    (lambda w: add_metric(w.system, "new", 57.5, name="A new metric"), "A new metric"),
    (lambda w: judged_on(w.grade, date(2024, 12, 1), "G"), "Reading, Grade 3: down"),
    (lambda w: says(w, w.grade, "G"), "The unit says Green"),
    (lambda w: milestone(w.grade, date(2025, 3, 1), "Coaches hired"), "Coaches hired"),
    (lambda w: plan(system=w.system, date=date(2025, 3, 24)), "stocktake in 10 days"),
    (lambda w: Aspiration.objects.update(title="Reworded"), "Reworded"),
    (lambda w: Metric.objects.update(owner="Another office"), "Another office"),
    (lambda w: Segment.objects.filter(code="north").update(name="Far north"), "Far north"),
    (lambda w: System.objects.update(name="Meridian anew"), "Meridian anew"),
    (lambda w: System.objects.update(labels={"metrics": "yardsticks"}), "2 yardsticks today"),
    (lambda w: System.objects.update(reporting_date=date(2025, 3, 20)), "as at 20 March 2025"),
    (lambda w: User.objects.update(name="Another name"), "Another name"),
    (lambda w: Observation.objects.update(value=50.0), "<svg"),
]


@pytest.mark.parametrize(("write", "words"), WRITES, ids=lambda one: getattr(one, "__name__", one))
def test_whatever_is_written_shows_at_once(
    reading: Client, world: World, write: Callable[[World], object], words: str
) -> None:
    before = page(reading)
    assert is_kept(reading)
    write(world)
    after = page(reading)
    assert words in after
    assert without_tokens(after) != without_tokens(before)


def test_a_write_that_ends_after_a_later_one_shows_too(reading: Client, world: World) -> None:
    """Numbers are given out in one order and transactions end in another."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE aspirations_metric SET name = 'Begun first, ended last'")
        User.objects.update(last_login=timezone.now())
        assert "Begun first" not in page(reading)
        assert is_kept(reading), "what nobody can read yet changes nothing"
        other.commit()
    finally:
        other.close()
    assert "Begun first, ended last" in page(reading)


# ----------------------------------------------------------------- who reads
def test_nobody_sees_what_was_kept_for_another(reading: Client, world: World) -> None:
    says(world, world.grade, "G")
    assert "The unit says Green" in page(reading)
    above = MembershipFactory.create(role="viewer")
    System.objects.filter(pk=world.system.pk).update(parent=above.system)
    page(reading)
    reading.force_login(above.user)
    assert "The unit says" not in page(reading)


def test_who_is_removed_is_out_at_once(reading: Client, world: World) -> None:
    Membership.objects.filter(user=world.reader).delete()
    assert reading.get("/meridian/").status_code == 404
    assert reading.get("/meridian/").status_code == 404


def test_a_session_without_a_second_factor_is_another_reader(reading: Client, world: World) -> None:
    System.objects.update(second_factor="everyone")
    for _ in range(2):
        assert reading.get("/meridian/").status_code == 302


def test_nothing_is_kept_of_a_page_that_is_not_there(client: Client, world: World) -> None:
    client.force_login(MembershipFactory.create().user)
    for _ in range(2):
        assert client.get("/meridian/").status_code == 404
    assert not caches["pages"]._cache  # type: ignore[attr-defined]


def test_a_message_is_shown_once(reading: Client) -> None:
    reading.post("/meridian/stocktakes/new/", {"version": "1", "date": "2025-05-07"})
    assert "The stocktake is planned." in page(reading)
    assert "The stocktake is planned." not in page(reading)


def test_another_day_is_another_page(
    reading: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "STEP", 15 * 60)
    later = timezone.now().timestamp() + timedelta(minutes=16).total_seconds()
    monkeypatch.setattr(kept.time, "time", lambda: later)
    assert queries(reading) > KEPT


def test_within_a_transaction_nothing_is_kept(world: World) -> None:
    """Its own writes can be read in it, and do not show in the name of the state."""
    assert kept.state_of_database() is not None
    with transaction.atomic():
        assert kept.state_of_database() is None
