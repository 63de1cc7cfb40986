"""What a page of an earlier day counts: aspirations, metrics and milestones of that day."""

from datetime import UTC, date, datetime

import pytest

from aspirations.models import Aspiration, Definition, Event, Metric
from aspirations.services.aspirations import retire_aspiration
from aspirations.services.wordings import keep_wording
from delivery.tests.dashboard.conftest import Shown, World
from delivery.tests.dashboard.judging import judged_on, milestone
from delivery.tests.dashboard.test_changes import strip
from delivery.tests.dashboard.test_figures import row_of
from people.models import AuditEntry

pytestmark = pytest.mark.embedded
WINTER, LATER = "?as_at=2024-12-16", "?as_at=2025-02-01"
AUTUMN, JANUARY = datetime(2024, 11, 1, tzinfo=UTC), datetime(2025, 1, 10, tzinfo=UTC)


# ----------------------------------------------------------------- aspirations
def test_an_aspiration_counts_from_its_first_wording(shown: Shown, world: World) -> None:
    keep_wording(aspiration=world.reading, at=JANUARY)
    page = shown(WINTER)
    assert 'id="reading"' not in page
    assert "One aspiration" in page
    assert 'id="reading"' in shown(LATER)


def turned(row: Aspiration, at: datetime, before: str, after: str) -> None:
    """Its status changed at that moment, as the trail tells."""
    Aspiration.objects.filter(pk=row.pk).update(status=after)
    AuditEntry.objects.create(
        system=row.system, action="change", door="page", object_type=row._meta.label,
        object_key=row.slug, before={"status": before}, after={"status": after}, at=at,
    )  # fmt: skip


def test_one_retired_since_is_still_there_then(shown: Shown, world: World) -> None:
    retire_aspiration(aspiration=world.reading, reason="Its work is done.")
    assert 'id="reading"' not in shown()
    assert 'id="reading"' in shown(WINTER)


def test_one_retired_then_is_not_there_until_it_is_taken_up_again(
    shown: Shown, world: World
) -> None:
    turned(world.reading, AUTUMN, "adopted", "retired")
    assert 'id="reading"' not in shown(WINTER)
    turned(world.reading, JANUARY, "retired", "adopted")
    assert 'id="reading"' not in shown(WINTER)
    assert 'id="reading"' in shown("?as_at=2024-10-31")
    assert 'id="reading"' in shown(LATER)


def test_the_map_has_the_aspirations_of_the_day_with_their_titles(
    shown: Shown, world: World
) -> None:
    keep_wording(aspiration=world.attendance, at=JANUARY)
    keep_wording(aspiration=world.reading, at=AUTUMN)
    world.reading.title = "Nobody reads"
    world.reading.save()
    retire_aspiration(aspiration=world.reading, reason="Its work is done.")
    told = shown(WINTER).split('id="map"')[1]
    assert "Every child reads" in told
    assert "Nobody reads" not in told
    assert "Every day in school" not in told


# ----------------------------------------------------------------- metrics
def test_a_metric_made_since_does_not_count_then(shown: Shown, world: World) -> None:
    Definition.objects.filter(metric=world.grade).update(recorded_at=JANUARY)
    page = shown(WINTER)
    assert "1 metric on 16 December 2024" in page
    assert "/metrics/grade-3/" not in page
    assert "Nothing was recorded by then." in row_of(shown(LATER), world.grade)


def test_one_loaded_since_counts_on_the_days_that_were_looked_back_on(
    shown: Shown, world: World
) -> None:
    Definition.objects.filter(metric=world.grade).update(recorded_at=JANUARY)
    judged_on(world.grade, date(2024, 12, 16), "AG")
    assert "/metrics/grade-3/" in shown(WINTER)
    assert "/metrics/grade-3/" not in shown("?as_at=2024-12-15")


def test_a_metric_retired_since_is_still_there_then(shown: Shown, world: World) -> None:
    Metric.objects.filter(pk=world.grade.pk).update(
        retired_at=JANUARY, retired_reason="Counted otherwise now"
    )
    link = 'href="/meridian/metrics/grade-3/"'
    assert link not in shown()
    assert link in shown(WINTER)
    assert link not in shown(LATER)


# ----------------------------------------------------------------- milestones
def test_a_milestone_reached_later_was_still_open_then(shown: Shown, world: World) -> None:
    milestone(world.grade, date(2024, 12, 10), "Coaches hired", done_on=date(2025, 1, 5), at=AUTUMN)
    assert "Coaches hired" not in shown()
    assert "10 Dec 2024, overdue" in row_of(shown(WINTER), world.grade)
    assert "Coaches hired" in strip(shown(WINTER))


def test_one_written_down_later_was_not_known_then(shown: Shown, world: World) -> None:
    milestone(world.grade, date(2024, 12, 10), "Coaches hired", at=JANUARY)
    assert "Coaches hired" not in shown(WINTER)
    assert "Coaches hired" in strip(shown(LATER))
    assert "10 Dec 2024, overdue" in row_of(shown(LATER), world.grade)


def test_one_taken_back_later_stood_then(shown: Shown, world: World) -> None:
    row = milestone(world.grade, date(2024, 12, 10), "Coaches hired", at=AUTUMN)
    Event.objects.filter(pk=row.pk).update(
        withdrawn_at=JANUARY, withdrawal_reason="Entered twice by mistake"
    )
    assert "Coaches hired" in strip(shown(WINTER))
    assert "10 Dec 2024, overdue" in row_of(shown(WINTER), world.grade)
    assert "Coaches hired" not in shown(LATER)
    assert "Coaches hired" not in shown()
