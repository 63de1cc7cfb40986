"""The map of delivery on the dashboard: who stands where, since when, and what is missing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Aspiration, Assessment, AssessmentRound
from aspirations.tests.factories import AspirationFactory, MembershipFactory, SystemFactory
from delivery.board.settled import settled
from delivery.tests.dashboard.conftest import TODAY, Shown, World
from people.models import System, User

pytestmark = pytest.mark.embedded


def locked(system: System, when: datetime, *, status: str = "locked") -> AssessmentRound:
    return AssessmentRound.objects.create(
        system=system, title=f"Round of {when.date()}", due=when.date(), status=status,
        locked_at=when if status == "locked" else None,
    )  # fmt: skip


def result(
    aspiration: Aspiration, within: AssessmentRound, ratings: tuple[int | None, ...], **fields: Any
) -> Assessment:
    planning, capacity, progress = ratings
    author = MembershipFactory.create(system=aspiration.system).user
    return Assessment.objects.create(
        system=aspiration.system, aspiration=aspiration, round=within, author=author,
        light="AG", reason="Agreed by the moderators.", planning=planning, capacity=capacity,
        progress=progress, expires_on=TODAY + timedelta(days=90),
        **{"kind": "final", "submitted_at": within.locked_at or TODAY_AT, **fields},
    )  # fmt: skip


TODAY_AT = datetime(2025, 3, 10, 9, tzinfo=UTC)
EARLIER = datetime(2024, 9, 10, 9, tzinfo=UTC)


def bold(row: Aspiration, boldness: int, intended: str = "") -> None:
    Aspiration.objects.filter(pk=row.pk).update(boldness=boldness, intended_quadrant=intended)


@pytest.fixture
def assessed(world: World) -> World:
    """Reading is bold and moved right of the midline; attendance is modest and weak."""
    bold(world.reading, 4, "transformation")
    bold(world.attendance, 2)
    first, second = locked(world.system, EARLIER), locked(world.system, TODAY_AT)
    result(world.reading, first, (2, 2, 2), boldness=3)
    result(world.reading, second, (3, 3, 4), boldness=4)
    result(world.attendance, second, (2, 2, 1), boldness=2)
    return world


def test_each_stands_in_its_field_with_its_figures(shown: Shown, assessed: World) -> None:
    page = shown()
    assert "1, Every child reads: Transformation. 2, Every day in school: Status quo." in page
    table = page.split("The same as a table")[1].split("</table>")[0]
    cells = [cell.split("</")[0] for cell in table.split('<td class="num">')[1:]]
    assert cells == ["1", "4", "3.3", "2", "2", "1.7"]
    assert "<td>Controversy without impact</td>" in table


def test_what_was_left_out_as_a_round_was_locked_counts_for_nothing(
    reader: User, assessed: World
) -> None:
    """Retired while others were settled, and taken up again later: nobody ever sent that in."""
    third = locked(assessed.system, TODAY_AT + timedelta(days=1))
    result(assessed.attendance, third, (4, 4, 4), boldness=4, submitted_at=None)
    page = settled(assessed.system, reader, TODAY)
    assert [len(row.results) for row in page.aspirations] == [2, 1]


def test_an_earlier_round_is_a_small_dot_with_the_boldness_of_its_time(
    shown: Shown, assessed: World
) -> None:
    page = shown()
    assert page.count('class="was"') == 1
    assert page.count('class="way"') == 1
    assert "Small dots are earlier rounds." in page


def test_sheets_and_open_rounds_place_nobody(shown: Shown, world: World) -> None:
    bold(world.reading, 4)
    within = locked(world.system, TODAY_AT, status="moderation")
    result(world.reading, within, (4, 4, 4))
    result(world.reading, locked(world.system, EARLIER), (1, 1, 1), kind="peer")
    page = shown()
    assert "No aspiration has a place yet" in page
    assert 'class="dmap"' not in page


def test_what_is_missing_is_said_by_name(shown: Shown, world: World) -> None:
    bold(world.reading, 4)
    result(world.attendance, locked(world.system, TODAY_AT), (3, 3, None))
    page = shown()
    missing = page.split("Not on the map yet")[1].split("</ul>")[0]
    reading, attendance = missing.split("<li>")[1:]
    assert "boldness" not in reading
    assert "boldness" in attendance
    assert "round" in reading
    assert "round" in attendance


def test_portfolio_verdicts_name_their_aspirations(shown: Shown, assessed: World) -> None:
    third = AspirationFactory.create(
        system=assessed.system, title="Every teacher stays", boldness=1, order=2
    )
    result(third, AssessmentRound.objects.latest("locked_at"), (1, 1, 1))
    page = shown()
    assert (
        "Execution gap: 2 of 3 aspirations are weakly executed: "
        "“Every day in school”, “Every teacher stays”." in page
    )
    assert "Managed decline: 2 of 3" in page


def test_a_retired_aspiration_is_not_on_the_map(shown: Shown, assessed: World) -> None:
    Aspiration.objects.filter(pk=assessed.attendance.pk).update(status="retired")
    assert "2, Every day in school" not in shown()


def test_as_it_stood_then(assessed: World) -> None:
    now = settled(assessed.system, assessed.reader, TODAY)
    then = settled(assessed.system, assessed.reader, date(2024, 12, 1))
    assert [row.now for row in now.aspirations] == ["transformation", "status_quo"]
    assert [row.now for row in then.aspirations] == ["controversy", ""]
    assert then.allowed == {"may_read_sheets"}
    assert "may_word" in now.allowed


def test_who_reads_from_above_sees_no_map(client: Client, assessed: World) -> None:
    parent = SystemFactory.create()
    System.objects.filter(pk=assessed.system.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    page = client.get("/meridian/").content.decode()
    assert "Map of delivery" not in page
    assert "Every child reads" in page


def test_one_query_however_many_rounds(assessed: World, reader: User) -> None:
    with CaptureQueriesContext(connection) as few:
        settled(assessed.system, reader, TODAY)
    for days in range(1, 28):
        one = AspirationFactory.create(system=assessed.system, boldness=3)
        result(one, locked(assessed.system, EARLIER + timedelta(days=days)), (3, 3, 3))
    with CaptureQueriesContext(connection) as many:
        found = settled(assessed.system, reader, TODAY)
    assert len(few) == len(many) == 1
    assert len(found.aspirations) == 29


@pytest.fixture
def reader(world: World) -> User:
    return world.reader
